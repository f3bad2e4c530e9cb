/// A part of a grid to draw into, with rows and columns counted from its own top left. Whatever goes over its
/// edges is clipped, so a pane can't reach into another.
package struct GridRegion {
  var grid: CellGrid
  /// In the grid's rows and columns.
  private let frame: GridRect
  /// What of the frame may be drawn, in the grid's rows and columns.
  private let clip: GridRect

  init(grid: CellGrid, frame: GridRect, clip: GridRect) {
    self.grid = grid
    self.frame = frame
    self.clip = clip
  }

  package var size: GridSize { frame.size }
  package var width: Int { frame.width }
  package var height: Int { frame.height }
  /// All of it, from (0, 0).
  package var bounds: GridRect { GridRect(size) }

  /// Draws into a part of this part.
  package mutating func draw(in inner: GridRect, _ body: (inout GridRegion) -> Void) {
    let absolute = inner.offset(rows: frame.row, columns: frame.column)
    let visible = absolute.intersection(clip)
    var region = GridRegion(grid: CellGrid(width: 0, height: 0), frame: absolute, clip: visible)
    swap(&grid, &region.grid)
    body(&region)
    swap(&grid, &region.grid)
  }

  /// Writes a line. Control characters show as `caretNotation(_:)` has them, tabs go to the next multiple of `tabWidth`
  /// columns of the text, a wide character that would be cut at an edge shows as a blank.
  ///
  /// - Parameters:
  ///   - width: the most columns it may take; to the right edge if nil.
  ///   - skipping: columns of the text to leave out at its start, for panes that scroll sideways.
  /// - Returns: the columns taken. Cost: the text up to the right edge; what is past it is not looked at.
  @discardableResult
  package mutating func put(
    _ text: some StringProtocol, row: Int, column: Int, style: Style = .plain, width: Int? = nil, skipping: Int = 0,
    tabWidth: Int = 8
  ) -> Int {
    var pen = Pen(row: row, start: column, limit: limit(width, from: column), skipping: skipping)
    var clusters = ClusterScanner(text, tabWidth: tabWidth)
    while !pen.isFull, let cluster = clusters.next() { write(cluster, style: style, with: &pen) }
    return pen.used
  }

  /// Writes a line whose parts have styles; else as `put` of plain text.
  @discardableResult
  package mutating func put(
    _ line: StyledText, row: Int, column: Int, width: Int? = nil, skipping: Int = 0, tabWidth: Int = 8
  ) -> Int {
    var pen = Pen(row: row, start: column, limit: limit(width, from: column), skipping: skipping)
    var clusters = ClusterScanner(line.text, tabWidth: tabWidth)
    var runs = line.runs[...]
    while !pen.isFull, let cluster = clusters.next() {
      while let run = runs.first, run.range.upperBound <= cluster.offset { runs.removeFirst() }
      let style = runs.first.flatMap { $0.range.contains(cluster.offset) ? $0.style : nil } ?? line.base
      write(cluster, style: style, with: &pen)
    }
    return pen.used
  }

  /// Puts all of a grid, with its top left at a place.
  package mutating func put(_ other: CellGrid, row: Int, column: Int) {
    for line in 0..<other.height {
      for (index, cell) in other.row(line).enumerated() where cell.width > 0 {
        set(cell, row: row + line, column: column + index)
      }
    }
  }

  /// Fills a part with blanks of a style.
  package mutating func fill(_ rect: GridRect, style: Style) {
    for row in rect.rows {
      for column in rect.columns { set(.blank(style), row: row, column: column) }
    }
  }

  /// Fills all of it with blanks of a style.
  package mutating func fill(style: Style) {
    fill(bounds, style: style)
  }

  /// Lays a style over what is drawn already: its colours where it names any, its attributes added. So a selected
  /// row keeps the colours of its text.
  package mutating func highlight(_ rect: GridRect, style: Style) {
    let part = rect.offset(rows: frame.row, columns: frame.column).intersection(clip)
    for row in part.rows {
      for column in part.columns {
        grid.setStyle(style.over(grid[row, column].style), row: row, column: column)
      }
    }
  }

  /// The right edge as a number of columns from `column`.
  private func limit(_ width: Int?, from column: Int) -> Int {
    let room = frame.width - column
    return width.map { min($0, room) } ?? room
  }

  private mutating func write(_ cluster: ClusterScanner.Cluster, style: Style, with pen: inout Pen) {
    guard cluster.isRun else {
      put(cluster.text, width: cluster.width, style: style, with: &pen)
      return
    }
    for scalar in cluster.text.unicodeScalars where !pen.isFull {
      put(String(scalar), width: 1, style: style, with: &pen)
    }
  }

  private mutating func put(_ text: String, width: Int, style: Style, with pen: inout Pen) {
    let column = pen.column
    pen.position += width
    if pen.used > 0, column >= pen.start, pen.column <= pen.start + pen.limit {
      set(Cell(text: text, width: UInt8(width), style: style), row: pen.row, column: column)
    } else if width == 2 {
      // Half of a wide character is left to show, at the left or the right edge: a blank holds the place.
      let half = column < pen.start ? column + 1 : column
      if half >= pen.start, half < pen.start + pen.limit { set(.blank(style), row: pen.row, column: half) }
    }
  }

  /// Puts a cell at a place that may be outside; a wide one that is half outside becomes a blank.
  private mutating func set(_ cell: Cell, row: Int, column: Int) {
    let place = GridPosition(row: frame.row + row, column: frame.column + column)
    guard cell.width == 2 else {
      if clip.contains(place) { grid.set(cell, row: place.row, column: place.column) }
      return
    }
    let next = GridPosition(row: place.row, column: place.column + 1)
    switch (clip.contains(place), clip.contains(next)) {
    case (true, true): grid.set(cell, row: place.row, column: place.column)
    case (true, false): grid.set(.blank(cell.style), row: place.row, column: place.column)
    case (false, true): grid.set(.blank(cell.style), row: next.row, column: next.column)
    case (false, false): break
    }
  }
}

/// Where on a line writing stands.
private struct Pen {
  let row: Int
  /// The first column that may be written.
  let start: Int
  /// Columns that may be written.
  let limit: Int
  /// Columns of the text passed so far, those left out included.
  var position = 0
  private let skipping: Int

  init(row: Int, start: Int, limit: Int, skipping: Int) {
    self.row = row
    self.start = start
    self.limit = max(0, limit)
    self.skipping = max(0, skipping)
  }

  /// The column where the next character goes; before `start` while the text's beginning is left out.
  var column: Int { start + position - skipping }
  /// Columns taken so far.
  var used: Int { min(limit, max(0, position - skipping)) }
  var isFull: Bool { position - skipping >= limit }
}
