import Commands
import Testing

@testable import TerminalInterface

@Suite struct CommandBarTests {
  private func open(_ text: String = "", history: [String] = []) -> AppState {
    var state = AppState(size: GridSize(width: 80, height: 24))
    state.apply(.historyLoaded(history))
    state.press(":")
    state.type(text)
    return state
  }

  private func candidates(_ range: Range<Int>, _ texts: String...) -> Completions {
    Completions(replaced: range, candidates: texts.map { .init(text: $0) })
  }

  @Test func linesAreCarriedOutAndRemembered() {
    var state = open("print x")
    let effects = state.press("enter")
    #expect(effects.contains(.remember("print x")))
    #expect(effects.contains(.execute("print x")))
    #expect(state.commandBar.isActive)
    #expect(state.commandBar.editor.isEmpty)
    // An empty line is the interpreter's to repeat, and not remembered.
    state.apply(.commandEnded(Sample.output("$1 = 1")))
    #expect(state.press("enter").contains(.execute("")))
    #expect(state.commandBar.history.entries == ["print x"])
  }

  @Test func anUnfinishedLineIsDroppedAndCanBeHadBack() {
    var state = AppState(size: GridSize(width: 80, height: 24))
    state.press(":")
    state.type("break x")
    state.press("escape", ":")
    #expect(state.commandBar.editor.text == "")
    state.press("up")
    #expect(state.commandBar.editor.text == "break x")
  }

  @Test func escapeOpensAndLeaves() {
    var state = AppState(size: GridSize(width: 80, height: 24))
    state.press("escape")
    #expect(state.commandBar.isActive)
    state.press("escape")
    #expect(!state.commandBar.isActive)
  }

  @Test func aColonTooManyIsNoCommand() {
    var state = open(":print")
    #expect(state.commandBar.editor.text == "print")
    state.type("a::b")
    #expect(state.commandBar.editor.text == "printa::b")
  }

  @Test func aSingleCandidateIsTyped() {
    var state = open("bre ma")
    #expect(state.press("tab") == [.complete(line: "bre ma", cursor: 6, request: 1)])
    state.apply(.completed(candidates(4..<6, "main"), request: 1))
    #expect(state.commandBar.editor.text == "bre main ")
    #expect(state.commandBar.completion == nil)
  }

  @Test func severalAreListedAfterWhatTheyShare() {
    var state = open("info s")
    state.press("tab")
    state.apply(.completed(candidates(5..<6, "sharedlibrary", "shares", "shale"), request: 1))
    #expect(state.commandBar.editor.text == "info sha")
    #expect(state.lines().contains { $0.contains("sharedlibrary") })
    state.press("tab")
    #expect(state.commandBar.editor.text == "info sharedlibrary")
    state.press("down")
    #expect(state.commandBar.editor.text == "info shares")
    state.press("shift-tab")
    #expect(state.commandBar.editor.text == "info sharedlibrary")
    #expect(state.press("enter") == [])
    #expect(state.commandBar.completion == nil)
    #expect(state.press("enter").contains(.execute("info sharedlibrary")))
  }

  @Test func typingAndLateAnswersCloseTheList() {
    var state = open("i")
    state.press("tab")
    state.apply(.completed(candidates(0..<1, "info", "ignore"), request: 1))
    state.type("n")
    #expect(state.commandBar.completion == nil)
    #expect(state.commandBar.editor.text == "in")
    state.apply(.completed(candidates(0..<1, "info", "ignore"), request: 0))
    #expect(state.commandBar.completion == nil)
  }

  @Test func historyIsWalkedAndSuggested() {
    var state = open("bre", history: ["break main", "run"])
    #expect(state.commandBar.suggestion == "ak main")
    state.press("right")
    #expect(state.commandBar.editor.text == "break main")
    state.press("ctrl-u", "up")
    #expect(state.commandBar.editor.text == "run")
    state.press("up")
    #expect(state.commandBar.editor.text == "break main")
    state.press("down", "down")
    #expect(state.commandBar.editor.text == "")
  }

  @Test func reverseSearch() {
    var state = open(history: ["break main", "break add", "run"])
    state.press("ctrl-r")
    state.type("break")
    #expect(state.commandBar.editor.text == "break add")
    #expect(state.lines().contains { $0.hasPrefix("(search)`break': break add") })
    state.press("ctrl-r")
    #expect(state.commandBar.editor.text == "break main")
    state.press("ctrl-r")
    #expect(state.commandBar.reverse?.failed == true)
    #expect(state.press("enter").contains(.execute("break main")))
    state.press("ctrl-r")
    state.type("run")
    state.press("escape")
    #expect(state.commandBar.editor.text == "")
    #expect(state.commandBar.isActive)
  }

  @Test func ctrlCClearsTheLine() {
    var state = open("print")
    #expect(state.press("ctrl-c") == [])
    #expect(state.commandBar.editor.isEmpty)
  }

  @Test func aPasteBecomesOneLine() {
    var state = open()
    state.apply(.input(.paste("print a\nprint b\u{1b}[2J\n")))
    #expect(state.commandBar.editor.text == "print a; print b\\e[2J")
  }

  @Test func aLongLineScrollsWithTheCursor() {
    var state = open(String(repeating: "x", count: 200) + "end")
    let picture = render(state, size: state.size, theme: .fallback)
    #expect(picture.grid.lines[22].hasSuffix("xend"))
    #expect(picture.cursor == GridPosition(row: 22, column: 79))
    state.press("ctrl-a")
    #expect(render(state, size: state.size, theme: .fallback).cursor == GridPosition(row: 22, column: 6))
  }
}
