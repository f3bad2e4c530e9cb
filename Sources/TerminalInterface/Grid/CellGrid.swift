/// What a terminal shows: rows of cells. A value; drawing into it is pure, and two of them compare cell by cell.
package struct CellGrid: Sendable, Hashable {
  package let size: GridSize
  /// Row by row; `width * height` of them.
  package private(set) var cells: [Cell]

  package var width: Int { size.width }
  package var height: Int { size.height }

  /// A grid of blanks.
  package init(_ size: GridSize, style: Style = .plain) {
    self.size = size
    cells = Array(repeating: .blank(style), count: size.width * size.height)
  }

  package init(width: Int, height: Int, style: Style = .plain) {
    self.init(GridSize(width: width, height: height), style: style)
  }

  /// The cell at a place inside of the grid.
  package subscript(row: Int, column: Int) -> Cell { cells[row * width + column] }

  /// The cells of a row inside of the grid.
  package func row(_ row: Int) -> ArraySlice<Cell> { cells[row * width..<(row + 1) * width] }

  /// Each row's text without blanks at its end: what tests compare and what a dump of the screen shows.
  package var lines: [String] {
    (0..<height).map { index in
      var line = row(index).reduce(into: "") { $0 += $1.text }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// Draws into a part of the grid, whose top left is (0, 0) to `body`; what lies outside of the part stays.
  package mutating func draw(in frame: GridRect, _ body: (inout GridRegion) -> Void) {
    let clip = frame.intersection(GridRect(size))
    var region = GridRegion(grid: .empty, frame: frame, clip: clip)
    // Moved, not copied: with a second owner each drawing call would copy all cells.
    swap(&self, &region.grid)
    body(&region)
    swap(&self, &region.grid)
  }

  private static let empty = CellGrid(width: 0, height: 0)

  /// Changes the style of one cell inside of the grid.
  mutating func setStyle(_ style: Style, row: Int, column: Int) {
    cells[row * width + column].style = style
  }

  /// Puts a cell, and the continuation of a wide one, at a place where both fit. A wide character that it cuts in
  /// half is blanked.
  mutating func set(_ cell: Cell, row: Int, column: Int) {
    let index = row * width + column
    if cells[index].width == 0, column > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
    let last = index + max(1, Int(cell.width)) - 1
    if cells[last].width == 2, column + last - index + 1 < width { cells[last + 1] = .blank(cells[last + 1].style) }
    cells[index] = cell
    if cell.width == 2 { cells[last] = .continuation(cell.style) }
  }
}

extension CellGrid: CustomStringConvertible {
  /// All lines, without blanks at their ends.
  package var description: String { lines.joined(separator: "\n") }
}

extension CellGrid {
  /// Writes into the whole grid; see `GridRegion.put`.
  @discardableResult
  package mutating func put(
    _ text: some StringProtocol, row: Int, column: Int, style: Style = .plain, width: Int? = nil, skipping: Int = 0
  ) -> Int {
    var used = 0
    draw(in: GridRect(size)) {
      used = $0.put(text, row: row, column: column, style: style, width: width, skipping: skipping)
    }
    return used
  }

  /// Fills a part with blanks of a style.
  package mutating func fill(_ rect: GridRect, style: Style) {
    draw(in: GridRect(size)) { $0.fill(rect, style: style) }
  }

  /// Puts all of another grid, with its top left at a place; what does not fit is clipped.
  package mutating func put(_ other: CellGrid, row: Int, column: Int) {
    draw(in: GridRect(size)) { $0.put(other, row: row, column: column) }
  }
}
