import Debugger
import MachineModel
import TestSupport
import Testing

/// Calls into the program that don't come back, and conditions that make such calls: whatever becomes of them, the
/// session knows where the program is, and nothing of the call is left.
@Suite(.timeLimit(.minutes(2))) struct ReentryTests {
  @Test func aResultThatCannotBeReadLeavesNothing() async throws {
    let fixture = try await fixture()
    _ = try await fixture.run(to: .function("work"))
    let registers = try await fixture.session.registers(named: nil, includingVectors: true)
    #expect(await answer("make_holed()", in: fixture).hasPrefix("Cannot access memory at address"))
    #expect(try await fixture.session.registers(named: nil, includingVectors: true) == registers)
    #expect(try await functions(fixture) == ["work", "main"])
    #expect(await answer("add(1, 2)", in: fixture) == "3")
    #expect(try await fixture.move(.next).cause == .step)
    try await fixture.session.deleteBreakpoints(nil)
    #expect(try await end(of: fixture) == 0)
  }

  @Test func aConditionThatEndsTheProgram() async throws {
    let fixture = try await fixture()
    try await add("work", "leave(5)", to: fixture)
    guard case .exited(_, code: 5) = try await fixture.session.run(stopAt: .none) else {
      return #expect(Bool(false), "it did not end")
    }
    #expect(await fixture.session.state == .none)
    #expect(await told(fixture).contains("The program being debugged exited while in a function called from sdb."))
  }

  @Test(arguments: [("die(number)", "die", Optional("die")), ("fault(number)", "fault", nil)])
  func aConditionThatStopsInWhatItCalls(condition: String, function: String, breakpoint: String?) async throws {
    let fixture = try await fixture()
    try await add("work", condition, to: fixture)
    if let breakpoint { _ = try await fixture.session.addBreakpoint(.function(breakpoint)) }
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else {
      return #expect(Bool(false), "it did not stop")
    }
    #expect(stop.frame.function == function)
    #expect(try await functions(fixture) == [function, nil, "work", "main"])
    #expect(try await fixture.value("$pc == \(stop.frame.address)") == "1")
    #expect(await told(fixture).contains("Error in testing condition for breakpoint 1:\n"))
  }

  /// With `unwindonsignal`, the condition has failed where the breakpoint is.
  @Test func aConditionThatIsUnwound() async throws {
    let fixture = try await fixture()
    await fixture.session.update { $0.unwindsOnSignal = true }
    try await add("work", "fault(number)", to: fixture)
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else {
      return #expect(Bool(false), "it did not stop")
    }
    #expect(stop.cause == .breakpoint(id: 1, isTemporary: false))
    #expect(try await functions(fixture) == ["work", "main"])
    try await fixture.session.deleteBreakpoints(nil)
    #expect(try await end(of: fixture) == 0)
  }

  /// What a condition calls passes over its own breakpoint, and no other.
  @Test(arguments: [
    ["work": "work(0)"], ["ping": "pong(0)", "pong": "ping(0)"], ["work": "work(1) == 3"],
  ])
  func conditionsThatCallThemselves(conditions: [String: String]) async throws {
    let fixture = try await fixture()
    for (function, condition) in conditions { try await add(function, condition, to: fixture) }
    guard case .exited(_, code: 0) = try await fixture.session.run(stopAt: .none) else {
      return #expect(Bool(false), "it did not run through")
    }
    #expect(await fixture.session.breakpoints().allSatisfy { $0.hits == 0 })
  }

  @Test func anotherThreadsCallReturns() async throws {
    let fixture = try await fixture("thread")
    _ = try await fixture.run(to: .function("mark"))
    _ = try await fixture.session.addBreakpoint(.fileLine(file: fixture.source, line: fixture.line("/* slow body */")))
    #expect(await answer("slow(7)", in: fixture).contains("The program being debugged stopped"))
    #expect(try await functions(fixture) == ["slow", nil, "mark", "main"])
    _ = try await fixture.session.selectThread(2)
    #expect(await answer("wait_over(4)", in: fixture).contains("(wait_over) will be abandoned."))
    // The first thread is where it was before its call, and goes on from there, once.
    #expect(try await functions(fixture) == ["mark", "main"])
    #expect(try await fixture.value("count") == "7")
    let stop = try await fixture.move(.continue)
    #expect(stop.cause == .callReturned)
    #expect(stop.thread.id == 2)
    #expect(try await end(of: fixture) == 0)
  }

  @Test func theThreadOfACallEnds() async throws {
    let fixture = try await fixture("thread")
    _ = try await fixture.run(to: .function("mark"))
    _ = try await fixture.session.selectThread(2)
    #expect(await answer("end_thread()", in: fixture).hasPrefix("The program being debugged exited"))
    #expect(await fixture.session.state == .none)
  }

  /// There is nothing to go back to in a program that was executed meanwhile.
  @Test(arguments: [false, true]) func aCallExecutesAnotherProgram(unwinds: Bool) async throws {
    let fixture = try await fixture()
    _ = try await fixture.run(to: .function("ping"))
    await fixture.session.update { $0.unwindsOnSignal = unwinds }
    let text = await answer("replace()", in: fixture)
    #expect(text.contains("(replace) will be abandoned."))
    #expect(!text.contains("restored") && !text.contains("silently"))
    #expect(try await functions(fixture) == ["fault", "main"])
    #expect(await answer("add(1, 2)", in: fixture) == "3")
  }

  private func fixture(_ words: String...) async throws -> SessionFixture {
    let fixture = try await SessionFixture("reentry.c", flags: ["-g", "-O0", "-pthread"])
    await fixture.session.configureLaunch { $0.arguments = words }
    return fixture
  }

  private func add(_ function: String, _ condition: String, to fixture: SessionFixture) async throws {
    let id = try await fixture.session.addBreakpoint(.function(function)).id
    try await fixture.session.setCondition(breakpoint: id, condition)
  }

  private func functions(_ fixture: SessionFixture) async throws -> [String?] {
    try await fixture.session.backtrace(limit: nil, withLocals: false).frames.map(\.function)
  }

  private func told(_ fixture: SessionFixture) async -> String {
    await fixture.session.takeUnreported().compactMap { if case .notice(let text) = $0 { text } else { nil } }
      .joined(separator: "\n")
  }

  private func end(of fixture: SessionFixture) async throws -> Int32? {
    guard case .exited(_, let code) = try await fixture.session.proceed(.continue) else { return nil }
    return code
  }

  private func answer(_ expression: String, in fixture: SessionFixture) async -> String {
    do { return try await fixture.value(expression) } catch { return "\(error)" }
  }
}
