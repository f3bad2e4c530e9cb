/// The cursor of a pane that shows rows, and how far it is scrolled. Rows count from 0.
package struct ListState: Sendable, Equatable {
  package var cursor = 0
  /// The first row shown.
  package var top = 0

  package init() {}

  /// The row that the cursor is on; nil where there are fewer.
  package func selected<Row>(of rows: [Row]) -> Row? {
    rows.indices.contains(cursor) ? rows[cursor] : nil
  }

  /// The first row to show of `count` so that the cursor is among `height` rows: never scrolls past the end.
  package func visibleTop(count: Int, height: Int) -> Int {
    let height = max(1, height)
    let cursor = min(max(0, cursor), max(0, count - 1))
    let top = min(max(self.top, cursor - height + 1), cursor)
    return max(0, min(top, count - height))
  }

  /// Moves the cursor; it stays on a row.
  package mutating func move(by rows: Int, count: Int, height: Int) {
    select(cursor &+ rows, count: count, height: height)
  }

  /// Puts the cursor on a row, or on the nearest that there is.
  package mutating func select(_ row: Int, count: Int, height: Int) {
    cursor = min(max(0, row), max(0, count - 1))
    top = visibleTop(count: count, height: height)
  }

  /// Scrolls; the cursor is taken along where it would leave the view.
  package mutating func scroll(by rows: Int, count: Int, height: Int) {
    let first = visibleTop(count: count, height: height) + rows
    top = max(0, min(first, count - height))
    cursor = min(max(cursor, top), min(top + height, count) - 1)
    cursor = max(0, cursor)
  }

  /// Puts the cursor on a row, and the row in the middle where it was not in view with a line around it.
  package mutating func reveal(_ row: Int, count: Int, height: Int) {
    let first = visibleTop(count: count, height: height)
    cursor = min(max(0, row), max(0, count - 1))
    let margin = height > 4 ? 2 : 0
    if cursor < first + margin || cursor >= first + height - margin {
      top = max(0, min(cursor - height / 2, count - height))
    }
  }
}
