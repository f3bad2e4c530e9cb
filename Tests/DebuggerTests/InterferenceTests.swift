import Debugger
import MachineModel
import TestSupport
import Testing

/// One thread is stepped while another does what stops the process and is not reported: it may not matter.
@Suite(.timeLimit(.minutes(3))) struct InterferenceTests {
  /// What the other thread does, and how often it is stepped beside that.
  static let interferences = [("hot", 60), ("call", 30), ("load", 15), ("spawn", 40)]

  @Test(arguments: interferences) func nextEndsOnEachLine(what: String, rounds: Int) async throws {
    let fixture = try await started(what)
    let (first, last) = (try fixture.line("/* first */"), try fixture.line("/* last */"))
    var expected = first
    for round in 0..<rounds {
      expected = expected == last ? first : expected + 1
      let stop = try await fixture.move(.next)
      #expect(stop.frame.line == expected, "round \(round)")
      #expect(stop.thread.id == 1)
      expected = stop.frame.line ?? first
    }
    try await fixture.session.kill()
  }

  @Test(arguments: interferences) func aStepIsOneInstruction(what: String, rounds: Int) async throws {
    let fixture = try await started(what)
    // Without a condition in it, each instruction has one successor.
    var successors: [VirtualAddress: VirtualAddress] = [:]
    var here = try await fixture.session.selectedFrame().address
    for round in 0..<4 * rounds {
      let next = try await fixture.move(.stepInstruction).frame.address
      if let known = successors[here] { #expect(next == known, "round \(round)") }
      successors[here] = next
      here = next
    }
    // The first time round the loop may not be the one that shows the others wrong.
    let addresses = Set(try await fixture.session.disassemble("twice").map(\.address))
    let twice = successors.filter { addresses.contains($0.key) }
    #expect(what == "load" || twice.count == addresses.count)
    try await fixture.session.kill()
  }

  @Test(arguments: interferences) func finishEndsAtTheReturn(what: String, rounds: Int) async throws {
    let fixture = try await started(what)
    _ = try await fixture.session.addBreakpoint(.function("twice"))
    for round in 0..<rounds / 2 {
      #expect(try await fixture.move(.continue).frame.function == "twice")
      let stop = try await fixture.move(.finish)
      guard case .finished(let value?) = stop.cause else {
        Issue.record("\(stop.cause) in round \(round)")
        continue
      }
      #expect(value.variable.value == "10")
      #expect(stop.frame.line == (try fixture.line("/* last */")))
    }
    try await fixture.session.kill()
  }

  /// Where a step ends, a false condition is no reason to go further.
  @Test(arguments: [Motion.next, .finish, .stepInstruction]) func aFalseConditionAtTheEnd(motion: Motion) async throws {
    let fixture = try await SessionFixture("crossing.c", flags: Self.flags)
    _ = try await fixture.run(toMark: "/* twice body */")
    let pc = try await fixture.session.selectedFrame().address
    try await fixture.session.deleteBreakpoints(nil)
    _ = try await fixture.move(motion)
    let end = try await fixture.session.selectedFrame().address
    #expect(end != pc)
    _ = try await fixture.run(toMark: "/* twice body */")
    let id = try await fixture.session.addBreakpoint(.address("\(end)")).id
    try await fixture.session.setCondition(breakpoint: id, "value == -1")
    let stop = try await fixture.move(motion)
    #expect(stop.frame.address == end)
    try await fixture.session.kill()
  }

  /// What a condition calls may need another thread.
  @Test func aConditionThatWaitsForAnotherThread() async throws {
    let fixture = try await started("spawn")
    let id = try await fixture.session.addBreakpoint(.function("brief")).id
    try await fixture.session.setCondition(breakpoint: id, "later() == 1")
    #expect(try await fixture.move(.continue).cause == .breakpoint(id: id, isTemporary: false))
    try await fixture.session.kill()
  }

  /// The thread that is stepped ends: the others run on, also past a false condition.
  @Test func theSteppedThreadEnds() async throws {
    let fixture = try await SessionFixture("crossing.c", flags: Self.flags)
    await fixture.session.configureLaunch { $0.arguments = ["leave"] }
    _ = try await fixture.run(toMark: "/* brief body */")
    try await passOver(fixture)
    var outcome = try await fixture.session.proceed(.next)
    for _ in 0..<40 {
      guard case .stopped = outcome else { break }
      outcome = try await fixture.session.proceed(.next)
    }
    guard case .exited(_, code: 0) = outcome else { return #expect(Bool(false), "\(outcome)") }
  }

  private static let flags = ["-g", "-O0", "-pthread"]

  private func started(_ what: String) async throws -> SessionFixture {
    let fixture = try await SessionFixture("crossing.c", flags: Self.flags)
    await fixture.session.configureLaunch { $0.arguments = [what == "call" ? "hot" : what] }
    _ = try await fixture.run(toMark: "/* first */")
    try await fixture.session.deleteBreakpoints(nil)
    if what == "hot" { try await passOver(fixture) }
    if what == "call" { try await passOver(fixture, "same(1) == 2") }
    return fixture
  }

  private func passOver(_ fixture: SessionFixture, _ condition: String = "hits == -1") async throws {
    let id = try await fixture.session.addBreakpoint(.function("hot")).id
    try await fixture.session.setCondition(breakpoint: id, condition)
  }
}
