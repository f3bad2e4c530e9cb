import TerminalInterface
import Testing

@testable import NcursesScreen

@Suite struct InputDecoderTests {
  /// Characters as ncurses gives those that it has no key for.
  private static func raw(_ text: String) -> [RawInput] { text.unicodeScalars.map(RawInput.character) }

  private static let keys: [([RawInput], String)] = [
    (raw("a"), "a"), (raw("A"), "A"), (raw(" "), "space"), (raw("\r"), "enter"), (raw("\t"), "tab"),
    (raw("\u{7f}"), "backspace"), (raw("\u{8}"), "backspace"), (raw("\u{1b}"), "escape"), (raw("\u{3}"), "ctrl-c"),
    (raw("\u{1d}"), "ctrl-]"), (raw("\u{0}"), "ctrl-space"), (raw("\u{1b}x"), "alt-x"),
    (raw("\u{1b}\u{1}"), "ctrl-alt-a"), (raw("\u{1b}["), "alt-["), (raw("e\u{301}"), "e\u{301}"), (raw("漢"), "漢"),
    ([.named("KEY_UP")], "up"), ([.named("KEY_F(5)")], "F5"), ([.named("KEY_F(17)")], "shift-F5"),
    ([.named("KEY_F(29)")], "ctrl-F5"), ([.named("KEY_BTAB")], "shift-tab"), ([.named("kLFT5")], "ctrl-left"),
    ([.named("kUP3")], "alt-up"), ([.named("KEY_SRIGHT")], "shift-right"), ([.named("KEY_PPAGE")], "pageup"),
    (raw("\u{1b}") + [.named("KEY_UP")], "alt-up"), (raw("\u{1b}[1;5C"), "ctrl-right"),
    (raw("\u{1b}[15;2~"), "shift-F5"), (raw("\u{1b}OP"), "F1"), (raw("\u{1b}[Z"), "shift-tab"),
    (raw("\u{1b}[97;5u"), "ctrl-a"),
  ]

  @Test(arguments: keys)
  func namesKeys(_ input: [RawInput], _ name: String) {
    var decoder = InputDecoder()
    let events = decoder.decode(input)
    #expect(events == [Key(name).map(InputEvent.key)].compactMap { $0 })
    #expect(events.count == 1)
  }

  private static let reports: [(String, MouseEvent?)] = [
    ("0;5;6M", MouseEvent(.press(.left), at: GridPosition(row: 5, column: 4))),
    ("2;1;1M", MouseEvent(.press(.right), at: GridPosition(row: 0, column: 0))),
    ("0;5;6m", MouseEvent(.release(.left), at: GridPosition(row: 5, column: 4))),
    ("32;300;6M", MouseEvent(.drag(.left), at: GridPosition(row: 5, column: 299))),
    ("64;1;2M", MouseEvent(.wheelUp, at: GridPosition(row: 1, column: 0))),
    ("65;1;2M", MouseEvent(.wheelDown, at: GridPosition(row: 1, column: 0))),
    ("20;1;2M", MouseEvent(.press(.left), at: GridPosition(row: 1, column: 0), modifiers: [.shift, .control])),
    ("0;0;0M", nil), ("0;1M", nil), ("x", nil), ("", nil), ("0;99999999999999999999999;1M", nil),
  ]

  @Test(arguments: reports)
  func readsMouseReports(_ report: String, _ expected: MouseEvent?) {
    var decoder = InputDecoder()
    let events = decoder.decode([.mouse] + Self.raw(report))
    if report.hasPrefix("0;999") {
      #expect(events == [.mouse(MouseEvent(.press(.left), at: GridPosition(row: 0, column: 99998)))])
    } else {
      #expect(events == [expected.map(InputEvent.mouse)].compactMap { $0 })
    }
  }

  @Test func pasteIsOneEventEvenInPieces() {
    var decoder = InputDecoder()
    #expect(decoder.decode([.pasteStart] + Self.raw("one\rt")) == [])
    #expect(
      decoder.decode(Self.raw("wo\u{1b}q") + [.pasteEnd] + Self.raw("x")) == [
        .paste("one\ntwo\u{1b}q"), .key(Key("x")),
      ])
  }

  @Test func unknownSequencesAreSwallowedWhole() {
    var decoder = InputDecoder()
    #expect(decoder.decode(Self.raw("\u{1b}[?99;1yq")) == [.key(Key("q"))])
    #expect(decoder.decode([.named("KEY_UNDO")]) == [])
  }
}

@Suite struct ColorPaletteTests {
  @Test func eachTerminalGetsTheNearestItHas() {
    let orange = Color.rgb(red: 255, green: 100, blue: 50)
    for (support, number) in [
      (ColorSupport.monochrome, -1), (.few(8), 1), (.palette(isChangeable: false), 203), (.direct, 0xff6432),
    ] {
      var palette = ColorPalette(support: support)
      #expect(palette.number(of: orange) == number, "\(support)")
      #expect(palette.number(of: .standard) == -1)
      #expect(palette.definitions.isEmpty)
    }
  }

  @Test func numbersOfThePalettePassWhereTheyExist() {
    var palette = ColorPalette(support: .palette(isChangeable: false))
    #expect(palette.number(of: .indexed(3)) == 3)
    #expect(palette.number(of: .indexed(200)) == 200)
    var few = ColorPalette(support: .few(8))
    #expect(few.number(of: .indexed(3)) == 3)
    #expect(few.number(of: .indexed(196)) == 1)
    var direct = ColorPalette(support: .direct)
    #expect(direct.number(of: .indexed(3)) == 3)
    #expect(direct.number(of: .indexed(196)) == 0xff0000)
    #expect(direct.number(of: .rgb(red: 0, green: 0, blue: 3)) == 8)
  }

  @Test func aChangeablePaletteIsSetOnceForAColour() {
    var palette = ColorPalette(support: .palette(isChangeable: true))
    let number = palette.number(of: .rgb(red: 1, green: 2, blue: 3))
    #expect(palette.definitions == [.init(number: number, red: 1, green: 2, blue: 3)])
    palette.definitions = []
    #expect(palette.number(of: .rgb(red: 1, green: 2, blue: 3)) == number)
    #expect(palette.number(of: .rgb(red: 1, green: 2, blue: 4)) != number)
    #expect(palette.definitions.count == 1)
    #expect(palette.number(of: .rgb(red: 95, green: 0, blue: 0)) == 52)
    #expect(palette.definitions.count == 1)
  }
}
