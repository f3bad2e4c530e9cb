import Foundation
import TestSupport
import Testing

/// The interface as people see it: keys into a terminal, text on its screen.
@Suite(.serialized) struct InterfaceTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// Opens `source` stopped at main, in a terminal of the given size.
  private func open(
    _ source: String = "tour.c", commands: [String] = ["break main", "run"], columns: Int = 80, rows: Int = 24
  ) async throws -> TerminalSession {
    let program = try sandbox.program(source, as: "program")
    let terminal = try TerminalSession(in: sandbox, columns: columns, rows: rows)
    try await terminal.wait("ready>")
    try terminal.start(commands.flatMap { ["-ex", $0] } + [program])
    return terminal
  }

  private func quit(_ terminal: TerminalSession) async throws {
    try terminal.press("Escape")
    try terminal.enter("quit")
    try await terminal.wait(for: "question before the process ends") { $0.contains("y") && $0.contains("n") }
    try terminal.press("y")
    try await terminal.waitForShell(status: 0)
  }

  @Test(arguments: [(80, 24), (200, 60)])
  func breakRunStepLookAndQuit(columns: Int, rows: Int) async throws {
    let terminal = try await open(columns: columns, rows: rows)
    // Source, stack and locals stand together from the start.
    try await terminal.wait("struct player *players = NULL;", "main", "players")
    // Over the first line, into a call, and back out of it.
    try terminal.press("F10")
    try await terminal.wait("players = make_player(\"Grace\"")
    try terminal.press("F11")
    try await terminal.wait("make_player", "\"Grace\"")
    try terminal.press("S-F11")
    try await terminal.wait(for: "main after finish") { $0.contains("Value returned") || !$0.contains("dx, int dy") }
    try await quit(terminal)
    #expect(try sandbox.processes().isEmpty)
  }
}
