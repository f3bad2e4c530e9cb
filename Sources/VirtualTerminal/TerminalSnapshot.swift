/// What the program's screen shows at one moment.
package struct TerminalSnapshot: Sendable, Hashable {
  /// A place on it, from 0.
  package struct Position: Sendable, Hashable {
    package let row: Int
    package let column: Int

    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// Top to bottom, each as long as the screen is wide.
  package let rows: [[TerminalCell]]
  package let columns: Int
  /// Where the cursor is; nil if it is hidden or scrolled out of view.
  package let cursor: Position?
  /// As the program set it, without control characters; it may still hold anything else.
  package let title: String
  /// Whether a full-screen program has the alternate screen.
  package let isAlternate: Bool
  /// Whether the program asked for mouse events.
  package let wantsMouse: Bool
  /// Lines that have left at the top and can be looked back at.
  package let scrollbackCount: Int

  package init(
    rows: [[TerminalCell]], columns: Int, cursor: Position? = nil, title: String = "", isAlternate: Bool = false,
    wantsMouse: Bool = false, scrollbackCount: Int = 0
  ) {
    self.rows = rows
    self.columns = columns
    self.cursor = cursor
    self.title = title
    self.isAlternate = isAlternate
    self.wantsMouse = wantsMouse
    self.scrollbackCount = scrollbackCount
  }

  /// Each row's text without blanks at its end.
  package var lines: [String] {
    rows.map { row in
      var line = row.reduce(into: "") { $0 += $1.text }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}

extension TerminalSnapshot: CustomStringConvertible {
  /// All lines, for tests and their messages.
  package var description: String { lines.joined(separator: "\n") }
}
