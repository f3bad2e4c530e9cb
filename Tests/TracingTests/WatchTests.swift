import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct WatchTests {
  private func watch(_ address: VirtualAddress, _ access: HardwareWatch.Access = .write, count: Int = 8)
    -> HardwareWatch
  {
    HardwareWatch(id: 7, ranges: [address..<address + count], access: access)
  }
  private func bytes(_ value: Int) -> [UInt8] { withUnsafeBytes(of: Int64(value)) { Array($0) } }

  @Test func eachChangeIsReportedWithWhatWasThereBefore() async throws {
    let scenario = try await Scenario("call", "3")
    try await scenario.process.setWatches([watch(try scenario["calls"])])
    for round in 0..<3 {
      try await scenario.go()
      let stop = try await scenario.stop()
      #expect(stop.reason == .watch([WatchHit(id: 7, before: bytes(round), hasChanged: true)]))
      #expect(try scenario.variable("calls") == round + 1)
    }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func aFalseConditionIsPassedOverAndWhatWasBeforeIsKept() async throws {
    let scenario = try await Scenario("call", "100")
    let calls = try scenario["calls"]
    var conditional = watch(calls)
    conditional.condition = SiteProgram([
      .constant(calls.rawValue), .load(size: 8, isSigned: true), .constant(60),
      .arithmetic(.compare(.equal, isSigned: true)),
    ])
    try await scenario.process.setWatches([conditional])
    try await scenario.go()
    #expect(try await scenario.stop().reason == .watch([WatchHit(id: 7, before: bytes(59), hasChanged: true)]))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  /// Every thread has the watch, those that begin later too, and no hit is lost where several come at once.
  @Test func newThreadsAreWatched() async throws {
    let scenario = try await Scenario("threads", "4", "50")
    let calls = try scenario["calls"]
    try await scenario.process.setWatches([watch(calls, .readOrWrite)])
    var threads: Set<ThreadID> = []
    var last = 0
    while last < 200 {
      try await scenario.go()
      guard case .stopped(let stop) = try await scenario.next() else { break }
      guard case .watch(let hits) = stop.reason else {
        Issue.record("\(stop.reason)")
        break
      }
      #expect(hits.map(\.id) == [7])
      threads.insert(stop.thread)
      last = Int(try scenario.variable("calls"))
    }
    #expect(threads.count == 4 && !threads.contains(scenario.leader))
    #expect(last == 200)
    try await scenario.process.setWatches([])
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  /// The step off a trap, and a plan's own step, end as they would, and the hit is reported too.
  @Test func aStepThatIsAHitIsBoth() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.process.setWatches([watch(try scenario["calls"])])
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    try await scenario.go(plan: Steps(count: 1000))
    let stop = try await scenario.stop()
    #expect(stop.reason == .watch([WatchHit(id: 7, before: bytes(0), hasChanged: true)]))
    try await scenario.process.resume(ResumeRequest(continuing: stop))
    // The plan goes on from there, to the next call.
    #expect(try await scenario.stop().reason == .breakpoint(target))
    await scenario.process.kill()
  }

  private struct Steps: ThreadPlan {
    var count: Int
    mutating func next(_ observation: PlanObservation) -> PlanDirective {
      count -= 1
      return count < 0 ? .finished : .singleStep
    }
  }

  @Test func codeIsWaitedForWithoutATrapInMemory() async throws {
    let scenario = try await Scenario("call", "3")
    let target = try scenario["target"]
    let before = scenario.process.processMemory.rawByte(target)
    try await scenario.process.setWatches([watch(target, .execute, count: 1)])
    for round in 0..<3 {
      try await scenario.go()
      let stop = try await scenario.stop()
      #expect(stop.reason == .breakpoint(target))
      #expect(stop.registers.programCounter == target)
      #expect(try scenario.variable("calls") == round)
    }
    #expect(before != PatchTable.trap && scenario.process.processMemory.rawByte(target) == before)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  /// Coming to such a place by a step is a hit, and going on from there is none.
  @Test func aStepToWatchedCodeIsAHit() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let next = try await {
      _ = try await scenario.stop()
      try await scenario.go(plan: Steps(count: 1))
      return try await scenario.stop().registers.programCounter
    }()
    try await scenario.process.setWatches([watch(next, .execute, count: 1)])
    // Where the user has been shown the thread already, it is no news.
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    try await scenario.go(plan: Steps(count: 1))
    #expect(try await scenario.stop().reason == .breakpoint(next))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test(arguments: ["fork", "vfork"]) func childrenAreNotWatched(scenario name: String) async throws {
    let scenario = try await Scenario(name)
    try await scenario.process.setWatches([watch(try scenario["calls"])])
    try await scenario.go()
    #expect(try await scenario.stop().reason == .watch([WatchHit(id: 7, before: bytes(0), hasChanged: true)]))
    try await scenario.go()
    // A child with a watch would have died by a trap.
    #expect(try await scenario.end() == .exited(code: 7))
  }

  @Test func aProcessThatIsLetGoRunsOnWithoutAWatch() async throws {
    let output = Channel()
    let scenario = try await Scenario("threads", "4", "2000") { $0.standardOutput = .descriptor(output.writer) }
    try await scenario.process.setWatches([watch(try scenario["calls"])])
    try await scenario.go()
    _ = try await scenario.stop()
    try await scenario.process.detach()
    #expect(try await scenario.end() == .detached)
    output.closeWriter()
    #expect(await output.waitForByte() == UInt8(ascii: "k"))
  }

  @Test func execEndsTheWatch() async throws {
    let scenario = try await Scenario("exec")
    try await scenario.process.setWatches([watch(try scenario["calls"])])
    try await scenario.go()
    #expect(try await scenario.stop().reason == .executed)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 5))
  }

  @Test func fourRegistersAreAllThereAre() async throws {
    let scenario = try await Scenario("call", "1")
    let calls = try scenario["calls"]
    await #expect(throws: TracingError(operation: .watch, errno: 28)) {
      try await scenario.process.setWatches([watch(calls, count: 40)])
    }
    await scenario.process.kill()
  }

  /// What we write ourselves is no change of the program's.
  @Test func ourOwnWritesAreNoNews() async throws {
    let scenario = try await Scenario("call", "2")
    let calls = try scenario["calls"]
    try await scenario.process.setWatches([watch(calls)])
    try await scenario.process.write(bytes(40), at: calls)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .watch([WatchHit(id: 7, before: bytes(40), hasChanged: true)]))
    await scenario.process.kill()
  }
}
