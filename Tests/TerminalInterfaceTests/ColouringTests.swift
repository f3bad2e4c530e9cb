import TerminalInterface
import Testing

@Suite struct ColouringTests {
  /// A line's spans as `scope:text`, the part of the scope's name after `source.`.
  private func spans(_ language: SourceLanguage, _ line: String, _ state: LexerState = .code) -> [String] {
    let bytes = Array(line.utf8)
    return Lexer(language).colour(line: line, state: state).spans.map {
      "\($0.scope.rawValue.dropFirst("source.".count)):\(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  private static let lines: [(SourceLanguage, String, [String])] = [
    (.c, "int x = 0x1F; // é", ["type:int", "operator:=", "number:0x1F", "comment:// é"]),
    (.c, "#include <stdio.h>", ["preprocessor:#include", "string:<stdio.h>"]),
    (
      .c, "  # define A(x) \"q\\\"\" /* c */ 1",
      [
        "preprocessor:# define", "function:A", "string:\"q\\\"\"", "comment:/* c */", "number:1",
      ]
    ),
    (.c, "return f('\\'', 1.5e-3f);", ["keyword:return", "function:f", "string:'\\''", "number:1.5e-3f"]),
    (
      .cPlusPlus, "auto s = R\"x(a)\"b)x\"; class",
      [
        "keyword:auto", "operator:=", "string:R\"x(a)\"b)x\"", "keyword:class",
      ]
    ),
    (.cPlusPlus, "uint32_t n = 1'000;", ["type:uint32_t", "operator:=", "number:1'000"]),
    (
      .rust, "fn f<'a>(s: &'a str) -> char { '\\n' }",
      [
        "keyword:fn", "function:f", "operator:<", "operator:>", "operator::", "operator:&", "type:str", "operator:->",
        "type:char", "string:'\\n'",
      ].filter { $0 != "function:f" }
    ),
    (
      .rust, "#[test] let s = r#\"a\"b\"#; 0..9",
      [
        "attribute:#[test]", "keyword:let", "operator:=", "string:r#\"a\"b\"#", "number:0", "number:9",
      ]
    ),
    (
      .swift, "@MainActor func f() -> Int { #\"a\"b\"# }",
      [
        "attribute:@MainActor", "keyword:func", "function:f", "operator:->", "type:Int", "string:#\"a\"b\"#",
      ]
    ),
    (.python, "@deco.x", ["attribute:@deco.x"]),
    (.python, "x = a @ b  # c", ["operator:=", "comment:# c"]),
    (.python, "s = rb'\\'x' + f\"y\"", ["operator:=", "string:rb'\\'x'", "operator:+", "string:f\"y\""]),
    (
      .go, "var s string = `a\\` + 'x'",
      [
        "keyword:var", "type:string", "operator:=", "string:`a\\`", "operator:+", "string:'x'",
      ]
    ),
    (
      .assembler, "loop: movq $1, %rax # c",
      ["label:loop", "operator::", "keyword:movq", "number:1", "register:%rax", "comment:# c"]
    ),
    (.assembler, "\t.globl main", ["preprocessor:.globl"]),
    (.c, "", []), (.c, "\"unterminated", ["string:\"unterminated"]), (.rust, "'", []), (.python, "@", []),
    (.cPlusPlus, "R\"", ["string:\""]), (.swift, "#", []),
  ]

  @Test(arguments: lines)
  func coloursALine(_ language: SourceLanguage, _ line: String, _ expected: [String]) {
    #expect(spans(language, line) == expected)
  }

  private static let states: [(SourceLanguage, [String], [LexerState])] = [
    (.c, ["a /* b", "c", "d */ e"], [.comment(depth: 1), .comment(depth: 1), .code]),
    (.swift, ["/* /* */", "*/"], [.comment(depth: 1), .code]),
    (.c, ["/* /* */"], [.code]),
    (.c, ["#define A \\", "  1"], [.directive, .code]),
    (.c, ["\"a \\", "b\""], [.string(close: [0x22], escapes: true), .code]),
    (
      .python, ["'''doc", "it's", "'''"],
      [
        .string(close: [0x27, 0x27, 0x27], escapes: true), .string(close: [0x27, 0x27, 0x27], escapes: true), .code,
      ]
    ),
    (.cPlusPlus, ["R\"(a", ")\" b"], [.string(close: Array(")\"".utf8), escapes: false), .code]),
    (.go, ["`a", "b`"], [.string(close: [0x60], escapes: false), .code]),
    (.swift, ["\"a"], [.code]),
  ]

  @Test(arguments: states)
  func whatGoesOverLinesIsKept(_ language: SourceLanguage, _ lines: [String], _ expected: [LexerState]) {
    let lexer = Lexer(language)
    var state = LexerState.code
    var found: [LexerState] = []
    for line in lines {
      state = lexer.colour(line: line, state: state).state
      found.append(state)
    }
    #expect(found == expected)
  }

  @Test(arguments: SourceLanguage.allCases)
  func spansAreInOrderWhateverTheText(_ language: SourceLanguage) {
    let lexer = Lexer(language)
    var seed: UInt32 = 7
    let pieces = [
      "\"", "'", "/*", "*/", "//", "#", "R\"", "(", ")", "\\", "`", "@", "r#", "é", "0x", "'''", "ab", " ", "[",
    ]
    for _ in 0..<300 {
      var line = ""
      for _ in 0..<12 {
        seed = seed &* 1_664_525 &+ 1_013_904_223
        line += pieces[Int(seed >> 16) % pieces.count]
      }
      var end = 0
      for span in lexer.colour(line: line, state: .code).spans {
        #expect(span.range.lowerBound >= end && !span.range.isEmpty, "\(line)")
        end = span.range.upperBound
      }
      #expect(end <= line.utf8.count)
    }
  }

  @Test func onlyTheBeginningOfAVeryLongLineIsLookedAt() {
    let line = String(repeating: "1 ", count: 1_000_000)
    let spans = Lexer(.c).colour(line: line, state: .code).spans
    #expect(spans.count == Lexer.longestLine / 2)
  }

  @Test func linesKnowWhatTheyAreInside() {
    let colouring = SourceColouring(fileName: "a/b.c", lines: ["/*", "int", "*/ int"])
    #expect(colouring.spans(ofLine: 2).map(\.scope) == [.sourceComment, .sourceType])
    #expect(colouring.spans(ofLine: 1).map(\.scope) == [.sourceComment])
    #expect(colouring.spans(ofLine: 9) == [])
    #expect(SourceColouring(fileName: "a.txt", lines: ["int"]).spans(ofLine: 0) == [])
  }
}
