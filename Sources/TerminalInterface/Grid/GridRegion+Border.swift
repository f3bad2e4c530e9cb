/// The lines that a border is made of.
package enum BorderLine: Sendable, CaseIterable {
  case light
  case heavy
  /// `+`, `-` and `|`, for terminals that have no box-drawing characters.
  case ascii

  var horizontal: String { pick("─", "━", "-") }
  var vertical: String { pick("│", "┃", "|") }
  var topLeft: String { pick("┌", "┏", "+") }
  var topRight: String { pick("┐", "┓", "+") }
  var bottomLeft: String { pick("└", "┗", "+") }
  var bottomRight: String { pick("┘", "┛", "+") }

  private func pick(_ light: String, _ heavy: String, _ ascii: String) -> String {
    switch self {
    case .light: light
    case .heavy: heavy
    case .ascii: ascii
    }
  }
}

extension GridRegion {
  /// Draws a border along the inner edge of a block, with a title in its top line.
  /// A block less than 2×2 gets none.
  package mutating func border(
    _ rect: GridRect, line: BorderLine = .light, style: Style, title: String = "", titleStyle: Style? = nil
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let bottom = rect.row + rect.height - 1
    let right = rect.column + rect.width - 1
    horizontalLine(row: rect.row, columns: rect.columns, line: line, style: style)
    horizontalLine(row: bottom, columns: rect.columns, line: line, style: style)
    verticalLine(column: rect.column, rows: rect.rows, line: line, style: style)
    verticalLine(column: right, rows: rect.rows, line: line, style: style)
    put(line.topLeft, row: rect.row, column: rect.column, style: style)
    put(line.topRight, row: rect.row, column: right, style: style)
    put(line.bottomLeft, row: bottom, column: rect.column, style: style)
    put(line.bottomRight, row: bottom, column: right, style: style)
    guard !title.isEmpty, rect.width > 4 else { return }
    put(" \(title) ", row: rect.row, column: rect.column + 1, style: titleStyle ?? style, width: rect.width - 2)
  }

  /// A line from left to right.
  package mutating func horizontalLine(row: Int, columns: Range<Int>, line: BorderLine = .light, style: Style) {
    for column in columns { put(line.horizontal, row: row, column: column, style: style) }
  }

  /// A line from top to bottom.
  package mutating func verticalLine(column: Int, rows: Range<Int>, line: BorderLine = .light, style: Style) {
    for row in rows { put(line.vertical, row: row, column: column, style: style) }
  }
}
