extension AppState {
  mutating func focus(on pane: Pane) {
    commandBar.isActive = false
    layout.raise(pane)
    focus = pane
  }

  /// Hides a pane, or shows it again; the last one stays.
  mutating func toggle(_ pane: Pane) {
    if layout.hidden.contains(pane) { return layout.raise(pane) }
    guard layout.hidden.count < Pane.allCases.count - 1 else { return }
    layout.hidden.insert(pane)
    // Escape and a digit in quick succession arrive as this key: who meant those has to know the way back.
    message = Message("\(pane.title) is hidden; \(pane.rawValue) shows it.")
    if focus == pane { focus(on: geometry.visible.first { $0 != pane } ?? firstShown) }
  }

  private var firstShown: Pane { Pane.allCases.first { !layout.hidden.contains($0) } ?? .source }

  /// Goes round the panes in front; where there is one only, round all of them.
  mutating func focusNeighbour(_ step: Int) {
    let visible = geometry.visible
    let panes = visible.count > 1 ? visible : Pane.allCases.filter { !layout.hidden.contains($0) }
    guard !panes.isEmpty else { return }
    let index = panes.firstIndex(of: focus) ?? 0
    focus(on: panes[((index + step) % panes.count + panes.count) % panes.count])
  }

  /// Moves the border beside the focused pane's column.
  mutating func resizeFocused(by columns: Int) {
    let geometry = geometry
    guard let region = geometry.region(of: focus), let border = geometry.borders.first else { return }
    let isLast = region.rect.columns.upperBound == size.width
    let chosen = isLast ? geometry.borders.last ?? border : geometry.borders.first { $0.after == region.column }
    guard let chosen else { return }
    let place = GridPosition(row: 0, column: chosen.rect.column + (isLast ? -columns : columns))
    layout.drag(.columns(after: chosen.after), to: place, in: geometry)
  }
}
