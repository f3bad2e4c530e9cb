import TerminalInterface
import VirtualTerminal

/// The program's own terminal: a pty, and the screen that it draws on.
final class InteractiveTerminal: Sendable {
  private let terminal: ProgramTerminal
  private let pty: PseudoTerminal

  /// - Parameter post: takes pictures of the screen as they change, from another thread.
  init(scrollback: Int, post: @escaping @Sendable (Action) -> Void) throws(PseudoTerminalError) {
    // Until the interface says how large its pane is.
    let terminal = ProgramTerminal(rows: 24, columns: 80, scrollbackLimit: scrollback)
    self.terminal = terminal
    pty = try PseudoTerminal(terminal: terminal, rows: 24, columns: 80) {
      post(.programScreen(terminal.snapshot()))
    }
  }

  /// What the program opens.
  var path: String { pty.slavePath }

  func close() { pty.close() }

  func resize(_ size: GridSize) throws(PseudoTerminalError) {
    let rows = max(1, size.height)
    let columns = max(2, size.width)
    terminal.resize(rows: rows, columns: columns)
    try pty.resize(rows: rows, columns: columns)
  }

  func snapshot(scrolledBack: Int) -> TerminalSnapshot { terminal.snapshot(scrolledBack: scrolledBack) }

  /// For the next program; what is on the screen stays.
  func reset() { terminal.resetModes() }

  func press(_ key: Key) {
    for code in key.forProgram { pty.write(terminal.press(code, key.modifiers.forProgram)) }
  }

  func paste(_ text: String) {
    pty.write(terminal.paste(text))
  }

  func mouse(_ event: MouseEvent) {
    pty.write(
      terminal.mouse(
        event.kind.forProgram, row: event.position.row, column: event.position.column, event.modifiers.forProgram))
  }
}
