import VirtualTerminal

/// A picture of the interface: the cells, and where the terminal's cursor is; nil: hidden.
package struct Picture: Sendable, Equatable {
  package let grid: CellGrid
  package let cursor: GridPosition?
}

/// Draws a state. Pure: the same state, size and theme give the same picture. Cost: grows with the cells, not with
/// what the panes hold.
package func render(_ state: AppState, size: GridSize, theme: Theme) -> Picture {
  var state = state
  state.size = size
  return Renderer(state: state, theme: theme, layout: state.geometry).picture
}

/// One drawing of the screen. Each pane has an extension in a file of its own.
struct Renderer {
  let state: AppState
  let theme: Theme
  let layout: Layout

  var picture: Picture {
    var grid = CellGrid(state.size)
    for region in layout.regions {
      drawTitle(region, &grid)
      drawBody(region, &grid)
    }
    drawBorders(&grid)
    drawStatus(&grid)
    drawHints(&grid)
    drawCommandBar(&grid)
    drawCompletions(&grid)
    drawDialog(&grid)
    return Picture(grid: grid, cursor: cursor)
  }

  /// In the command bar, or where the program has it; nil while keys go to another pane.
  private var cursor: GridPosition? {
    if state.dialog != nil { return nil }
    if state.commandBar.isActive { return valueField?.cursor ?? commandBarCursor }
    guard state.focus == .program, let body = layout.body(of: .program), let place = state.program.screen?.cursor,
      place.row < body.height, place.column < body.width
    else { return nil }
    return GridPosition(row: body.row + place.row, column: body.column + place.column)
  }

  /// Whether keys go to a pane.
  func isFocused(_ pane: Pane) -> Bool {
    state.focus == pane && !state.commandBar.isActive && state.dialog == nil
  }

  private func drawBody(_ region: Layout.Region, _ grid: inout CellGrid) {
    let pane = region.front
    grid.draw(in: region.body) { area in
      switch pane {
      case .source: drawSource(&area)
      case .stack: drawStack(&area)
      case .locals: drawLocals(&area)
      case .breakpoints: drawBreakpoints(&area)
      case .threads: drawThreads(&area)
      case .registers: drawRegisters(&area)
      case .disassembly: drawDisassembly(&area, pane: .disassembly)
      case .program: drawProgram(&area)
      case .console: drawConsole(&area)
      }
    }
  }

  // MARK: Lists

  /// Draws rows from a list's top on, and marks the one that the cursor is on.
  func drawRows(
    _ area: inout GridRegion, pane: Pane, count: Int, list: ListState, line: (Int) -> StyledText
  ) {
    let top = list.visibleTop(count: count, height: area.height)
    for row in 0..<max(0, min(area.height, count - top)) {
      area.put(line(top + row), row: row, column: 0)
      if top + row == list.cursor, isFocused(pane) {
        area.highlight(
          GridRect(row: row, column: 0, width: area.width, height: 1), style: theme[.listSelected])
      }
    }
  }

  /// A remark instead of rows, in the middle of a pane.
  func drawRemark(_ area: inout GridRegion, _ text: String, _ scope: Scope = .valueAbsent) {
    let lines = wrapped(text, width: max(1, area.width - 2))
    let top = max(0, (area.height - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      let column = max(0, (area.width - columnWidth(of: line)) / 2)
      area.put(line, row: top + index, column: column, style: theme[scope])
    }
  }

  /// What panes about a process say while there is none.
  var noProcessRemark: String {
    switch state.process.phase {
    case .none: state.programName == nil ? "No program: type  file PROGRAM" : "Not started: r runs it"
    case .running: "Running…"
    case .stopped: "…"
    case .ended: "Ended: r runs it again"
    }
  }

  func line(_ base: Scope = .sourceText) -> StyledText { StyledText("", base: theme[base]) }
}

/// Text in lines of at most `width` columns, broken at blanks, and within words that are longer.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    for word in paragraph.split(separator: " ") {
      // A word that is too long for any line begins on this one.
      let isTooLong = columnWidth(of: String(word)) > width && columnWidth(of: line) + 8 < width
      if !line.isEmpty, !isTooLong, columnWidth(of: line) + 1 + columnWidth(of: word) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      while columnWidth(of: line) > width, line.count > 1 {
        var cut = width
        while cut > 1, columnWidth(of: line.prefix(cut)) > width { cut -= 1 }
        lines.append(String(line.prefix(cut)))
        line = String(line.dropFirst(cut))
      }
    }
    lines.append(line)
  }
  return lines
}

/// The last part of a path.
func fileName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

extension String {
  /// With blanks behind it up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columnWidth(of: self)))
  }

  /// With blanks before it up to `width` columns.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columnWidth(of: self))) + self
  }
}
