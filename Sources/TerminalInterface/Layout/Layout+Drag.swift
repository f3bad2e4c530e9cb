extension LayoutState {
  /// Moves a border to a place, as far as both sides keep their least size.
  mutating func drag(_ divider: Divider, to position: GridPosition, in layout: Layout) {
    switch divider {
    case .columns(let after):
      let columns = Dictionary(grouping: layout.regions, by: \.column)
      guard let left = columns[after]?.first?.rect, let right = columns[after + 1]?.first?.rect else { return }
      let move = Self.limited(
        position.column - left.columns.upperBound, left.width, right.width, least: Layout.leastWidth)
      var weights = self.weights(layout.arrangement)
      for (index, regions) in columns { weights[index] = regions[0].rect.width }
      weights[after] += move
      weights[after + 1] -= move
      setWeights(weights, layout.arrangement)
    case .regions(let column, let after):
      let regions = layout.regions.filter { $0.column == column }
      guard let above = regions.firstIndex(where: { $0.index == after }), regions.indices.contains(above + 1) else {
        return
      }
      let upper = regions[above].rect
      let move = Self.limited(
        position.row - upper.rows.upperBound, upper.height, regions[above + 1].rect.height, least: Layout.leastHeight)
      var weights = self.weights(layout.arrangement, column: column)
      for region in regions { weights[region.index] = region.rect.height }
      weights[regions[above].index] += move
      weights[regions[above + 1].index] -= move
      setWeights(weights, layout.arrangement, column: column)
    }
  }

  private static func limited(_ move: Int, _ before: Int, _ after: Int, least: Int) -> Int {
    max(min(move, after - least), least - before)
  }
}
