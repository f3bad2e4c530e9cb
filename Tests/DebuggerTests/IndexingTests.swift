import DebugInfo
import Debugger
import Dispatch
import TestSupport
import Testing

/// What a session does while an index is in the making: each indexer is held up in its first report until a test lets it go on.
@Suite struct IndexingTests {
  private let gate = DispatchSemaphore(value: 0)
  private let session: DebugSession

  init() async throws {
    let gate = gate
    session = DebugSession(
      indexJobs: IndexJobs(delay: 0, interval: 0) { progress in
        guard progress != nil else { return }
        gate.wait()
        gate.signal()
      })
    // Without a build-id, no other test leaves an index of it.
    try await session.load(
      program: Fixture.compile("tour.c", flags: ["-g", "-O0", "-Wl,--build-id=none"]))
  }

  private func awaitIndexing() async {
    while !session.isAwaitingIndex { await Task.yield() }
  }

  @Test func otherRequestsAreServedMeanwhile() async throws {
    let asking = Task { try await session.evaluate("total_players") }
    await awaitIndexing()
    #expect(await session.breakpoints().isEmpty)
    #expect(try await session.evaluate("1 + 1").variable.value == "2")
    #expect(session.isAwaitingIndex)
    gate.signal()
    #expect(try await asking.value.variable.value == "0")
  }

  /// Lines and addresses are known before the names are, and single functions are looked for without them.
  @Test func breakpointsDoNotWaitForNames() async throws {
    let asking = Task { try await session.evaluate("total_players") }
    await awaitIndexing()
    #expect(try await session.addBreakpoint(.function("add_score")).locations.count == 1)
    let line = try Fixture.line(of: "int slot =", in: "tour.c")
    let breakpoint = try await session.addBreakpoint(.fileLine(file: "tour.c", line: line))
    #expect(breakpoint.locations.first?.line == line)
    #expect(breakpoint.locations.first?.function == "add_score")
    #expect(session.isAwaitingIndex)
    gate.signal()
    _ = try await asking.value
  }

  /// A frame's own variables, and what they lead to, are shown before the names are known.
  @Test(arguments: [
    "player->rounds", "*player", "player->scores[0] + 0", "(*player).name[0]", "&player->level", "points * 2 - 1",
  ])
  func localNamesDoNotWait(expression: String) async throws {
    _ = try await session.addBreakpoint(.function("add_score"))
    _ = try await session.run(stopAt: .none)
    let asking = Task { try await session.evaluate("total_players") }
    await awaitIndexing()
    _ = try await session.evaluate(expression)
    #expect(session.isAwaitingIndex)
    gate.signal()
    _ = try await asking.value
  }

  @Test(arguments: [
    "total_players", "points + total_players", "best_score(player)", "(enum level)points", "sizeof(struct player)",
  ])
  func otherNamesWait(expression: String) async throws {
    _ = try await session.addBreakpoint(.function("add_score"))
    _ = try await session.run(stopAt: .none)
    let asking = Task { try await session.evaluate(expression) }
    await awaitIndexing()
    gate.signal()
    _ = try await asking.value
  }

  @Test func interruptingEndsTheWaitAndNothingElse() async throws {
    let asking = Task { try await session.evaluate("total_players") }
    await awaitIndexing()
    session.interrupt()
    await #expect(throws: SessionError.cancelled) { try await asking.value }
    gate.signal()
    #expect(try await session.addBreakpoint(.function("main")).locations.count == 1)
  }
}
