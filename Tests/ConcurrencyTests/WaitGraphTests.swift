import Concurrency
import Testing

/// Circles in who waits for whom.
@Suite struct WaitGraphTests {
  private func cycles(_ edges: [(Int, Int)]) -> [[Int]] {
    var graph = WaitGraph<Void>()
    for (waiter, holder) in edges { graph.add(waiter: waiter, holder: holder, reason: ()) }
    return graph.cycles().map { $0.map(\.waiter) }
  }

  static let graphs: [(edges: [(Int, Int)], cycles: [[Int]])] = [
    ([], []),
    ([(1, 2), (2, 3)], []),
    ([(1, 1)], [[1]]),
    ([(2, 1), (1, 2)], [[1, 2]]),
    ([(3, 1), (1, 2), (2, 3)], [[1, 2, 3]]),
    // Who waits for the caught is in no circle.
    ([(4, 1), (1, 2), (2, 1)], [[1, 2]]),
    ([(1, 2), (2, 1), (8, 9), (9, 8)], [[1, 2], [8, 9]]),
    // A writer that waits for three readers, two of whom wait for what it has.
    ([(1, 2), (1, 3), (1, 4), (3, 1), (4, 1)], [[1, 3], [1, 4]]),
    // The short way round and the long one: the thread that only the latter has is told too.
    ([(1, 2), (2, 1), (2, 3), (3, 1)], [[1, 2], [1, 2, 3]]),
  ]

  @Test(arguments: graphs) func circlesAreFound(_ row: (edges: [(Int, Int)], cycles: [[Int]])) {
    #expect(cycles(row.edges) == row.cycles)
  }

  @Test func manyThreadsInOneRing() {
    let count = 2000
    let found = cycles((0..<count).map { ($0, ($0 + 1) % count) })
    #expect(found == [Array(0..<count)])
  }
}
