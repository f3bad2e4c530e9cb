/// Where everything is on a screen of some size. Renderer and mouse both go by it.
package struct Layout: Sendable, Equatable {
  /// A title line with tabs, and what is below it.
  package struct Region: Sendable, Equatable {
    package let rect: GridRect
    package let panes: [Pane]
    package let front: Pane
    /// Of the arrangement, for dragging.
    let column: Int
    let index: Int

    package var title: GridRect { GridRect(row: rect.row, column: rect.column, width: rect.width, height: 1) }
    package var body: GridRect {
      GridRect(row: rect.row + 1, column: rect.column, width: rect.width, height: rect.height - 1)
    }
  }

  package let size: GridSize
  package let arrangement: Arrangement
  package private(set) var regions: [Region] = []
  /// Vertical borders, with the column of the arrangement to their left.
  package private(set) var borders: [(rect: GridRect, after: Int)] = []
  package let status: GridRect
  /// In low terminals the same line as the hints.
  package let commandBar: GridRect
  package let hints: GridRect

  static let leastWidth = 14
  static let leastHeight = 2

  package init(_ state: LayoutState, size: GridSize, focus: Pane) {
    self.size = size
    arrangement = Arrangement(size)
    let lines = size.height >= 14 ? 3 : size.height >= 3 ? 2 : 0
    let top = size.height - lines
    func line(_ index: Int) -> GridRect {
      GridRect(row: top + index, column: 0, width: size.width, height: index < lines ? 1 : 0)
    }
    status = line(0)
    commandBar = line(1)
    hints = line(max(1, lines - 1))
    place(state, in: GridRect(row: 0, column: 0, width: size.width, height: top), focus: focus)
  }

  private mutating func place(_ state: LayoutState, in area: GridRect, focus: Pane) {
    if state.isZoomed || arrangement == .single {
      let panes = Pane.allCases.filter { $0 == focus || !state.hidden.contains($0) }
      regions = [Region(rect: area, panes: panes, front: focus, column: 0, index: 0)]
      return
    }
    let columns = arrangement.columns.enumerated().map { number, column in
      column.regions.enumerated().map { index, region in
        (number: number, index: index, panes: region.panes.filter { !state.hidden.contains($0) })
      }.filter { !$0.panes.isEmpty }
    }.filter { !$0.isEmpty }
    let columnWeights = state.weights(arrangement)
    let widths = split(
      area.width - (columns.count - 1), columns.map { columnWeights[$0[0].number] }, least: Self.leastWidth)
    var left = area.column
    for (column, width) in zip(columns, widths) {
      if left > area.column {
        borders.append(
          (GridRect(row: area.row, column: left, width: 1, height: area.height), after: column[0].number - 1))
        left += 1
      }
      let regionWeights = state.weights(arrangement, column: column[0].number)
      let heights = split(area.height, column.map { regionWeights[$0.index] }, least: Self.leastHeight)
      var row = area.row
      for (region, height) in zip(column, heights) {
        let front = region.panes.contains(focus) ? focus : state.front(of: region.panes) ?? region.panes[0]
        let rect = GridRect(row: row, column: left, width: width, height: height)
        regions.append(
          Region(rect: rect, panes: region.panes, front: front, column: region.number, index: region.index))
        row += height
      }
      left += width
    }
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.size == right.size && left.regions == right.regions && left.borders.elementsEqual(right.borders, by: ==)
  }

  // MARK: Asking

  /// Panes in front.
  package var visible: [Pane] { regions.map(\.front) }

  package func region(of pane: Pane) -> Region? { regions.first { $0.front == pane } }

  /// The cells of a pane; nil while it is not in front.
  package func body(of pane: Pane) -> GridRect? { region(of: pane)?.body }

  package func region(at position: GridPosition) -> Region? { regions.first { $0.rect.contains(position) } }

  /// The border at a place that a drag would move. A region's title line is the border to the one above it.
  func divider(at position: GridPosition) -> LayoutState.Divider? {
    if let border = borders.first(where: { $0.rect.contains(position) }) { return .columns(after: border.after) }
    guard let region = regions.first(where: { $0.title.contains(position) }),
      let above = regions.last(where: { $0.column == region.column && $0.rect.row < region.rect.row })
    else { return nil }
    return .regions(column: region.column, after: above.index)
  }
}

/// Shares `total` cells by weight; everyone gets at least `least` as far as there are enough. The sum is `total`.
func split(_ total: Int, _ weights: [Int], least: Int) -> [Int] {
  guard !weights.isEmpty else { return [] }
  let total = max(0, total)
  let sum = max(1, weights.reduce(0, +))
  var shares = weights.map { total * $0 / sum }
  // What rounding left over goes to the first ones.
  let lost = total - shares.reduce(0, +)
  for index in 0..<lost { shares[index % shares.count] += 1 }
  guard total >= least * shares.count else { return shares }
  while let poor = shares.firstIndex(where: { $0 < least }),
    let rich = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[rich] > least
  {
    shares[poor] += 1
    shares[rich] -= 1
  }
  return shares
}
