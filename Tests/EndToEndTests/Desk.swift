import TestSupport
import Testing

/// A sandbox with sdb open in a terminal, and what tests of the interface do over and over.
final class Desk: Sendable {
  let sandbox: Sandbox

  /// What stands beside a value that the last stop changed.
  static let changeMark = "•"

  init() throws { sandbox = try Sandbox() }

  /// Opens a fixture in a terminal of the given size, stopped at main unless `commands` say otherwise.
  func open(
    _ source: String, commands: [String] = ["break main", "run"], columns: Int = 80, rows: Int = 24,
    environment: String = ""
  ) async throws -> TerminalSession {
    let program = sandbox.path("program")
    if !sandbox.exists("program") { _ = try sandbox.program(source, as: "program") }
    let terminal = try TerminalSession(in: sandbox, columns: columns, rows: rows)
    try await terminal.wait("ready>")
    try await noteModes("modes-before", in: terminal)
    try terminal.start(commands.flatMap { ["-ex", $0] } + [program], environment: environment)
    if commands.first == "break main" { try await waitForLine("{", in: terminal, orAny: true) }
    return terminal
  }

  /// Waits until the program stands at the line that holds `text`: where the mark of the current line is.
  func waitForLine(_ text: String, in terminal: TerminalSession, orAny: Bool = false) async throws {
    try await terminal.wait(for: "current line \"\(text)\"") { screen in
      screen.split(separator: "\n").contains { row in
        guard let mark = row.firstMatch(of: /[▶▷]\s*\d*/) else { return false }
        return orAny || row[mark.range.upperBound...].contains(text)
      }
    }
  }

  /// Gives a command by the command bar, and goes back to the panes.
  func command(_ line: String, in terminal: TerminalSession) async throws {
    try terminal.press(":")
    try terminal.enter(line)
    try await leaveCommandBar(terminal)
  }

  /// An Escape that the next key follows at once would be Alt and that key: this waits until it has worked.
  func leaveCommandBar(_ terminal: TerminalSession) async throws {
    try terminal.press("Escape")
    try await terminal.wait(for: "end of the command bar") { !$0.contains("Esc panes") }
  }

  /// Quits, says yes where a process lives, and sees to it that nothing stays behind.
  func quit(_ terminal: TerminalSession, asks: Bool = true) async throws {
    try terminal.press("q")
    if asks {
      try await terminal.wait("quit and kill it")
      try terminal.press("y")
    }
    try await terminal.waitForShell(status: 0)
    try await expectGivenBack(terminal)
  }

  /// Writes the terminal's modes to a file, from the shell.
  func noteModes(_ file: String, in terminal: TerminalSession) async throws {
    // The command itself is on the screen too, and has no such word.
    try terminal.enter("clear; stty -g > \(file); echo \(file)-no''ted")
    try await terminal.wait("\(file)-noted")
  }

  /// The terminal is as it was, and no process is left.
  func expectGivenBack(_ terminal: TerminalSession) async throws {
    try await noteModes("modes-after", in: terminal)
    #expect(try sandbox.read("modes-after") == sandbox.read("modes-before"))
    for (state, value) in [("alternate_on", "0"), ("mouse_any_flag", "0"), ("cursor_flag", "1"), ("keypad_flag", "0")] {
      #expect(try terminal.state(state) == value, "\(state)")
    }
    #expect(try sandbox.processes() == [:])
  }
}
