import Testing

@testable import TerminalInterface

@Suite struct LayoutTests {
  private static let sizes: [(Int, Int)] = [
    (40, 10), (80, 24), (200, 60), (120, 40), (60, 50), (200, 12), (1, 1), (0, 0), (300, 100), (64, 16), (36, 22),
    (20, 3),
  ]

  @Test(arguments: sizes) func panesFillTheScreenWithoutOverlap(width: Int, height: Int) {
    for focus in Pane.allCases {
      let layout = Layout(LayoutState(), size: GridSize(width: width, height: height), focus: focus)
      var covered = Array(repeating: 0, count: width * height)
      let lines =
        layout.commandBar == layout.hints
        ? [layout.status, layout.hints] : [layout.status, layout.commandBar, layout.hints]
      for rect in layout.regions.map(\.rect) + layout.borders.map(\.rect) + lines {
        for row in rect.rows {
          for column in rect.columns where row < height && column < width { covered[row * width + column] += 1 }
        }
      }
      #expect(covered.allSatisfy { $0 == 1 }, "\(width)×\(height)")
    }
  }

  @Test(arguments: sizes) func theFocusedPaneIsInFront(width: Int, height: Int) {
    for focus in Pane.allCases {
      let layout = Layout(LayoutState(), size: GridSize(width: width, height: height), focus: focus)
      #expect(layout.visible.contains(focus))
    }
  }

  @Test func everySizeShowsWhatItShould() {
    func visible(_ width: Int, _ height: Int) -> Set<Pane> {
      Set(Layout(LayoutState(), size: GridSize(width: width, height: height), focus: .source).visible)
    }
    #expect(visible(80, 24).isSuperset(of: [.source, .stack, .locals]))
    #expect(visible(200, 60) == Set(Pane.allCases))
    #expect(visible(40, 10) == [.source])
  }

  @Test func hidingAndZooming() {
    var state = LayoutState()
    let size = GridSize(width: 80, height: 24)
    state.hidden = [.stack, .threads, .locals, .registers]
    let layout = Layout(state, size: size, focus: .source)
    #expect(layout.borders.isEmpty)
    #expect(layout.body(of: .source)?.width == 80)
    state.isZoomed = true
    #expect(Layout(state, size: size, focus: .console).visible == [.console])
  }

  @Test(arguments: [
    (10, [1, 1], 2, [5, 5]), (10, [9, 1], 2, [8, 2]), (3, [1, 1], 2, [2, 1]), (7, [], 2, []),
    (21, [13, 7], 2, [14, 7]),
    (0, [1, 2], 2, [0, 0]),
  ]) func splitting(total: Int, weights: [Int], least: Int, expected: [Int]) {
    #expect(split(total, weights, least: least) == expected)
  }

  @Test func draggingMovesABorderAndKeepsTheLeastSize() throws {
    var state = AppState(size: GridSize(width: 80, height: 24))
    let before = try #require(state.geometry.borders.first).rect.column
    func drag(from: GridPosition, to: GridPosition) {
      state.apply(.input(.mouse(MouseEvent(.press(.left), at: from))))
      state.apply(.input(.mouse(MouseEvent(.drag(.left), at: to))))
      state.apply(.input(.mouse(MouseEvent(.release(.left), at: to))))
    }
    drag(from: GridPosition(row: 5, column: before), to: GridPosition(row: 5, column: before - 7))
    #expect(state.geometry.borders.first?.rect.column == before - 7)
    drag(from: GridPosition(row: 5, column: before - 7), to: GridPosition(row: 5, column: 0))
    #expect(state.geometry.borders.first?.rect.column == Layout.leastWidth)
    // A title line is the border to the region above.
    let title = try #require(state.geometry.region(of: .locals)).title
    let column = title.columns.upperBound - 1
    drag(from: GridPosition(row: title.row, column: column), to: GridPosition(row: title.row + 3, column: column))
    #expect(state.geometry.region(of: .locals)?.title.row == title.row + 3)
  }

  @Test func aListKeepsItsCursorInView() {
    var list = ListState()
    list.move(by: 30, count: 20, height: 5)
    #expect(list.cursor == 19)
    #expect(list.visibleTop(count: 20, height: 5) == 15)
    list.scroll(by: -3, count: 20, height: 5)
    #expect(list.cursor == 16)
    #expect(list.visibleTop(count: 20, height: 5) == 12)
    #expect(list.visibleTop(count: 0, height: 5) == 0)
    list.reveal(2, count: 20, height: 5)
    #expect(list.visibleTop(count: 20, height: 5) == 0)
  }
}
