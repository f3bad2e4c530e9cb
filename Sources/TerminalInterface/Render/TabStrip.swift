/// The tabs in a region's title line: where each is, and how much of its name fits.
struct TabStrip {
  struct Tab: Equatable {
    let pane: Pane
    let text: String
    /// Of the screen.
    let columns: Range<Int>
  }

  let tabs: [Tab]

  init(_ region: Layout.Region, focus: Pane) {
    let title = region.title
    // Full names, then short ones, then digits for all but the tab in front.
    let variants: [(Pane) -> String] = [
      { "\($0.rawValue) \($0.title)" }, { "\($0.rawValue) \($0.shortTitle)" },
      { $0 == region.front ? "\($0.rawValue) \($0.shortTitle)" : "\($0.rawValue)" },
    ]
    /// `gap`: columns of border between tabs, which have a blank of their own on both sides.
    func tabs(_ name: (Pane) -> String, gap: Int = 1) -> [Tab] {
      var column = title.column + 1
      return region.panes.map { pane in
        let text = " \(name(pane)) "
        defer { column += text.count + gap }
        return Tab(pane: pane, text: text, columns: column..<column + text.count)
      }
    }
    let limit = title.columns.upperBound
    // Without borders, neighbours share a blank.
    let tight = tabs(variants[2], gap: -1)
    let fitting =
      variants.lazy.map { tabs($0) }.first { ($0.last?.columns.upperBound ?? 0) < limit }
      ?? ((tight.last?.columns.upperBound ?? 0) <= limit ? tight : nil)
    self.tabs = fitting ?? tight.filter { $0.pane == region.front || $0.columns.upperBound <= limit }
  }

  func pane(at position: GridPosition) -> Pane? {
    tabs.first { $0.columns.contains(position.column) }?.pane
  }
}
