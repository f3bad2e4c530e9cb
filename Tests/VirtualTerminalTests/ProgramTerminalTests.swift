import Testing
import VirtualTerminal

extension ProgramTerminal {
  /// Feeds text in UTF-8; the answers as text.
  @discardableResult
  func feed(_ text: String) -> String {
    String(decoding: feed(Array(text.utf8)), as: UTF8.self)
  }

  /// Feeds text one byte at a time, as a pty may cut it anywhere.
  func feedBytewise(_ text: String) {
    for byte in text.utf8 { feed([byte]) }
  }
}

@Suite struct ProgramTerminalTests {
  @Test func printsLinesAndReportsTheCursor() {
    let terminal = ProgramTerminal(rows: 3, columns: 10)
    terminal.feed("one\r\ntwo")
    let snapshot = terminal.snapshot()
    #expect(snapshot.lines == ["one", "two", ""])
    #expect(snapshot.cursor == .init(row: 1, column: 3))
    #expect(snapshot.rows.allSatisfy { $0.count == 10 })
  }

  @Test func keepsColoursAndAttributes() {
    let terminal = ProgramTerminal(rows: 1, columns: 10)
    terminal.feed("\u{1b}[1;31ma\u{1b}[0;4;38;5;200mb\u{1b}[0;7;48;2;1;2;3mc\u{1b}[md")
    let cells = terminal.snapshot().rows[0]
    #expect(cells[0].foreground == .indexed(1))
    #expect(cells[0].attributes == .bold)
    #expect(cells[1].foreground == .indexed(200))
    #expect(cells[1].attributes == .underline)
    #expect(cells[2].background == .rgb(red: 1, green: 2, blue: 3))
    #expect(cells[2].attributes == .reverse)
    #expect(cells[3] == TerminalCell(text: "d", width: 1))
  }

  @Test(arguments: [
    ("abc\u{1b}[2Dx", ["axc", "", ""]),
    ("abc\u{1b}[1;1Hx", ["xbc", "", ""]),
    ("a\nb", ["a", " b", ""]),
    ("abcdef\u{1b}[3D\u{1b}[K", ["abc", "", ""]),
    ("one\r\ntwo\u{1b}[H\u{1b}[Lnew", ["new", "one", "two"]),
    ("1\r\n2\r\n3\r\n4", ["2", "3", "4"]),
    ("x\u{1b}[4b", ["xxxxx", "", ""]),
    ("\u{1b}[s\u{1b}[3;3Hz\u{1b}[ua", ["a", "", "  z"]),
    ("\u{1b}(0lqk\u{1b}(B", ["┌─┐", "", ""]),
    ("漢字é", ["漢字é", "", ""]),
    ("e\u{301}x", ["e\u{301}x", "", ""]),
  ])
  func movesTheCursorAndEdits(_ output: String, _ lines: [String]) {
    let whole = ProgramTerminal(rows: 3, columns: 10)
    whole.feed(output)
    #expect(whole.snapshot().lines == lines)
    let cut = ProgramTerminal(rows: 3, columns: 10)
    cut.feedBytewise(output)
    #expect(cut.snapshot().rows == whole.snapshot().rows)
  }

  @Test func wideCharactersTakeTwoCells() {
    let terminal = ProgramTerminal(rows: 2, columns: 3)
    terminal.feed("a漢漢")
    let rows = terminal.snapshot().rows
    #expect(rows[0].map(\.width) == [1, 2, 0])
    #expect(rows[1].map(\.text) == ["漢", "", " "])
  }

  @Test func fullScreenProgramsGiveTheScreenBack() {
    let terminal = ProgramTerminal(rows: 3, columns: 10)
    terminal.feed("shell$ ")
    terminal.feed("\u{1b}[?1049h\u{1b}[2J\u{1b}[H\u{1b}[?25lmenu\u{1b}[3;1H\u{1b}[7mstatus\u{1b}[m")
    let during = terminal.snapshot()
    #expect(during.lines == ["menu", "", "status"])
    #expect(during.isAlternate)
    #expect(during.cursor == nil)
    terminal.feed("\u{1b}[?1049l\u{1b}[?25h")
    let after = terminal.snapshot()
    #expect(after.lines == ["shell$", "", ""])
    #expect(after.cursor == .init(row: 0, column: 7))
    #expect(!after.isAlternate)
  }

  @Test func scrollbackIsBoundedAndCanBeLookedAt() {
    let terminal = ProgramTerminal(rows: 2, columns: 5, scrollbackLimit: 3)
    terminal.feed((1...8).map(String.init).joined(separator: "\r\n"))
    #expect(terminal.snapshot().lines == ["7", "8"])
    #expect(terminal.snapshot().scrollbackCount == 3)
    #expect(terminal.snapshot(scrolledBack: 1).lines == ["6", "7"])
    #expect(terminal.snapshot(scrolledBack: 1).cursor == nil)
    #expect(terminal.snapshot(scrolledBack: 99).lines == ["4", "5"])
    #expect(terminal.snapshot(scrolledBack: 2).rows.allSatisfy { $0.count == 5 })
  }

  @Test func shrinkingKeepsTheCursorsLineAndGrowingBringsLinesBack() {
    let terminal = ProgramTerminal(rows: 4, columns: 10)
    terminal.feed("1\r\n2\r\n3\r\n4")
    terminal.resize(rows: 2, columns: 10)
    #expect(terminal.snapshot().lines == ["3", "4"])
    #expect(terminal.snapshot().cursor == .init(row: 1, column: 1))
    terminal.resize(rows: 4, columns: 12)
    #expect(terminal.snapshot().lines == ["1", "2", "3", "4"])
    #expect(terminal.snapshot().columns == 12)
  }

  @Test func answersQueries() {
    let terminal = ProgramTerminal(rows: 3, columns: 10)
    #expect(terminal.feed("ab\u{1b}[6n") == "\u{1b}[1;3R")
    #expect(terminal.feed("\u{1b}[c") == "\u{1b}[?1;2c")
  }

  private static let keys: [(TerminalKey, TerminalModifiers, String)] = [
    (.character("a"), [], "a"),
    (.character("é"), [], "é"),
    (.character("c"), .control, "\u{3}"),
    (.character("]"), .control, "\u{1d}"),
    (.character("x"), .alt, "\u{1b}x"),
    (.enter, [], "\r"),
    (.backspace, [], "\u{7f}"),
    (.up, [], "\u{1b}[A"),
    (.right, .control, "\u{1b}[1;5C"),
    (.tab, .shift, "\u{1b}[Z"),
    (.pageDown, [], "\u{1b}[6~"),
    (.function(1), [], "\u{1b}OP"),
    (.function(5), [], "\u{1b}[15~"),
  ]

  @Test(arguments: keys)
  func encodesKeys(_ key: TerminalKey, _ modifiers: TerminalModifiers, _ bytes: String) {
    let terminal = ProgramTerminal(rows: 3, columns: 10)
    #expect(String(decoding: terminal.press(key, modifiers), as: UTF8.self) == bytes)
  }

  @Test func cursorKeysFollowTheProgramsMode() {
    let terminal = ProgramTerminal(rows: 3, columns: 10)
    terminal.feed("\u{1b}[?1h")
    #expect(terminal.press(.up) == Array("\u{1b}OA".utf8))
    terminal.resetModes()
    #expect(terminal.press(.up) == Array("\u{1b}[A".utf8))
  }

  @Test func mouseGoesOnlyToProgramsThatAsk() {
    let terminal = ProgramTerminal(rows: 5, columns: 20)
    #expect(terminal.mouse(.press(button: 1), row: 1, column: 2) == [])
    terminal.feed("\u{1b}[?1000;1006h")
    #expect(terminal.snapshot().wantsMouse)
    #expect(terminal.mouse(.press(button: 1), row: 1, column: 2) == Array("\u{1b}[<0;3;2M".utf8))
    #expect(terminal.mouse(.release(button: 1), row: 1, column: 2) == Array("\u{1b}[<0;3;2m".utf8))
    #expect(terminal.mouse(.wheelDown, row: 0, column: 0) == Array("\u{1b}[<65;1;1M".utf8))
    #expect(terminal.mouse(.press(button: 1), row: 9, column: 2) == [])
  }

  @Test func pasteIsBracketedOnRequestAndCannotEscape() {
    let terminal = ProgramTerminal(rows: 5, columns: 20)
    #expect(terminal.paste("a\nb") == Array("a\rb".utf8))
    terminal.feed("\u{1b}[?2004h")
    #expect(terminal.paste("a\u{1b}[201~b") == Array("\u{1b}[200~a[201~b\u{1b}[201~".utf8))
  }

  @Test func titleLosesControlCharacters() {
    let terminal = ProgramTerminal(rows: 2, columns: 10)
    terminal.feed("\u{1b}]2;my\u{9b}\u{8} title\u{7}x")
    #expect(terminal.snapshot().title == "my title")
    #expect(terminal.snapshot().lines == ["x", ""])
  }

  /// Input that makes libvterm 0.1.4 write outside of its memory unless `OutputFilter` changes it.
  @Test(arguments: [
    "\u{1b}[" + String(repeating: "1;", count: 400) + "m",
    "\u{1b}[99999999999999999999999C\u{1b}[2147483648;2147483648H漢",
    "\u{1b}[?69h\u{1b}[5;2s\u{1b}[999L\u{1b}[999@",
    "\u{302a}\u{302a}漢\u{3099}\u{3099}\u{3099}\u{3099}",
    "\u{1b}[b\u{1b}[9999b", "\u{1b}[?1049h\u{1b}[4;4r\u{1b}[9999S\u{1b}[9999T",
    "\u{1b}#3\u{1b}#6ab\u{1b}[?7lcdefgh",
    String(repeating: "e" + String(repeating: "\u{301}", count: 500), count: 9),
    "\u{1b}P" + String(repeating: "q", count: 100_000), "\u{1b}]0;" + String(repeating: "t", count: 100_000),
  ])
  func survives(_ output: String) {
    let terminal = ProgramTerminal(rows: 6, columns: 7)
    for (rows, columns) in [(6, 7), (1, 2), (20, 3), (2, 40), (0, 0)] {
      terminal.resize(rows: rows, columns: columns)
      terminal.feed(output)
      terminal.feed("\u{1b}8x")
    }
    terminal.feed("\u{18}\u{1b}c")
    terminal.resize(rows: 2, columns: 5)
    terminal.feed("\u{1b}c\u{1b}[Hok")
    #expect(terminal.snapshot().lines == ["ok", ""])
  }

  @Test func survivesGarbage() {
    var random = SplitMix(state: 42)
    let terminal = ProgramTerminal(rows: 10, columns: 30, scrollbackLimit: 20)
    for round in 0..<400 {
      terminal.feed((0..<200).map { _ in random.next() % 4 == 0 ? 0x1b : UInt8(truncatingIfNeeded: random.next()) })
      if round % 10 == 0 { terminal.resize(rows: Int(random.next() % 20), columns: Int(random.next() % 50)) }
    }
    let snapshot = terminal.snapshot()
    let controls = snapshot.rows.joined().flatMap(\.text.unicodeScalars).filter {
      $0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
    }
    #expect(controls.isEmpty)
    #expect(snapshot.rows.allSatisfy { $0.count == snapshot.columns })
  }
}

/// A generator whose numbers are the same in each run.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    let mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    return mixed ^ (mixed >> 27)
  }
}
