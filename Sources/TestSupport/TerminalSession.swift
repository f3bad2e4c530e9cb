import Foundation

/// A terminal of a test's own: a shell in a private tmux server, to which keys are sent and whose screen is read.
/// The server ends with the value.
package final class TerminalSession: Sendable {
  private let socket = "sdb-\(UUID().uuidString)"
  private let sandbox: Sandbox

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Opens a shell in a terminal of `columns` by `rows` cells.
  package init(in sandbox: Sandbox, columns: Int = 80, rows: Int = 24, terminal: String = "tmux-256color") throws {
    self.sandbox = sandbox
    _ = try sandbox.file(
      "tmux.conf",
      """
      set -g default-terminal \(terminal)
      set -g escape-time 0
      set -g status off
      set -g history-limit 0
      set -g set-clipboard on
      """)
    try tmux(
      [
        "-f", "tmux.conf", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
        "bash", "--norc", "--noprofile", "-i",
      ])
  }

  deinit { close() }

  /// Ends the terminal as a closed window does: what runs in it gets SIGHUP.
  package func close() {
    // A server that has ended already is what is wanted.
    _ = try? tmux(["kill-server"])
  }

  @discardableResult
  private func tmux(_ words: [String]) throws -> String {
    // Neither the server's command line nor the shell's names the sandbox: they are not what a test leaves behind.
    let environment = sandbox.environment.merging(["PS1": "ready> ", "PROMPT_COMMAND": "", "TERM": "xterm"]) { $1 }
    let done = try FinishedCommand(
      ["env", "--chdir=\(sandbox.folder.path())", "tmux", "-L", socket] + words, environment: environment)
    guard done.status == 0 else { throw Failure(description: "tmux \(words.joined(separator: " ")): \(done.errors)") }
    return done.output
  }

  /// Types text as it is, without Enter.
  package func type(_ text: String) throws { try tmux(["send-keys", "-l", "--", text]) }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `F5`, `C-c`, `Tab`, `Up`, or a single character.
  package func press(_ keys: String...) throws { try tmux(["send-keys", "--"] + keys) }

  /// A line for the shell, or for whatever reads lines.
  package func enter(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// Starts sdb with words that are quoted for the shell; its exit status is printed as `status=N` when it ends.
  package func start(_ arguments: [String], environment: String = "") throws {
    let words = ([Sandbox.debugger] + arguments).map { "'\($0.replacing("'", with: "'\\''"))'" }
    let script = try sandbox.file(
      "start", "\(environment) \(words.joined(separator: " "))\necho status=$?\n")
    try enter("clear; . \(script)")
  }

  package enum MouseButton: Int, Sendable {
    case left = 0
    case wheelUp = 64
    case wheelDown = 65
  }

  /// Presses and lets go a mouse button on a cell (from 0), as a terminal in SGR mode reports it.
  package func click(column: Int, row: Int, button: MouseButton = .left) throws {
    let press = "\u{1b}[<\(button.rawValue);\(column + 1);\(row + 1)M"
    let release = button == .left ? "\u{1b}[<0;\(column + 1);\(row + 1)m" : ""
    try tmux(["send-keys", "-H"] + (press + release).utf8.map { String($0, radix: 16) })
  }

  package func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen as text, a line a row, without trailing blanks.
  package func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

  /// The screen's rows.
  package func rows() throws -> [String] {
    try screen().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What tmux knows of the terminal's state: `alternate_on`, `cursor_flag`, `mouse_any_flag` … (tmux(1), FORMATS).
  package func state(_ name: String) throws -> String {
    try tmux(["display-message", "-p", "#{\(name)}"]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What was put on the terminal's clipboard last (OSC 52).
  package func clipboard() throws -> String { try tmux(["show-buffer"]) }

  /// Waits until the screen satisfies a condition and answers that screen; throws with the last one after `timeout`.
  @discardableResult
  package func wait(
    for what: String, timeout: Duration = .seconds(60), until condition: (String) -> Bool
  ) async throws -> String {
    let end = ContinuousClock.now + timeout
    var last = ""
    repeat {
      last = try screen()
      if condition(last) { return last }
      try await Task.sleep(for: .milliseconds(20))
    } while ContinuousClock.now < end
    throw Failure(description: "no \(what) within \(timeout); the screen is\n\(last)")
  }

  /// Waits until all of `texts` are on the screen.
  @discardableResult
  package func wait(_ texts: String..., timeout: Duration = .seconds(60)) async throws -> String {
    try await wait(for: "\(texts)", timeout: timeout) { screen in texts.allSatisfy(screen.contains) }
  }

  /// Waits until the shell asks for the next command.
  @discardableResult
  package func waitForShell(status: Int32? = nil) async throws -> String {
    try await wait(for: "shell prompt after status \(status.map(String.init) ?? "any")") { screen in
      let lines = screen.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      guard lines.last == "ready>" else { return false }
      guard let status else { return true }
      return lines.contains("status=\(status)")
    }
  }
}
