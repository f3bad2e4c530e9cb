import Debugger

extension Renderer {
  /// The title line of a region: its tabs, and what the pane in front is about.
  func drawTitle(_ region: Layout.Region, _ grid: inout CellGrid) {
    let title = region.title
    let focused = state.focus == region.front && !state.commandBar.isActive
    let border = theme[focused ? .borderFocused : .borderNormal]
    let strip = TabStrip(region, focus: state.focus)
    let detail = titleDetail(region.front)
    grid.draw(in: GridRect(state.size)) { area in
      area.horizontalLine(row: title.row, columns: title.columns, style: border)
      for tab in strip.tabs {
        let isFront = tab.pane == region.front
        let news = tab.pane == .program && state.program.hasNews
        let scope: Scope =
          isFront ? (focused ? .titleFocused : .titleNormal) : news ? .messageInformation : .gutterNumber
        area.put(
          tab.text, row: title.row, column: tab.columns.lowerBound, style: theme[scope],
          width: title.columns.upperBound - tab.columns.lowerBound)
      }
      guard !detail.isEmpty else { return }
      let first = (strip.tabs.last?.columns.upperBound ?? title.column) + 1
      let room = title.columns.upperBound - 3 - first
      guard columnWidth(of: detail) <= room || room >= 12 else { return }
      let text = " \(shortenedFunction(detail, to: room)) "
      let column = title.columns.upperBound - 1 - columnWidth(of: text)
      area.put(text, row: title.row, column: column, style: theme[.titleNormal])
    }
  }

  private func titleDetail(_ pane: Pane) -> String {
    switch pane {
    case .source:
      if let document = state.source.document {
        let mark =
          switch document.text.doubt {
          case .changed: " (not what was compiled)"
          case .newer: " (newer than the program)"
          case nil: ""
          }
        return caretNotation(fileName(document.name)) + mark
      }
      if case .missing = state.source.view { return "no source" }
      return ""
    case .stack: return state.stack.thread.map { "thread \($0.id)" } ?? ""
    case .locals: return state.stack.selectedFrame?.function.map { caretNotation($0) } ?? ""
    case .disassembly:
      return state.disassembly.rows.first { $0.isCurrent }?.function.map { caretNotation($0) } ?? ""
    case .console: return state.console.linesBelow == 0 ? "" : "\(state.console.linesBelow) more below"
    case .program:
      if state.program.scrolledBack > 0 { return "scrolled" }
      return isFocused(.program) ? "\(state.bindings.leaveKey) leaves" : ""
    case .breakpoints, .threads, .registers: return ""
    }
  }

  /// Vertical borders, joined to the title lines that meet them.
  func drawBorders(_ grid: inout CellGrid) {
    let titles = layout.regions.map(\.title)
    grid.draw(in: GridRect(state.size)) { area in
      for border in layout.borders {
        let column = border.rect.column
        for row in border.rect.rows {
          let left = titles.contains { $0.row == row && $0.columns.upperBound == column }
          let right = titles.contains { $0.row == row && $0.column == column + 1 }
          area.put(
            joint(left: left, right: right, isTop: row == border.rect.row), row: row, column: column,
            style: theme[.borderNormal])
        }
      }
    }
  }

  private func joint(left: Bool, right: Bool, isTop: Bool) -> String {
    switch (left, right) {
    case (true, true): isTop ? "┬" : "┼"
    case (true, false): isTop ? "┐" : "┤"
    case (false, true): isTop ? "┌" : "├"
    case (false, false): "│"
    }
  }
}
