import Foundation
import TestSupport
import Testing

/// The terminal is given back as it was, whichever way sdb ends.
@Suite(.serialized) struct TerminalTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  /// The process id of sdb itself.
  private func debugger() throws -> Int32 {
    try #require(try desk.sandbox.processes().first { $0.value.hasPrefix(Sandbox.debugger) }).key
  }

  /// SIGTERM asks; SIGSEGV, sent from outside, stands for a crash of sdb's own.
  @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV, SIGABRT])
  func endedBySignal(signal: Int32) async throws {
    let terminal = try await desk.open("tour.c")
    #expect(kill(try debugger(), signal) == 0)
    try await terminal.waitForShell(status: 128 + signal)
    try await desk.expectGivenBack(terminal)
  }

  @Test func suspendedAndResumed() async throws {
    let terminal = try await desk.open("tour.c")
    try terminal.press("C-z")
    try await terminal.wait("Stopped", "ready>")
    try await desk.noteModes("modes-after", in: terminal)
    #expect(try desk.sandbox.read("modes-after") == desk.sandbox.read("modes-before"))
    #expect(try terminal.state("alternate_on") == "0")
    try terminal.enter("fg")
    try await desk.waitForLine("struct player *players = NULL;", in: terminal)
    try terminal.press("n")
    try await desk.waitForLine("players = make_player(\"Grace\"", in: terminal)
    try terminal.press("q")
    try await terminal.wait("quit and kill it")
    try terminal.press("y")
    try await terminal.waitForShell()
    try await desk.expectGivenBack(terminal)
  }

  @Test func closedWindowEndsTheProgram() async throws {
    let terminal = try await desk.open("tour.c")
    terminal.close()
    for _ in 0..<500 where !(try desk.sandbox.processes().isEmpty) {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try desk.sandbox.processes() == [:])
  }

  @Test func interruptPausesARunningProgram() async throws {
    let terminal = try await desk.open("echo.c", commands: ["run"])
    try await terminal.wait("RUNNING")
    try terminal.press("C-c")
    try await terminal.wait("STOPPED", "Paused")
    try await desk.quit(terminal)
  }
}
