import Concurrency
import MachineModel
import Testing

/// How threads share the processor between two looks.
@Suite struct ProcessorSharesTests {
  private let one = ThreadID(1)
  private let two = ThreadID(2)
  private let three = ThreadID(3)

  @Test func sinceTheyBegan() {
    var shares = ProcessorShares()
    #expect(shares.shares.isEmpty)
    shares.note([one: 1, two: 3], atStop: 1)
    #expect(shares.shares == [one: 0.25, two: 0.75])
  }

  @Test func sinceTheLastLook() {
    var shares = ProcessorShares()
    shares.note([one: 1, two: 3], atStop: 1)
    // A second look at the same stop.
    shares.note([one: 1, two: 3], atStop: 1)
    shares.note([one: 2, two: 3, three: 1], atStop: 5)
    #expect(shares.shares == [one: 0.5, two: 0, three: 0.5])
    // One has ended, the others have slept.
    shares.note([two: 3, three: 1], atStop: 6)
    #expect(shares.shares.isEmpty)
  }
}
