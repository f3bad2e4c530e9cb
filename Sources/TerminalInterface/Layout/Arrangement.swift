/// How panes share the screen, by its size: columns of regions, and the panes that are a region's tabs.
package enum Arrangement: Sendable, Hashable, CaseIterable {
  /// One pane.
  case single
  /// One column, for narrow and tall terminals.
  case narrow
  /// Source with a side column, for 80×24.
  case compact
  case medium
  /// Everything at once, for 200×60.
  case wide

  package struct Region: Sendable, Equatable {
    let weight: Int
    let panes: [Pane]
  }

  package struct Column: Sendable, Equatable {
    let weight: Int
    let regions: [Region]
  }

  package init(_ size: GridSize) {
    self =
      switch (size.width, size.height) {
      case (160..., 46...): .wide
      case (110..., 34...): .medium
      case (64..., 16...): .compact
      case (36..., 22...): .narrow
      default: .single
      }
  }

  package var columns: [Column] {
    switch self {
    case .single:
      [Column(weight: 1, regions: [Region(weight: 1, panes: Pane.allCases)])]
    case .narrow:
      [
        Column(
          weight: 1,
          regions: [
            Region(weight: 9, panes: [.source, .disassembly]), Region(weight: 4, panes: [.stack, .threads]),
            Region(weight: 6, panes: [.locals, .registers]),
            Region(weight: 5, panes: [.console, .program, .breakpoints]),
          ])
      ]
    case .compact:
      [
        Column(
          weight: 48,
          regions: [
            Region(weight: 13, panes: [.source, .disassembly]),
            Region(weight: 7, panes: [.console, .program, .breakpoints]),
          ]),
        Column(
          weight: 31,
          regions: [
            Region(weight: 8, panes: [.stack, .threads]), Region(weight: 13, panes: [.locals, .registers]),
          ]),
      ]
    case .medium:
      [
        Column(
          weight: 62,
          regions: [
            Region(weight: 5, panes: [.source, .disassembly]), Region(weight: 3, panes: [.console, .program]),
          ]),
        Column(
          weight: 38,
          regions: [
            Region(weight: 3, panes: [.stack]), Region(weight: 5, panes: [.locals]),
            Region(weight: 3, panes: [.breakpoints, .threads, .registers]),
          ]),
      ]
    case .wide:
      [
        Column(
          weight: 90,
          regions: [
            Region(weight: 31, panes: [.source]), Region(weight: 13, panes: [.program]),
            Region(weight: 13, panes: [.console]),
          ]),
        Column(
          weight: 55,
          regions: [
            Region(weight: 13, panes: [.stack]), Region(weight: 28, panes: [.locals]),
            Region(weight: 8, panes: [.breakpoints]), Region(weight: 8, panes: [.threads]),
          ]),
        Column(
          weight: 53,
          regions: [Region(weight: 30, panes: [.disassembly]), Region(weight: 27, panes: [.registers])]),
      ]
    }
  }
}
