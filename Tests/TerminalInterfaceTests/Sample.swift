import Commands
import Debugger
import MachineModel

@testable import TerminalInterface

/// A state as a session would lead to it, made by the same actions.
enum Sample {
  static let source = SourceDocument(
    name: "/src/tour.c",
    text: SourceText(
      path: "/src/tour.c",
      lines: [
        "#include <stdio.h>", "", "struct point {", "  int x;", "  int y;", "};", "",
        "static int add(struct point *point, int by) {", "  point->x += by;", "  return point->x;", "}", "",
        "int main(void) {", "  struct point here = {1, 2};", "  int sum = add(&here, 3);", "  printf(\"%d\\n\", sum);",
        "  return 0;", "}",
      ]))

  static func frame(_ level: Int, _ function: String, line: Int, inlined: Bool = false) -> FrameSnapshot {
    FrameSnapshot(
      level: level, function: function, file: source.name, line: line, address: VirtualAddress(0x401136),
      inlined: inlined, language: nil, module: "/bin/tour",
      arguments: function == "add" ? [variable("by", "int", "3")] : [], showsAddress: false, hasDebugInfo: true)
  }

  static func variable(_ name: String, _ type: String, _ value: String, children: Int = 0, id: Int = 0)
    -> VariableSnapshot
  {
    VariableSnapshot(
      name: name, type: type, value: value, children: children,
      id: children > 0 ? ValueID(generation: 1, number: id) : nil)
  }

  static let thread = ThreadSnapshot(id: 1, tid: ThreadID(4242), name: "tour")

  static func stop(_ generation: Int, _ cause: StopCause, _ frame: FrameSnapshot) -> StopSnapshot {
    StopSnapshot(
      generation: generation, cause: cause, thread: thread, frame: frame, showsFrame: true, switchedThread: false)
  }

  static func content(_ frames: [FrameSnapshot], sum: String = "0", x: String = "1") -> FrameContent {
    FrameContent(
      backtrace: Backtrace(thread: thread, frames: frames, truncated: false, endReason: nil), selected: 0,
      arguments: [variable("by", "int", "3")],
      locals: [
        variable("here", "struct point", "{x = \(x), y = 2}", children: 2, id: 7), variable("sum", "int", sum),
      ])
  }

  static let breakpoint = BreakpointSnapshot(
    id: 1, enabled: true, hits: 1, condition: nil,
    locations: [
      .init(address: VirtualAddress(0x401136), file: source.name, line: 9, function: "add")
    ], specification: "add", isTemporary: false, ignoreCount: 0)

  /// Stopped in `add`, with all that the first panes show.
  static func stopped(_ size: GridSize) -> AppState {
    var state = AppState(size: size)
    let frames = [frame(0, "add", line: 9), frame(1, "main", line: 15)]
    state.apply(.programLoaded("/bin/tour"))
    state.apply(.session(.state(.stopped(ProcessID(4242)))))
    state.apply(.session(.stopped(stop(1, .breakpoint(id: 1, isTemporary: false), frames[0]))))
    state.apply(.sourceLoaded(source))
    state.apply(.loaded(.frame(content(frames)), revision: state.revision))
    state.apply(.loaded(.breakpoints([breakpoint]), revision: state.breakpoints.revision))
    state.apply(.commandBegan("run"))
    state.apply(.commandEnded(output("Breakpoint 1, add (by=3) at /src/tour.c:9\n9\t  point->x += by;")))
    state.apply(.loaded(.breakpoints([breakpoint]), revision: state.breakpoints.revision - 1))
    state.apply(.loaded(.breakpoints([breakpoint]), revision: state.breakpoints.revision))
    return state
  }

  static func output(_ text: String, succeeded: Bool = true) -> CommandOutput {
    CommandOutput(command: "run", succeeded: succeeded, text: text, json: { "{}" })
  }

  static let threads: [ThreadRow] = [
    ThreadRow(
      id: 1, tid: ThreadID(4242), name: "tour", state: .stopped, current: true, frame: frame(0, "add", line: 9))
  ]

  static let registers: [RegisterRow] = [
    RegisterRow(name: "rax", raw: "0x3", natural: "3"),
    RegisterRow(name: "rip", raw: "0x401136", natural: "0x401136 <add+8>"),
  ]

  static let instructions: [InstructionRow] = (0..<4).map { index in
    InstructionRow(
      address: VirtualAddress(0x401132 + 4 * UInt64(index)), function: "add", offset: Int64(4 * index),
      bytes: "4883c001", text: "add    $0x1,%rax", comment: nil, isCurrent: index == 1, file: source.name, line: 9)
  }
}

extension AppState {
  /// Reduces, and drops the effects.
  mutating func apply(_ action: Action) {
    _ = reduce(action)
  }

  /// Presses keys by their names, as `Key.init?(_:)` reads them; the effects of all of them.
  @discardableResult
  mutating func press(_ names: String...) -> [Effect] {
    names.flatMap { name in Key(name).map { reduce(.input(.key($0))) } ?? [] }
  }

  /// Types characters.
  mutating func type(_ text: String) {
    for character in text { apply(.input(.key(Key(character)))) }
  }

  @discardableResult
  mutating func click(row: Int, column: Int) -> [Effect] {
    reduce(.input(.mouse(MouseEvent(.press(.left), at: GridPosition(row: row, column: column)))))
  }

  func lines() -> [String] { render(self, size: size, theme: .fallback).grid.lines }
}
