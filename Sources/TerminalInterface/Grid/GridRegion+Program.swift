package import VirtualTerminal

extension GridRegion {
  /// Draws the program's screen with its top left at (0, 0); what does not fit is clipped. The cursor is not drawn.
  package mutating func put(_ screen: TerminalSnapshot) {
    var grid = CellGrid(width: screen.columns, height: screen.rows.count)
    for (row, cells) in screen.rows.enumerated() {
      for (column, cell) in cells.prefix(screen.columns).enumerated() where cell.width > 0 {
        // A wide character needs its right half, whatever the snapshot says.
        let fits = cell.width == 1 || column + 1 < screen.columns
        grid.set(fits ? Cell(cell) : .blank(Style(cell)), row: row, column: column)
      }
    }
    put(grid, row: 0, column: 0)
  }
}

extension Cell {
  init(_ cell: TerminalCell) {
    self.init(text: cell.text, width: UInt8(clamping: cell.width), style: Style(cell))
  }
}

extension Style {
  init(_ cell: TerminalCell) {
    var attributes: Attributes = []
    if cell.attributes.contains(.bold) { attributes.insert(.bold) }
    if cell.attributes.contains(.italic) { attributes.insert(.italic) }
    if cell.attributes.contains(.underline) { attributes.insert(.underline) }
    if cell.attributes.contains(.reverse) { attributes.insert(.reverse) }
    self.init(
      foreground: Color(cell.foreground), background: Color(cell.background), attributes: attributes)
  }
}

extension Color {
  init(_ color: TerminalColor) {
    self =
      switch color {
      case .standard: .standard
      case .indexed(let index): .indexed(index)
      case .rgb(let red, let green, let blue): .rgb(red: red, green: green, blue: blue)
      }
  }
}
