import TerminalInterface
import Testing
import VirtualTerminal

@Suite struct GridTests {
  /// The cells' texts of a one-line grid, `|` between them.
  private func cells(_ grid: CellGrid) -> String { grid.row(0).map(\.text).joined(separator: "|") }

  @Test(arguments: [
    ("abc", "abc     ", 3), ("a\tb", "a       ", 8), ("漢字", "漢字    ", 4), ("e\u{301}x", "e\u{301}x      ", 2),
    ("a\u{1b}[1m", "a\\e[1m  ", 6), ("\u{9b}\u{7f}\u{1}", "\\x9b^?^A", 8), ("abcdefg漢", "abcdefg ", 8),
    ("\u{202e}", "\\u{202e}", 8), ("👍🏽x", "👍🏽x     ", 3), ("\u{301}", "\u{25cc}\u{301}       ", 1),
    ("👨‍👩‍👧x", "👨‍👩‍👧x     ", 3), ("", "        ", 0),
  ])
  func putsWhatFits(_ text: String, _ row: String, _ used: Int) {
    var grid = CellGrid(width: 8, height: 1)
    #expect(grid.put(text, row: 0, column: 0) == used)
    #expect(grid.row(0).reduce(into: "") { $0 += $1.text } == row)
  }

  @Test(arguments: [
    (0, "a|漢||b|字|"), (1, "漢||b|字||c"), (2, " |b|字||c| "), (3, "b|字||c| | "), (99, " | | | | | "),
  ])
  func scrollsSideways(_ skipped: Int, _ row: String) {
    var grid = CellGrid(width: 6, height: 1)
    grid.put("a漢b字c", row: 0, column: 0, skipping: skipped)
    #expect(cells(grid) == row)
  }

  @Test func aWideCharacterIsNeverLeftInHalf() {
    var grid = CellGrid(width: 6, height: 1)
    grid.put("漢字", row: 0, column: 0)
    grid.put("x", row: 0, column: 1)
    #expect(cells(grid) == " |x|字|| | ")
    grid.put("y", row: 0, column: 2)
    #expect(cells(grid) == " |x|y| | | ")
    grid.put("漢", row: 0, column: 5)
    #expect(cells(grid) == " |x|y| | | ")
    grid.put("字", row: 0, column: -1)
    #expect(cells(grid) == " |x|y| | | ")
  }

  @Test func regionsClipAndHaveTheirOwnOrigin() {
    var grid = CellGrid(width: 12, height: 5)
    grid.draw(in: GridRect(row: 1, column: 2, width: 8, height: 3)) { region in
      region.border(region.bounds, style: .plain, title: "t")
      region.draw(in: region.bounds.inset(by: 1)) { inner in
        inner.put("123456789", row: 0, column: -1)
        inner.put("no", row: 1, column: 0)
        inner.put("no", row: -1, column: 0)
      }
    }
    #expect(grid.lines == ["", "  ┌ t ───┐", "  │234567│", "  └──────┘", ""])
  }

  @Test func stylesGoOnTopOfEachOther() {
    let red = Style(foreground: .indexed(1), attributes: .bold)
    var grid = CellGrid(width: 3, height: 1, style: Style(background: .indexed(4)))
    grid.draw(in: GridRect(grid.size)) { region in
      region.put(StyledText("abc", base: .plain, runs: [.init(range: 1..<2, style: red)]), row: 0, column: 0)
      region.highlight(GridRect(row: 0, column: 1, width: 9, height: 9), style: Style(background: .indexed(2)))
    }
    #expect(grid[0, 0].style == .plain)
    #expect(grid[0, 1].style == Style(foreground: .indexed(1), background: .indexed(2), attributes: .bold))
    #expect(grid[0, 2].style == Style(background: .indexed(2)))
  }

  @Test func marksWithoutEndDoNotFillTheCell() {
    var grid = CellGrid(width: 2, height: 1)
    grid.put("e" + String(repeating: "\u{301}", count: 10_000), row: 0, column: 0)
    #expect(grid[0, 0].text.unicodeScalars.count == Cell.longestCluster)
  }

  @Test func bytesOfAnyKindCanBeShown() {
    #expect(caretNotation("tab\there") == "tab\there")
  }

  @Test func theProgramsScreenIsDrawnAndClipped() {
    let terminal = ProgramTerminal(rows: 3, columns: 6)
    terminal.feed(Array("\u{1b}[31mred\u{1b}[m\r\na漢漢x\r\nlast".utf8))
    var grid = CellGrid(width: 4, height: 2)
    grid.draw(in: GridRect(grid.size)) { $0.put(terminal.snapshot()) }
    #expect(grid.lines == ["red", "a漢"])
    #expect(grid[0, 0].style.foreground == .indexed(1))
  }
}

@Suite struct KeyNameTests {
  @Test(arguments: ["a", "A", "space", "ctrl-]", "alt-x", "shift-tab", "F5", "ctrl-left", "-", "ctrl--", "pageup", "é"])
  func namesReadBack(_ name: String) {
    #expect(Key(name)?.description == name)
  }

  @Test(arguments: [
    ("ctrl-I", "tab"), ("CTRL-M", "enter"), ("ctrl-[", "escape"), ("shift-a", "A"), ("f12", "F12"),
    ("Ctrl-A", "ctrl-a"),
  ])
  func equalInputMakesEqualKeys(_ name: String, _ same: String) {
    #expect(Key(name) == Key(same))
    #expect(Key(name) != nil)
  }

  @Test(arguments: ["", "ctrl-", "F0", "F99", "nokey", "\u{1b}", "hyper-x"])
  func othersAreNoKeys(_ name: String) {
    #expect(Key(name) == nil)
  }
}
