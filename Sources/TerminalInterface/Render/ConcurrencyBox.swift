/// Where the parts of the overlay of threads, stacks, locks and processes are.
struct ConcurrencyBox {
  struct Tab {
    let section: ConcurrencyState.Section
    let text: String
    /// Of the screen.
    let columns: Range<Int>
  }

  let rect: GridRect
  let tabs: [Tab]
  private let state: ConcurrencyState

  init(_ state: ConcurrencyState, size: GridSize) {
    self.state = state
    // Status line, command bar and hints stay in sight.
    let height = max(3, size.height - 3)
    rect = GridRect(row: 0, column: 0, width: size.width, height: height)
    var column = 2
    tabs = ConcurrencyState.Section.allCases.map { section in
      let text = " \(section.rawValue + 1) \(section.title) "
      defer { column += text.count + 1 }
      return Tab(section: section, text: text, columns: column..<column + text.count)
    }
  }

  var bodyHeight: Int { max(1, rect.height - 2) }

  func section(at position: GridPosition) -> ConcurrencyState.Section? {
    position.row == rect.row ? tabs.first { $0.columns.contains(position.column) }?.section : nil
  }

  func row(at position: GridPosition) -> Int? {
    let offset = position.row - rect.row - 1
    guard (0..<bodyHeight).contains(offset) else { return nil }
    let row = state.list.visibleTop(count: state.rows.count, height: bodyHeight) + offset
    return state.rows.indices.contains(row) ? row : nil
  }
}

extension Renderer {
  func drawConcurrency(_ overlay: ConcurrencyState, _ grid: inout CellGrid) {
    let box = ConcurrencyBox(overlay, size: state.size)
    grid.draw(in: box.rect) { area in
      area.fill(style: theme[.dialogText])
      area.border(area.bounds, style: theme[.dialogBorder], title: "", titleStyle: theme[.titleFocused])
      for tab in box.tabs where tab.columns.upperBound < area.width {
        let scope: Scope = tab.section == overlay.section ? .titleFocused : .titleNormal
        area.put(tab.text, row: 0, column: tab.columns.lowerBound, style: theme[scope])
      }
      let filter = overlay.isFiltering || !overlay.filter.isEmpty ? " /\(caretNotation(overlay.filter)) " : ""
      let column = area.width - columnWidth(of: filter) - 2
      if column > (box.tabs.last?.columns.upperBound ?? 0) {
        area.put(filter, row: 0, column: column, style: theme[.titleFocused])
      }
      area.draw(in: area.bounds.inset(by: 1)) { drawRows(of: overlay, &$0) }
    }
  }

  private func drawRows(of overlay: ConcurrencyState, _ area: inout GridRegion) {
    guard !overlay.rows.isEmpty else {
      let remark =
        overlay.problem ?? (overlay.content == nil ? noProcessRemark : overlay.filter.isEmpty ? "Nothing" : "No match")
      return drawRemark(&area, remark)
    }
    let top = overlay.list.visibleTop(count: overlay.rows.count, height: area.height)
    for row in 0..<max(0, min(area.height, overlay.rows.count - top)) {
      let shown = overlay.rows[top + row]
      area.put(shortened(shown.text, to: area.width), row: row, column: 0, style: theme[shown.scope])
      if top + row == overlay.list.cursor {
        area.highlight(GridRect(row: row, column: 0, width: area.width, height: 1), style: theme[.listSelected])
      }
    }
  }
}
