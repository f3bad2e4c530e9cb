import Debugger
import MachineModel
import Testing

@testable import TerminalInterface

@Suite struct LocalsTreeTests {
  private static let size = GridSize(width: 80, height: 24)

  private func rows(_ state: AppState) -> [String] {
    state.locals.rows.map { row in
      let indent = String(repeating: "  ", count: row.depth)
      switch row.content {
      case .variable(let row):
        return
          "\(indent)\(row.isChanged ? "*" : "")\(row.canOpen ? (row.isOpen ? "-" : "+") : "")\(row.name)=\(row.value)"
      case .more(let first, let remaining): return "\(indent)[\(first)] \(remaining) more"
      case .loading: return "\(indent)…"
      case .problem(let reason): return indent + reason
      }
    }
  }

  private func step(_ state: inout AppState, _ generation: Int, sum: String, x: String) {
    state.apply(.session(.stopped(Sample.stop(generation, .step, Sample.frame(0, "add", line: 10)))))
    let frames = [Sample.frame(0, "add", line: 10), Sample.frame(1, "main", line: 15)]
    state.apply(.loaded(.frame(Sample.content(frames, sum: sum, x: x)), revision: state.revision))
  }

  private func children(x: String) -> [VariableSnapshot] {
    [Sample.variable("x", "int", x), Sample.variable("y", "int", "2")]
  }

  @Test func rowsAreFilledWhenTheyAreOpened() {
    var state = Sample.stopped(Self.size)
    #expect(rows(state) == ["by=3", "+here={x = 1, y = 2}", "sum=0"])
    let path = TreePath(["here"])
    let request = Effect.loadChildren(
      of: ValueID(generation: 1, number: 7), path: path, first: 0, count: 2, revision: state.revision)
    #expect(state.press("3", "down", "enter") == [request])
    #expect(rows(state) == ["by=3", "-here={x = 1, y = 2}", "  …", "sum=0"])
    state.apply(.childrenLoaded(children(x: "1"), path: path, first: 0, revision: state.revision))
    #expect(rows(state) == ["by=3", "-here={x = 1, y = 2}", "  x=1", "  y=2", "sum=0"])
    #expect(state.press("enter") == [])
    #expect(rows(state) == ["by=3", "+here={x = 1, y = 2}", "sum=0"])
    // What is known is not asked for again.
    #expect(state.press("+") == [])
    #expect(rows(state).count == 5)
  }

  @Test func whatIsOpenStaysSoAndChangesAreMarked() {
    var state = Sample.stopped(Self.size)
    state.press("3", "down", "enter")
    let path = TreePath(["here"])
    state.apply(.childrenLoaded(children(x: "1"), path: path, first: 0, revision: state.revision))
    step(&state, 2, sum: "0", x: "4")
    state.apply(.childrenLoaded(children(x: "4"), path: path, first: 0, revision: state.revision))
    #expect(rows(state) == ["by=3", "*-here={x = 4, y = 2}", "  *x=4", "  y=2", "sum=0"])
    #expect(state.lines().contains { $0.contains("•    x = 4") })
    step(&state, 3, sum: "4", x: "4")
    state.apply(.childrenLoaded(children(x: "4"), path: path, first: 0, revision: state.revision))
    #expect(rows(state) == ["by=3", "-here={x = 4, y = 2}", "  x=4", "  y=2", "*sum=4"])
  }

  @Test func anotherActivationIsNoChange() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.stopped(Sample.stop(2, .step, Sample.frame(0, "add", line: 9)))))
    let frames = [Sample.frame(0, "add", line: 9), Sample.frame(1, "add", line: 9), Sample.frame(2, "main", line: 15)]
    state.apply(.loaded(.frame(Sample.content(frames, sum: "77")), revision: state.revision))
    #expect(rows(state).last == "sum=77")
  }

  @Test func writingAVariableMarksNothingUntilTheNextStop() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.dataChanged))
    let frames = [Sample.frame(0, "add", line: 9), Sample.frame(1, "main", line: 15)]
    state.apply(.loaded(.frame(Sample.content(frames, sum: "5")), revision: state.revision))
    #expect(rows(state).last == "sum=5")
  }

  @Test func longArraysComeInPages() {
    var state = Sample.stopped(Self.size)
    let array = Sample.variable("data", "int [250]", "{0 <repeats 250 times>}", children: 250, id: 9)
    let content = FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "f", line: 1)], truncated: false, endReason: nil),
      selected: 0, arguments: [], locals: [array])
    state.apply(.session(.dataChanged))
    state.apply(.loaded(.frame(content), revision: state.revision))
    let path = TreePath(["data"])
    let id = ValueID(generation: 1, number: 9)
    #expect(
      state.press("3", "g", "enter") == [
        .loadChildren(of: id, path: path, first: 0, count: 100, revision: state.revision)
      ])
    func elements(_ count: Int) -> [VariableSnapshot] {
      (0..<count).map { Sample.variable("[\($0)]", "int", "0") }
    }
    state.apply(.childrenLoaded(elements(100), path: path, first: 0, revision: state.revision))
    #expect(rows(state).last == "  [100] 150 more")
    #expect(
      state.press("G", "enter") == [.loadChildren(of: id, path: path, first: 100, count: 100, revision: state.revision)]
    )
    state.apply(
      .childrenLoaded(Array(elements(200).dropFirst(100)), path: path, first: 100, revision: state.revision))
    #expect(rows(state).last == "  [200] 50 more")
    #expect(rows(state).count == 202)
  }

  @Test func shadowedNamesHavePathsOfTheirOwn() {
    var state = Sample.stopped(Self.size)
    let content = FrameContent(
      backtrace: Backtrace(
        thread: Sample.thread, frames: [Sample.frame(0, "f", line: 1)], truncated: false, endReason: nil),
      selected: 0, arguments: [], locals: [Sample.variable("i", "int", "1"), Sample.variable("i", "int", "2")])
    state.apply(.session(.dataChanged))
    state.apply(.loaded(.frame(content), revision: state.revision))
    #expect(state.locals.rows.map(\.path) == [TreePath(["i"]), TreePath(["i#1"])])
  }

  @Test func whatCannotBeReadSaysSo() {
    var state = Sample.stopped(Self.size)
    state.press("3", "down", "right")
    state.apply(.childrenFailed("Cannot access memory", path: TreePath(["here"]), revision: state.revision))
    #expect(rows(state) == ["by=3", "-here={x = 1, y = 2}", "  Cannot access memory", "sum=0"])
    // Left closes the row.
    state.press("left")
    #expect(rows(state).count == 3)
  }

  @Test func registersMarkWhatAStopChanged() {
    var registers = RegistersState()
    let before = [
      RegisterRow(name: "rax", raw: "0x1", natural: "1"), RegisterRow(name: "rbx", raw: "0x2", natural: "2"),
    ]
    let after = [
      RegisterRow(name: "rax", raw: "0x9", natural: "9"), RegisterRow(name: "rbx", raw: "0x2", natural: "2"),
    ]
    registers.accept(before, generation: 1, thread: 1, level: 0)
    #expect(registers.changed.isEmpty)
    registers.accept(after, generation: 2, thread: 1, level: 0)
    #expect(registers.changed == ["rax"])
    // An outer frame's are other values, no changes.
    registers.accept(before, generation: 2, thread: 1, level: 1)
    #expect(registers.changed.isEmpty)
    registers.accept(after, generation: 3, thread: 1, level: 0)
    #expect(registers.changed.isEmpty)
    registers.accept(before, generation: 4, thread: 2, level: 0)
    #expect(registers.changed.isEmpty)
  }
}
