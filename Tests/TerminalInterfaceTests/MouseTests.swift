import Debugger
import Testing

@testable import TerminalInterface

/// Clicks hit what is drawn: each test looks for the text on the rendered screen, and clicks there.
@Suite struct MouseTests {
  private static let size = GridSize(width: 80, height: 24)

  private func place(of text: String, in state: AppState) throws -> GridPosition {
    for (row, line) in state.lines().enumerated() {
      if let range = line.firstRange(of: text) {
        return GridPosition(row: row, column: columnWidth(of: line[..<range.lowerBound]))
      }
    }
    throw NotOnScreen(text: text)
  }

  private struct NotOnScreen: Error { let text: String }

  private func click(_ text: String, in state: inout AppState) throws -> [Effect] {
    let place = try place(of: text, in: state)
    return state.click(row: place.row, column: place.column)
  }

  @Test func gutterTogglesABreakpoint() throws {
    var state = Sample.stopped(Self.size)
    #expect(try click("10   ", in: &state) == [.addBreakpoint(.fileLine(file: "/src/tour.c", line: 10))])
    let line = try place(of: "return point->x", in: state)
    #expect(state.click(row: line.row, column: 0).count == 1)
    // Text only takes the cursor.
    #expect(state.click(row: line.row, column: line.column) == [])
    #expect(state.source.list.cursor == 9)
  }

  @Test func framesRowsAndTabs() throws {
    var state = Sample.stopped(Self.size)
    #expect(try click("main ()", in: &state) == [.selectFrame(1)])
    #expect(state.focus == .stack)
    #expect(try click("▸ here", in: &state).count == 1)
    #expect(state.focus == .locals)
    #expect(try click("8 Program", in: &state).contains { if case .resizeProgramTerminal = $0 { true } else { false } })
    #expect(state.focus == .program)
    #expect(try click("4 Breakpoints", in: &state) == [])
    #expect(try click("● 1", in: &state) == [.enableBreakpoints([1], false)])
  }

  @Test func hintsAndCommandBar() throws {
    var state = Sample.stopped(Self.size)
    #expect(try click("n next", in: &state).contains(.execute("next")))
    _ = try click("(sdb)", in: &state)
    state.click(row: 22, column: 3)
    #expect(state.commandBar.isActive)
    _ = try click("struct point {", in: &state)
    #expect(!state.commandBar.isActive)
    #expect(state.focus == .source)
  }

  @Test func aTabIsABorderToo() throws {
    var state = Sample.stopped(Self.size)
    let tab = try place(of: "8 Program", in: state)
    state.click(row: tab.row, column: tab.column)
    #expect(state.focus == .program)
    for event in [
      MouseEvent(.drag(.left), at: GridPosition(row: tab.row - 4, column: tab.column)),
      MouseEvent(.release(.left), at: GridPosition(row: tab.row - 4, column: tab.column)),
    ] { state.apply(.input(.mouse(event))) }
    #expect(try place(of: "8 Program", in: state).row == tab.row - 4)
  }

  @Test func theWheelScrollsWhatIsUnderIt() {
    var state = Sample.stopped(Self.size)
    let event = MouseEvent(.wheelDown, at: GridPosition(row: 4, column: 10))
    let before = state.lines()[1]
    state.apply(.input(.mouse(event)))
    #expect(state.lines()[1] != before)
    #expect(state.focus == .source)
  }

  @Test func answersOfAQuestion() throws {
    var state = Sample.stopped(Self.size)
    state.press("q")
    #expect(try click("d detach", in: &state) == [.detach, .quit])
  }

  @Test func aFocusedProgramGetsTheMouse() throws {
    var state = Sample.stopped(Self.size)
    state.press("8")
    let body = try #require(state.geometry.body(of: .program))
    let effects = state.click(row: body.row + 2, column: body.column + 5)
    #expect(effects == [.sendMouse(MouseEvent(.press(.left), at: GridPosition(row: 2, column: 5)))])
  }
}
