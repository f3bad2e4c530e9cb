/// The keys that matter in the focused pane, at the bottom; they can be clicked.
struct HintLine {
  struct Hint {
    let binding: Binding
    let key: String
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
    var hints: [Hint] = []
    var column = 1
    let bindings = state.bindings.hints(in: state.contexts)
    let width = layout.hints.width
    for binding in bindings {
      guard let key = binding.keys.first?.shortName, let word = binding.hint else { continue }
      let length = columnWidth(of: key) + 1 + columnWidth(of: word)
      guard column + length <= width else { continue }
      hints.append(Hint(binding: binding, key: key, columns: column..<column + length))
      column += length + 2
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
        area.put(hint.binding.hint ?? "", row: 0, column: column + used + 1, style: theme[.hintText])
      }
    }
  }
}
