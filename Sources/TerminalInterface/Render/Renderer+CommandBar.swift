import Commands

extension Renderer {
  func drawCommandBar(_ grid: inout CellGrid) {
    guard !layout.commandBar.isEmpty else { return }
    let shares = layout.commandBar.row == layout.hints.row
    let bar = state.commandBar
    if case .value = bar.mode, bar.isActive, valueField != nil { return }
    if !bar.isActive {
      if let message = state.message {
        drawMessage(message, &grid)
      } else if !shares {
        let typed = bar.editor.text
        grid.draw(in: layout.commandBar) { area in
          let used = area.put(bar.prompt, row: 0, column: 0, style: theme[.commandSuggestion])
          area.put(typed, row: 0, column: used, style: theme[.commandSuggestion])
        }
      }
      return
    }
    let prompt = prompt
    let promptWidth = columnWidth(of: prompt)
    let skipped = skippedColumns
    grid.draw(in: layout.commandBar) { area in
      area.fill(style: theme[.commandText])
      area.put(prompt, row: 0, column: 0, style: theme[.commandPrompt])
      var used = promptWidth
      used += area.put(bar.line.text, row: 0, column: used, style: theme[.commandText], skipping: skipped)
      if let suggestion = bar.suggestion {
        area.put(suggestion, row: 0, column: used, style: theme[.commandSuggestion])
      }
      guard let message = state.message, bar.reverse == nil else { return }
      let text = caretNotation(message.text)
      let start = area.width - columnWidth(of: text) - 1
      if start > used + 2 { area.put(text, row: 0, column: start, style: theme[message.scope]) }
    }
  }

  /// Columns of the line before the cursor.
  var columnsBeforeCursor: Int {
    columnWidth(of: String(state.commandBar.line.characters[..<state.commandBar.line.cursor]))
  }

  /// Columns of a long line that are scrolled out so that the cursor is in view.
  private var skippedColumns: Int {
    let room = max(1, layout.commandBar.width - columnWidth(of: prompt) - 1)
    return max(0, columnsBeforeCursor - room)
  }

  var commandBarCursor: GridPosition? {
    let place = layout.commandBar
    guard !place.isEmpty else { return nil }
    let column = columnWidth(of: prompt) + columnsBeforeCursor - skippedColumns
    return GridPosition(row: place.row, column: place.column + min(place.width - 1, column))
  }

  private var prompt: String {
    if let search = state.commandBar.reverse {
      return "(\(search.failed ? "failed " : "")search)`\(caretNotation(search.query))': "
    }
    switch state.commandBar.mode {
    case .command: return state.commandBar.prompt
    case .search(let pane): return "/ in \(pane.title): "
    case .watch: return "Watch: "
    case .value(let path): return "\(caretNotation(state.locals.expression(for: path))) = "
    }
  }

  private func drawMessage(_ message: Message, _ grid: inout CellGrid) {
    grid.draw(in: layout.commandBar) { area in
      area.put(shortened(caretNotation(message.text), to: area.width), row: 0, column: 0, style: theme[message.scope])
    }
  }

  func drawCompletions(_ grid: inout CellGrid) {
    guard let popup = CompletionPopup(state), let list = state.commandBar.completion else { return }
    grid.draw(in: popup.rect) { area in
      area.fill(style: theme[.completionNormal])
      for row in 0..<popup.rows {
        let index = popup.top + row
        let candidate = list.candidates[index]
        let isSelected = index == list.selected
        let style = theme[isSelected ? .completionSelected : .completionNormal]
        if isSelected { area.fill(GridRect(row: row, column: 0, width: area.width, height: 1), style: style) }
        area.put(candidate.text, row: row, column: 1, style: style, width: area.width - 2)
        area.put(
          candidate.detail, row: row, column: 3 + popup.textWidth,
          style: isSelected ? style : theme[.completionDetail], width: area.width - popup.textWidth - 4)
      }
      if popup.rows < area.height {
        let more = list.candidates.count - popup.rows
        area.put("… \(more) more", row: area.height - 1, column: 1, style: theme[.completionDetail])
      }
    }
  }
}

extension Message {
  var scope: Scope {
    switch kind {
    case .information: .messageInformation
    case .warning: .messageWarning
    case .error: .messageError
    }
  }
}

/// Where the list of candidates is: above the command bar, under what it completes.
struct CompletionPopup {
  let rect: GridRect
  /// The first candidate shown, and how many are.
  let top: Int
  let rows: Int
  /// Columns of the longest candidate.
  let textWidth: Int

  private static let mostRows = 10

  init?(_ state: AppState) {
    guard state.commandBar.isActive, let list = state.commandBar.completion else { return nil }
    let layout = state.geometry
    let bar = layout.commandBar
    let count = list.candidates.count
    let height = min(count, Self.mostRows, max(1, bar.row - 1))
    let hasMore = height < count && height > 1
    rows = hasMore ? height - 1 : height
    top = max(0, min((list.selected ?? 0) - rows / 2, count - rows))
    textWidth = min(list.candidates.map { columnWidth(of: $0.text) }.max() ?? 0, max(8, bar.width - 4))
    let detailWidth = list.candidates.map { columnWidth(of: $0.detail) }.max() ?? 0
    let width = min(bar.width, textWidth + (detailWidth == 0 ? 2 : detailWidth + 4))
    let typed = columnWidth(of: String(state.commandBar.line.characters.prefix(list.replaced.lowerBound)))
    let column = max(0, min(columnWidth(of: state.commandBar.prompt) + typed - 1, bar.width - width))
    guard bar.row > 0, rows > 0 else { return nil }
    rect = GridRect(row: bar.row - height, column: column, width: width, height: height)
  }

  func candidate(at position: GridPosition) -> Int? {
    rect.contains(position) && position.row - rect.row < rows ? top + position.row - rect.row : nil
  }
}
