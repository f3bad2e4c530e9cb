/// The keys that matter in the focused pane, at the bottom; they can be clicked.
struct HintLine {
  struct Hint {
    /// What a click does; nil for a dialog's keys.
    let binding: Binding?
    let key: String
    let word: String
    /// Of the screen; key, a blank and the word.
    let columns: Range<Int>
  }

  let hints: [Hint]
  private let row: Int

  init(_ state: AppState) {
    let layout = state.geometry
    row = layout.hints.row
    let shares = layout.hints.row == layout.commandBar.row
    guard !layout.hints.isEmpty, !shares || (!state.commandBar.isActive && state.message == nil) else {
      hints = []
      return
    }
    let width = layout.hints.width
    var hints: [Hint] = []
    var column = 1
    var limit = width
    func hint(_ key: String, _ word: String, _ binding: Binding?, at column: Int) -> Hint {
      let length = columnWidth(of: key) + 1 + columnWidth(of: word)
      return Hint(binding: binding, key: key, word: word, columns: column..<column + length)
    }
    func hint(_ binding: Binding, at column: Int) -> Hint? {
      guard let key = binding.keys.first?.shortName, let word = binding.hint else { return nil }
      return hint(key, word, binding, at: column)
    }
    if let dialog = state.dialog {
      for (key, word) in dialog.hints(state) {
        hints.append(hint(key, word, nil, at: column))
        column = (hints.last?.columns.upperBound ?? column) + 2
      }
      self.hints = hints.filter { $0.columns.upperBound < width }
      return
    }
    let bindings = state.bindings.hints(in: state.contexts)
    // The way to all other keys has a place of its own, at the right.
    if let help = bindings.first(where: { $0.command == .help }).flatMap({ hint($0, at: 0) }),
      help.columns.count < width
    {
      limit = width - help.columns.count - 1
      hints.append(hint(help.key, help.word, help.binding, at: limit))
      limit -= 1
    }
    for binding in bindings where binding.command != .help {
      guard let hint = hint(binding, at: column), hint.columns.upperBound < limit else { continue }
      hints.append(hint)
      column = hint.columns.upperBound + 2
    }
    self.hints = hints
  }

  func binding(at position: GridPosition) -> Binding? {
    position.row == row ? hints.first { $0.columns.contains(position.column) }?.binding : nil
  }
}

extension Renderer {
  func drawHints(_ grid: inout CellGrid) {
    grid.draw(in: layout.hints) { area in
      for hint in HintLine(state).hints {
        let column = hint.columns.lowerBound
        let used = area.put(hint.key, row: 0, column: column, style: theme[.hintKey])
        area.put(hint.word, row: 0, column: column + used + 1, style: theme[.hintText])
      }
    }
  }
}

extension DialogState {
  /// The keys that a dialog takes.
  fileprivate func hints(_ state: AppState) -> [(key: String, word: String)] {
    switch self {
    case .help: (HelpOverlay(state).lastTop > 0 ? [("↑ ↓", "scroll"), ("Space", "page")] : []) + [("Esc", "close")]
    case .concurrency(let overlay):
      overlay.isFiltering
        ? [("Enter", "keep"), ("Esc", "all")]
        : [("Tab", "next"), ("↑ ↓", "move"), ("Enter", "open or select"), ("/", "filter"), ("Esc", "close")]
    case .menu: [("↑ ↓", "choose"), ("Enter", "do it"), ("Esc", "close")]
    case .question(let question): question.answers.map { (String($0.key), $0.label) }
    }
  }
}
