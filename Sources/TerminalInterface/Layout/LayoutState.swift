/// What the user made of the layout: sizes dragged, panes hidden, tabs raised.
package struct LayoutState: Sendable, Equatable {
  /// A border between two columns, or between two regions of a column.
  package enum Divider: Sendable, Hashable {
    case columns(after: Int)
    case regions(column: Int, after: Int)
  }

  package var isZoomed = false
  package var hidden: Set<Pane> = []
  /// Panes by when they were raised, latest last.
  private var raised: [Pane] = []
  /// The border that the mouse holds.
  package var dragged: Divider?
  private var columnWeights: [Arrangement: [Int]] = [:]
  private var regionWeights: [Arrangement: [Int: [Int]]] = [:]

  package init() {}

  /// Brings a pane to the front of its region.
  package mutating func raise(_ pane: Pane) {
    hidden.remove(pane)
    raised.removeAll { $0 == pane }
    raised.append(pane)
  }

  /// The tab in front: the one raised last, else the first.
  func front(of panes: [Pane]) -> Pane? {
    raised.last { panes.contains($0) } ?? panes.first
  }

  func weights(_ arrangement: Arrangement) -> [Int] {
    columnWeights[arrangement] ?? arrangement.columns.map(\.weight)
  }

  func weights(_ arrangement: Arrangement, column: Int) -> [Int] {
    regionWeights[arrangement]?[column] ?? arrangement.columns[column].regions.map(\.weight)
  }

  mutating func setWeights(_ weights: [Int], _ arrangement: Arrangement) {
    columnWeights[arrangement] = weights
  }

  mutating func setWeights(_ weights: [Int], _ arrangement: Arrangement, column: Int) {
    regionWeights[arrangement, default: [:]][column] = weights
  }
}
