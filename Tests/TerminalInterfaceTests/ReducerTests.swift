import Commands
import DebugInfo
import Debugger
import MachineModel
import Testing

@testable import TerminalInterface

/// What actions make of the state, and which effects they lead to.
@Suite struct ReducerTests {
  private static let size = GridSize(width: 80, height: 24)

  private func commands(_ effects: [Effect]) -> [String] {
    effects.compactMap { if case .execute(let line) = $0 { line } else { nil } }
  }

  @Test(arguments: [
    ("s", "step"), ("n", "next"), ("S", "stepi"), ("N", "nexti"), ("f", "finish"), ("u", "until"), ("c", "continue"),
    ("F5", "continue"), ("F10", "next"), ("F11", "step"), ("shift-F11", "finish"),
  ]) func keysThatMoveTheProgram(key: String, command: String) {
    var state = Sample.stopped(Self.size)
    #expect(commands(state.press(key)) == [command])
  }

  @Test func keysNeedAProcess() {
    var state = AppState(size: Self.size)
    #expect(commands(state.press("n")) == [])
    #expect(state.message?.kind == .warning)
    #expect(commands(state.press("c")) == ["run"])
  }

  @Test func stepsTypedAheadWaitAndAreDroppedAtABreakpoint() {
    var state = Sample.stopped(Self.size)
    #expect(commands(state.press("n", "n", "n")) == ["next"])
    let pid = ProcessID(4242)
    state.apply(.session(.state(.running(pid))))
    state.apply(.session(.state(.stopped(pid))))
    state.apply(.session(.stopped(Sample.stop(2, .step, Sample.frame(0, "add", line: 10)))))
    #expect(commands(state.reduce(.commandEnded(Sample.output("10")))) == ["next"])
    state.apply(
      .session(.stopped(Sample.stop(3, .breakpoint(id: 1, isTemporary: false), Sample.frame(0, "add", line: 9)))))
    #expect(commands(state.reduce(.commandEnded(Sample.output("9")))) == [])
  }

  @Test func commandsWaitForEachOtherButNotForARunningProcess() {
    var state = Sample.stopped(Self.size)
    state.press(":")
    state.type("print 1")
    #expect(commands(state.press("enter")) == ["print 1"])
    state.type("print 2")
    #expect(commands(state.press("enter")) == [])
    #expect(commands(state.reduce(.commandEnded(Sample.output("$1 = 1")))) == ["print 2"])
    state.apply(.commandEnded(Sample.output("$2 = 2")))
    state.type("continue")
    state.press("enter")
    state.apply(.session(.state(.running(ProcessID(4242)))))
    state.type("info breakpoints")
    #expect(commands(state.press("enter")) == ["info breakpoints"])
  }

  @Test func runningShowsOnlyAfterAWhile() {
    var state = Sample.stopped(Self.size)
    let effects = state.reduce(.session(.state(.running(ProcessID(4242)))))
    #expect(effects.contains(.wake(afterMilliseconds: AppState.runningDelay, .run(1))))
    #expect(!state.process.showsRunning)
    state.apply(.woken(.run(0)))
    #expect(!state.process.showsRunning)
    state.apply(.woken(.run(1)))
    #expect(state.process.showsRunning)
    state.press("n")
    #expect(state.message?.text.contains("running") == true)
  }

  @Test func filesThatAreBeingIndexedAreNamed() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.indexing(IndexProgress(image: "/usr/bin/large", fraction: 0.457))))
    #expect(state.lines().contains { $0.contains("indexing large 45 %") })
    // Ctrl-C gives it up, so that a command that waits for it ends.
    #expect(state.press("ctrl-c") == [.interrupt])
    state.apply(.session(.indexing(nil)))
    #expect(!state.lines().contains { $0.contains("indexing") })
    #expect(state.press("ctrl-c") == [])
  }

  @Test func aCommandThatTakesLongIsNamed() {
    var state = Sample.stopped(Self.size)
    state.press(":")
    state.type("break PyList_Append")
    let effects = state.press("enter")
    let number = state.commands.begun
    #expect(effects.contains(.wake(afterMilliseconds: AppState.workingDelay, .command(number))))
    #expect(!state.lines().contains { $0.contains("WORKING") })
    state.apply(.woken(.command(number - 1)))
    #expect(!state.lines().contains { $0.contains("WORKING") })
    state.apply(.woken(.command(number)))
    #expect(state.lines().contains { $0.contains("WORKING  break PyList_Append") })
    state.apply(.commandEnded(Sample.output("Breakpoint 2")))
    #expect(state.lines().contains { $0.contains("STOPPED") })
  }

  @Test func runWaitsForTheCommandBeforeIt() {
    var state = AppState(size: Self.size)
    state.press(":")
    state.type("break main")
    state.press("enter")
    // Escape and a key that follow at once come as alt.
    #expect(commands(state.press("alt-r")) == [])
    #expect(commands(state.reduce(.commandEnded(Sample.output("Breakpoint 1")))) == ["run"])
  }

  @Test func escapeAndAKeyLeaveHelp() {
    var state = Sample.stopped(Self.size)
    state.press("?", "alt-:")
    #expect(state.dialog == nil)
    #expect(state.commandBar.isActive)
  }

  @Test func aFinishedFunctionTellsItsValue() {
    var state = Sample.stopped(Self.size)
    let frame = Sample.frame(0, "main", line: 15)
    state.apply(.session(.stopped(Sample.stop(2, .finished(nil), frame))))
    let revision = state.revision
    let value = EvaluatedValue(variable: Sample.variable("$1", "int", "4"), history: 1)
    state.apply(.session(.stopCompleted(Sample.stop(1, .finished(value), frame))))
    #expect(state.lines().contains { $0.contains("Finished – add at tour.c:9") })
    state.apply(.session(.stopCompleted(Sample.stop(2, .finished(value), frame))))
    #expect(state.lines().contains { $0.contains("Returned 4 – add at tour.c:9") })
    #expect(state.revision == revision)
  }

  @Test func theStatusLineNamesTheThreadSelected() {
    var state = Sample.stopped(Self.size)
    let other = ThreadSnapshot(id: 3, tid: ThreadID(4244), name: "worker")
    let frames = [Sample.frame(0, "add", line: 9)]
    state.apply(.session(.selectionChanged))
    let backtrace = Backtrace(thread: other, frames: frames, truncated: false, endReason: nil)
    state.apply(
      .loaded(
        .frame(FrameContent(backtrace: backtrace, selected: 0, arguments: [], locals: [])), revision: state.revision))
    #expect(state.lines().contains { $0.contains("thread 3 worker") })
    state.apply(.session(.stopped(Sample.stop(2, .step, frames[0]))))
    #expect(state.lines().contains { $0.contains("thread 1 tour") })
  }

  @Test func whatIsLoggedIsInTheConsoleByItsLevel() {
    var state = Sample.stopped(Self.size)
    state.apply(.logged("slow\nvery", .warning))
    state.apply(.logged("gone", .error))
    let expected: [ConsoleState.Line] = [
      .init(text: "slow", kind: .log(.warning)), .init(text: "very", kind: .log(.warning)),
      .init(text: "gone", kind: .log(.error)),
    ]
    #expect(state.console.lines.suffix(3) == expected)
  }

  @Test func anEndThatNoCommandWaitsForIsTold() {
    var state = Sample.stopped(Self.size)
    let effects = state.reduce(.session(.ended(.killed(pid: ProcessID(4242), signal: Signal(9)))))
    #expect(effects.contains(.resetProgramTerminal))
    #expect(state.console.lines.contains { $0.text.hasPrefix("Program terminated with signal SIGKILL") })
    var waiting = Sample.stopped(Self.size)
    waiting.press("c")
    let count = waiting.console.lines.count
    waiting.apply(.session(.ended(.exited(pid: ProcessID(4242), code: 0))))
    #expect(waiting.console.lines.count == count)
    // The result may also come first.
    let text = "[Inferior 1 (process 4242) exited normally]"
    waiting.apply(.commandEnded(Sample.output(text)))
    waiting.apply(.session(.ended(.exited(pid: ProcessID(4242), code: 0))))
    #expect(waiting.console.lines.filter { $0.text == text }.count == 1)
  }

  @Test func printIsOfferedTheWholeExpression() {
    var state = Sample.stopped(Self.size)
    state.press("3", "down", "enter")
    let children = [Sample.variable("x", "int", "1"), Sample.variable("[1]", "int", "2")]
    state.apply(.childrenLoaded(children, path: TreePath(["here"]), first: 0, revision: state.revision))
    state.press("down", "p")
    #expect(state.commandBar.editor.text == "print here.x")
    state.press("escape", "down", "p")
    #expect(state.commandBar.editor.text == "print here[1]")
  }

  @Test func aMatchFarToTheRightIsScrolledTo() {
    var state = AppState(size: Self.size)
    let text = SourceText(path: "/a.c", lines: ["short", String(repeating: "x", count: 300) + "needle"])
    state.apply(.defaultSource(SourcePlace(file: "/a.c", line: 1)))
    state.apply(.sourceLoaded(SourceDocument(name: "/a.c", text: text)))
    state.press("/")
    state.type("needle")
    state.press("enter")
    #expect(state.lines().contains { $0.contains("xneedle") })
    state.press("/")
    state.type("short")
    state.press("enter")
    #expect(state.lines().contains { $0.contains("1   short") })
  }

  @Test func secondPauseAsks() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.state(.running(ProcessID(4242)))))
    #expect(state.press("ctrl-c") == [.interrupt])
    #expect(state.dialog == nil)
    #expect(state.press("ctrl-c") == [.interrupt])
    #expect(state.dialog == .question(.stuck))
    #expect(state.press("k") == [.kill])
    #expect(state.dialog == nil)
  }

  @Test func aStopTakesTheStuckQuestionAway() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.state(.running(ProcessID(4242)))))
    state.press("ctrl-c", "ctrl-c")
    state.apply(.session(.stopped(Sample.stop(2, .interrupted, Sample.frame(0, "add", line: 10)))))
    #expect(state.dialog == nil)
  }

  @Test func quittingAsksWhereAProcessLives() {
    var state = Sample.stopped(Self.size)
    #expect(state.press("q") == [])
    #expect(state.dialog == .question(.quit))
    #expect(state.press("n") == [])
    #expect(state.dialog == nil)
    #expect(state.press("q", "d") == [.detach, .quit])
    var idle = AppState(size: Self.size)
    #expect(idle.press("q").contains(.quit))
    idle.press(":")
    idle.type("quit")
    #expect(idle.press("enter").contains(.quit))
  }

  @Test func commandsThatWantToBeSureAreAnswered() {
    var state = Sample.stopped(Self.size)
    #expect(commands(state.press("r")) == ["run"])
    state.apply(.asked("The program being debugged has been started already.\nStart it from the beginning?"))
    #expect(state.lines().contains { $0.contains("Start it from the beginning?") })
    #expect(state.press("x") == [])
    #expect(state.press("y") == [.confirm(true)])
    state.apply(.asked("Delete all breakpoints?"))
    #expect(state.press("escape") == [.confirm(false)])
    #expect(state.dialog == nil)
  }

  @Test func breakpointsToggleAtTheCursor() {
    var state = Sample.stopped(Self.size)
    // The cursor is where the program stands, where breakpoint 1 is.
    #expect(state.press("b") == [.deleteBreakpoints([1])])
    #expect(state.press("down", "b") == [.addBreakpoint(.fileLine(file: "/src/tour.c", line: 10))])
    state.press("7")
    state.apply(.loaded(.disassembly(Sample.instructions), revision: state.revision))
    #expect(state.press("b") == [.deleteBreakpoints([1])])
    #expect(state.press("down", "F9").contains(.addBreakpoint(.address("0x40113a"))))
    #expect(state.press("4", "e") == [.enableBreakpoints([1], false)])
    #expect(state.press("d") == [.deleteBreakpoints([1])])
  }

  @Test func framesAreSelectedByKeysAndRows() {
    var state = Sample.stopped(Self.size)
    #expect(state.press("D") == [])
    #expect(state.press("U") == [.selectFrame(1)])
    #expect(state.press("2", "down", "enter") == [.selectFrame(1)])
    let revision = state.revision
    #expect(
      state.reduce(.session(.selectionChanged)) == [.load(.frame(limit: StackState.firstLimit), revision: revision + 1)]
    )
    let frames = [Sample.frame(0, "add", line: 9), Sample.frame(1, "main", line: 15)]
    let content = FrameContent(
      backtrace: Backtrace(thread: Sample.thread, frames: frames, truncated: false, endReason: nil), selected: 1,
      arguments: [], locals: [])
    state.apply(.loaded(.frame(content), revision: state.revision))
    #expect(state.source.list.cursor == 14)
    #expect(state.source.selection == SourcePlace(file: "/src/tour.c", line: 15))
    #expect(state.source.execution == SourcePlace(file: "/src/tour.c", line: 9))
  }

  @Test func moreFramesComeBelowTheCursor() {
    var state = Sample.stopped(Self.size)
    let frames = (0..<9).map { Sample.frame($0, "f\($0)", line: 9) }
    func content(_ count: Int) -> PaneContent {
      let backtrace = Backtrace(
        thread: Sample.thread, frames: Array(frames.prefix(count)), truncated: count < 9, endReason: nil)
      return .frame(FrameContent(backtrace: backtrace, selected: 0, arguments: [], locals: []))
    }
    state.apply(.session(.selectionChanged))
    state.apply(.loaded(content(4), revision: state.revision))
    let limit = StackState.firstLimit * StackState.growth
    #expect(state.press("2", "end", "enter").contains(.load(.frame(limit: limit), revision: state.revision)))
    state.apply(.loaded(content(9), revision: state.revision))
    #expect(state.stack.list.cursor == 4)
  }

  @Test func lateAnswersAreDropped() {
    var state = Sample.stopped(Self.size)
    let old = state.revision
    state.apply(.session(.stopped(Sample.stop(2, .step, Sample.frame(0, "add", line: 10)))))
    let effects = state.reduce(.loaded(.frame(Sample.content([Sample.frame(0, "late", line: 1)])), revision: old))
    #expect(state.stack.frames.first?.function == "add")
    // Only one load of a pane is under way at a time: the next begins when the late one is in.
    _ = effects
    state.apply(.loaded(.frame(Sample.content([Sample.frame(0, "new", line: 10)])), revision: state.revision))
    #expect(state.stack.frames.first?.function == "new")
  }

  @Test func aMissingSourceShowsInstructionsWithTheReason() {
    var state = Sample.stopped(Self.size)
    let bare = FrameSnapshot(
      level: 0, function: "strlen", file: nil, line: nil, address: VirtualAddress(0x7000), inlined: false,
      language: nil, module: "/lib/libc.so.6", arguments: [], showsAddress: true, hasDebugInfo: false)
    let effects = state.reduce(.session(.stopped(Sample.stop(2, .instructionStep, bare))))
    #expect(effects.contains(.load(.disassembly(around: nil), revision: state.revision)))
    state.apply(.loaded(.disassembly(Sample.instructions), revision: state.revision))
    let lines = state.lines()
    #expect(lines.contains { $0.contains("No line information for strlen") })
    #expect(lines.contains { $0.contains("▶ 0x401136") })
  }

  @Test func afterTheEndSourceComesBack() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.stopped(Sample.stop(2, .step, Sample.frame(0, "f", line: 0)))))
    let effects = state.reduce(.session(.ended(.exited(pid: ProcessID(4242), code: 0))))
    #expect(effects.contains(.locateDefaultSource))
    state.apply(.defaultSource(SourcePlace(file: Sample.source.name, line: 13)))
    #expect(state.lines().contains { $0.contains("int main(void)") })
  }

  @Test func whatARunningProcessRefusesIsNoProblemToShow() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.selectionChanged))
    state.apply(.session(.state(.running(ProcessID(4242)))))
    let frames = [Sample.frame(0, "add", line: 9)]
    let backtrace = Backtrace(thread: Sample.thread, frames: frames, truncated: false, endReason: nil)
    let content = FrameContent(
      backtrace: backtrace, selected: 0, arguments: [], locals: [], problem: "The thread is running.")
    var other = state
    state.apply(.loaded(.frame(content), revision: state.revision))
    other.apply(.loadFailed(.frame(limit: 64), "The thread is running.", revision: other.revision))
    for state in [state, other] {
      #expect(!state.lines().contains { $0.contains("The thread is running.") })
      #expect(state.lines().contains { $0.contains("sum = 0") })
    }
  }

  @Test func aFileThatCannotBeReadSaysSo() {
    var state = Sample.stopped(Self.size)
    let frame = FrameSnapshot(
      level: 0, function: "f", file: "/gone/f.c", line: 3, address: VirtualAddress(0x7000), inlined: false,
      language: nil, module: nil, arguments: [], showsAddress: false, hasDebugInfo: true)
    let effects = state.reduce(.session(.stopped(Sample.stop(2, .step, frame))))
    #expect(effects.contains(.loadSource("/gone/f.c")))
    let next = state.reduce(.sourceFailed(file: "/gone/f.c", reason: "/gone/f.c: No such file or directory."))
    #expect(next.contains(.load(.disassembly(around: nil), revision: state.revision)))
    #expect(state.lines().contains { $0.contains("No source: /gone/f.c") })
  }

  @Test func anEndForgetsTheProcess() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.ended(.exited(pid: ProcessID(4242), code: 3))))
    state.apply(.session(.state(.none)))
    #expect(state.process.phase == .ended(.exited(pid: ProcessID(4242), code: 3)))
    #expect(state.stack.frames.isEmpty)
    #expect(state.locals.rows.isEmpty)
    #expect(state.lines().contains { $0.contains("EXITED  with code 3") })
  }

  @Test func keysGoToTheProgramUntilItIsLeft() {
    var state = Sample.stopped(Self.size)
    state.press("8")
    #expect(
      state.press("n", "ctrl-c", "tab", "F10")
        == ["n", "ctrl-c", "tab", "F10"].compactMap { Key($0) }.map { .sendKey($0) })
    #expect(state.reduce(.input(.paste("a\nb"))) == [.sendPaste("a\nb")])
    #expect(state.press("ctrl-]") == [])
    #expect(state.focus == .source)
  }

  @Test func keysOfAFinishedProgramAreNotKeptForTheNext() {
    var state = Sample.stopped(Self.size)
    state.apply(.session(.ended(.exited(pid: ProcessID(4242), code: 0))))
    state.press("8")
    #expect(state.press("x") == [])
    #expect(state.lines().contains { $0.contains("No program reads this; ^] leaves") })
  }

  @Test(arguments: [
    ("Program received signal SIGSEGV, Segmentation fault.", [0..<33, 33..<52]),
    ("0123456789012345678901234567890123456789012345678901", [0..<44, 44..<52]),
    ("a 345678901234567890123456789012345678901234567890", [0..<44, 44..<50]),
    ("01234567890123456789012345678901234567890123 6789", [0..<44, 45..<49]),
    ("short", [0..<5]), ("", [0..<0]), ("日本語日本語日本語日本語日本語日本語日本語日本語", [0..<44, 44..<48]),
  ]) func consoleLinesBreakAtBlanks(text: String, rows: [Range<Int>]) {
    #expect(ConsoleState.rows(of: text, width: 44, most: 9) == rows)
    #expect(ConsoleState.rows(of: text, width: 44, most: 1) == Array(rows.prefix(1)))
  }

  @Test func resizingTellsTheProgram() {
    var state = Sample.stopped(Self.size)
    let effects = state.press("8")
    let body = state.geometry.body(of: .program)
    #expect(body.map { effects.contains(.resizeProgramTerminal($0.size)) } == true)
    let after = state.reduce(.input(.resize(GridSize(width: 120, height: 40))))
    #expect(after.contains { if case .resizeProgramTerminal = $0 { true } else { false } })
  }

  @Test func themesChangeByCommand() {
    var state = AppState(size: Self.size)
    #expect(state.reduce(.themeRequested("light")).contains(.useTheme("light")))
    state.apply(.themeChanged("light"))
    #expect(state.lines().contains { $0.hasSuffix("light") })
    state.apply(.themeRequested(nil))
    #expect(state.message?.text == "The theme is light. Another: theme NAME")
  }

  @Test func searchGoesRound() {
    var state = Sample.stopped(Self.size)
    state.press("g", "/")
    state.type("point")
    state.press("enter")
    #expect(state.source.list.cursor == 2)
    state.press("ctrl-n")
    #expect(state.source.list.cursor == 7)
    state.press("#", "#")
    #expect(state.source.list.cursor == 13)
    state.press("/")
    state.type("Point")
    state.press("enter")
    #expect(state.message?.text == "Not found: Point")
  }

  @Test func terminationQuits() {
    var state = Sample.stopped(Self.size)
    #expect(state.reduce(.input(.terminated(signal: 15))).contains(.quit))
    #expect(state.hasQuit)
  }
}
