/// The help overlay: all rows of the binding table, in as many columns as fit.
struct HelpOverlay {
  enum Line: Equatable {
    case heading(String)
    case binding(keys: String, text: String)
    case blank
  }

  /// Columns of the keys' names, and of a column of the overlay where there is room.
  static let keyWidth = 16
  static let columnWidth = 64

  /// Columns of the explanations.
  let textWidth: Int

  let rect: GridRect
  let columns: Int
  let lines: [Line]

  init(_ state: AppState) {
    let size = state.size
    textWidth = max(8, min(Self.columnWidth, size.width - 3) - Self.keyWidth - 3)
    lines = Self.lines(of: state.bindings, textWidth: textWidth)
    columns = max(1, (size.width - 4) / Self.columnWidth)
    let rows = (lines.count + columns - 1) / columns
    let width = min(size.width, columns * Self.columnWidth + 3)
    let height = min(max(3, size.height - 2), rows + 2)
    rect = GridRect(
      row: max(0, (size.height - height) / 2), column: max(0, (size.width - width) / 2), width: width, height: height)
  }

  var rowsPerColumn: Int { (lines.count + columns - 1) / columns }
  /// How far it scrolls.
  var lastTop: Int { max(0, rowsPerColumn - (rect.height - 2)) }

  func line(column: Int, row: Int) -> Line? {
    let index = column * rowsPerColumn + row
    return lines.indices.contains(index) ? lines[index] : nil
  }

  private static func lines(of table: BindingTable, textWidth: Int) -> [Line] {
    var lines: [Line] = []
    for context in BindingContext.allCases {
      let rows = table.rows(of: context)
      guard !rows.isEmpty else { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(context.title))
      for row in rows {
        for (index, text) in wrapped(row.help, width: textWidth).enumerated() {
          lines.append(.binding(keys: index == 0 ? row.keys : "", text: text))
        }
      }
    }
    return lines
  }
}
