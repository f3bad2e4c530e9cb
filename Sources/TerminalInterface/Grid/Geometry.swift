/// A cell's place, counted in rows and columns from 0 at the top left.
package struct GridPosition: Sendable, Hashable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// Extent in columns and rows; never negative.
package struct GridSize: Sendable, Hashable, CustomStringConvertible {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Columns by rows, as `80×24`.
  package var description: String { "\(width)×\(height)" }
}

/// A block of cells. Rows and columns may lie outside of any grid: drawing clips.
package struct GridRect: Sendable, Hashable {
  package let row: Int
  package let column: Int
  package let width: Int
  package let height: Int

  package init(row: Int, column: Int, width: Int, height: Int) {
    self.row = row
    self.column = column
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package init(_ size: GridSize) {
    self.init(row: 0, column: 0, width: size.width, height: size.height)
  }

  package var size: GridSize { GridSize(width: width, height: height) }
  package var isEmpty: Bool { width == 0 || height == 0 }
  /// The rows it covers.
  package var rows: Range<Int> { row..<row + height }
  /// The columns it covers.
  package var columns: Range<Int> { column..<column + width }

  package func contains(_ position: GridPosition) -> Bool {
    rows.contains(position.row) && columns.contains(position.column)
  }

  /// What both cover; empty where they do not meet.
  package func intersection(_ other: GridRect) -> GridRect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return GridRect(
      row: top, column: left,
      width: min(columns.upperBound, other.columns.upperBound) - left,
      height: min(rows.upperBound, other.rows.upperBound) - top)
  }

  /// The same block with `count` cells less on each side, as the inside of a border.
  package func inset(by count: Int) -> GridRect {
    GridRect(row: row + count, column: column + count, width: width - 2 * count, height: height - 2 * count)
  }

  /// The same block, moved.
  package func offset(rows: Int, columns: Int) -> GridRect {
    GridRect(row: row + rows, column: column + columns, width: width, height: height)
  }
}
