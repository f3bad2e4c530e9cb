import Debugger

/// What stands before a source line: breakpoint mark, number, current-line mark.
struct SourceGutter {
  /// Columns of the number.
  let digits: Int

  init(lineCount: Int) {
    digits = max(3, String(max(1, lineCount)).count)
  }

  /// Mark, blank, number, blank, mark, blank.
  var width: Int { digits + 5 }
}

/// What stands above the instructions where a frame has no source.
struct SourcePaneReason {
  let lines: [String]

  init(_ reason: String, width: Int) {
    lines = Array(wrapped(caretNotation(reason), width: max(1, width - 2)).prefix(4))
  }

  /// Rows it takes, with an empty one below.
  var height: Int { lines.count + 1 }
}

extension Renderer {
  func drawSource(_ area: inout GridRegion) {
    switch state.source.view {
    case .empty:
      drawRemark(&area, state.programName == nil ? noProcessRemark : "No source to show yet")
    case .missing(let reason):
      let text = SourcePaneReason(reason, width: area.width)
      for (row, line) in text.lines.enumerated() {
        area.put(line, row: row, column: 1, style: theme[.messageWarning])
      }
      let rest = GridRect(row: text.height, column: 0, width: area.width, height: area.height - text.height)
      area.draw(in: rest) { drawDisassembly(&$0, pane: .source) }
    case .file:
      if let document = state.source.document { draw(document, &area) }
    }
  }

  private func draw(_ document: SourceDocument, _ area: inout GridRegion) {
    let source = state.source
    let count = document.lines.count
    let gutter = SourceGutter(lineCount: count)
    let marks = state.breakpoints.marks(in: document.name, hit: hitBreakpoint)
    let top = source.list.visibleTop(count: count, height: area.height)
    for row in 0..<max(0, min(area.height, count - top)) {
      let index = top + row
      let place = SourcePlace(file: document.name, line: index + 1)
      let isExecution = state.process.isAlive && source.execution == place
      let isSelection = state.process.isAlive && source.selection == place
      if let mark = marks[index + 1] {
        area.put(mark == .disabled ? "○" : "●", row: row, column: 0, style: theme[mark.scope])
      }
      let number = String(index + 1).leftPadded(to: gutter.digits)
      area.put(number, row: row, column: 2, style: theme[isExecution ? .gutterCurrent : .gutterNumber])
      if isExecution || isSelection {
        area.put(isExecution ? "▶" : "▷", row: row, column: gutter.digits + 3, style: theme[.gutterCurrent])
      }
      area.put(
        document.styled(index, theme: theme), row: row, column: gutter.width, skipping: source.column,
        tabWidth: state.tabWidth)
      highlightMatches(document.lines[index], row: row, left: gutter.width, skipping: source.column, &area)
      let code = GridRect(row: row, column: gutter.width - 1, width: area.width - gutter.width + 1, height: 1)
      if isExecution {
        area.highlight(code, style: theme[.lineCurrent])
      } else if isSelection {
        area.highlight(code, style: theme[.lineFrame])
      }
      if index == source.list.cursor, isFocused(.source), !isExecution {
        area.highlight(code, style: theme[.lineCursor])
      }
    }
  }

  private var hitBreakpoint: Int? {
    guard state.process.isStopped, case .breakpoint(let id, _)? = state.process.stop?.cause else { return nil }
    return id
  }

  /// Lays the style of matches over a row's text.
  func highlightMatches(_ text: String, row: Int, left: Int, skipping: Int, _ area: inout GridRegion) {
    guard let search = state.search, text.utf8.count < 10_000 else { return }
    for range in search.ranges(in: text) {
      let start = columnWidth(of: text.prefix(range.lowerBound), tabWidth: state.tabWidth)
      let end = columnWidth(of: text.prefix(range.upperBound), tabWidth: state.tabWidth)
      guard end > skipping else { continue }
      area.highlight(
        GridRect(row: row, column: left + max(0, start - skipping), width: end - max(start, skipping), height: 1),
        style: theme[.searchMatch])
    }
  }
}

extension BreakpointsState.Mark {
  var scope: Scope {
    switch self {
    case .enabled: .breakpointEnabled
    case .disabled: .breakpointDisabled
    case .hit: .breakpointHit
    }
  }
}
