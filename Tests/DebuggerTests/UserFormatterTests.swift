import Foundation
import TestSupport
import Testing

@testable import Debugger

@Suite struct SummaryTemplateTests {
  @Test(
    arguments: [
      ("({x}, {y:x})", [.text("("), .value("x", .natural), .text(", "), .value("y", .hexadecimal), .text(")")]),
      ("{{{a::b}}}", [.text("{"), .value("a::b", .natural), .text("}")]),
      ("{a::b:d}", [.value("a::b", .decimal)]), ("{a ? b : c}", [.value("a ? b : c", .natural)]),
      ("{ {int} p}", [.value(" {int} p", .natural)]), ("plain", [.text("plain")]), ("", []),
    ] as [(String, [SummaryTemplate.Piece])])
  func templatesFallIntoPieces(_ text: String, _ expected: [SummaryTemplate.Piece]) throws {
    #expect(try SummaryTemplate(text).pieces == expected)
  }

  @Test(arguments: [
    ("{x", "a { has no } behind it"), ("x}", "a } has no { before it"), ("{}", "{} holds no expression"),
    ("{:x}", "{} holds no expression"), ("{x:q}", ":q is no format"), ("{x:i}", ":i is no format"),
  ])
  func wrongOnesSayWhy(_ text: String, _ words: String) {
    let problem = #expect(throws: SummaryTemplate.Problem.self) { try SummaryTemplate(text) }
    #expect(problem?.reason.hasPrefix(words) == true)
  }
}

@Suite struct TypePatternTests {
  @Test(arguments: [
    ("vec3", "vec3", true), ("vec3", "vec34", false), ("vec3", "geo::vec3", false), ("struct vec3", "vec3", true),
    ("vec<int,3>", "vec<int, 3>", true), ("unsigned  int", "unsigned int", true), ("vec<*>", "vec<int, 3>", true),
    ("vec<*>", "vec<vec<int> >", true), ("vec<*>", "vec", false), ("*::vec<*, 3>", "a::b::vec<int, 3>", true),
    ("*::vec<*, 3>", "a::b::vec<int, 4>", false), ("a*a", "a", false), ("*", "anything", true),
    ("/^geo::.*Id$/", "geo::LongId", true), ("/^geo::.*Id$/", "geo::LongIds", false), ("/vec/", "my_vector", true),
  ])
  func patternsMatchNames(_ pattern: String, _ name: String, _ expected: Bool) throws {
    #expect(try TypePattern(pattern).matches(TypePattern.normalized(name)) == expected)
  }

  @Test func wrongExpressionsAreRefused() {
    #expect(throws: SummaryTemplate.Problem.self) { try TypePattern("/(/") }
    #expect(throws: SummaryTemplate.Problem.self) { try TypePattern(" ") }
  }
}

@Suite struct UserFormatterFileTests {
  private func problems(_ text: String) throws -> [String] {
    try UserFormatterFile(path: "f.toml", contents: Array(text.utf8)).problems
  }

  @Test(arguments: [
    (#"vec3 = "{x""#, "f.toml:1: vec3: a { has no } behind it; a brace itself is written {{"),
    ("\n\"a<*>\" = 3", "f.toml:2: a<*>: has to be a summary in quotes, or a table"),
    ("[\"a<*>\"]\nsumary = \"x\"", "f.toml:2: a<*>.sumary: is not known; did you mean summary?"),
    ("[a]\nsize = \"n\"", "f.toml:1: a: needs both size and item"),
    (
      "[a]\nsize = 3\nitem = \"x\"\nhide = [\"b\"]",
      "f.toml:1: a: has more than one of children, hide, and size with item"
    ),
    ("[a]\nchildren = [[\"x\"]]", "f.toml:2: a.children: has to be a list of [\"name\", \"{expression}\"]"),
    ("[a]", "f.toml:1: a: says nothing: it needs a summary or children"),
    ("\"/(/\" = \"x\"", "f.toml:1: /(/: the regular expression is wrong"),
  ])
  func mistakesNameTheirPlace(_ text: String, _ expected: String) throws {
    let found = try problems(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test func whatIsRightStaysBesideAMistake() throws {
    let file = try UserFormatterFile(path: "/x/f.toml", contents: Array("b = \"{\"\na = \"{x}\"".utf8))
    #expect(file.formatters.map(\.pattern.text) == ["b", "a"])
    #expect(file.formatters.map { $0.failure == nil } == [false, true])
    #expect(file.formatters.map(\.place) == ["f.toml:1", "f.toml:2"])
  }
}

@Suite struct UserFormatterTests {
  private static let file = """
    "vec3" = "({x}, {y}, {z})"
    "complex_t" = "{re}{im}i"
    "geo::vec<*>" = "{sizeof(data) / sizeof(data[0])} of {data[0]:x}"
    "tagged" = "{kind == 1 ? number : 0}"

    ["ring"]
    summary = "ring of {count}"
    size = "count"
    item = "buffer[(head + $i) % capacity]"

    ["secret"]
    hide = ["padding"]

    ["dictionary"]
    size = 2
    key = "names[$i]"
    item = "{ages[$i]}"

    ["node"]
    summary = "node {value}"
    children = [["rest", "*next"], "value"]
    """

  private func stopped(_ file: String) async throws -> SessionFixture {
    let fixture = try await SessionFixture("formatters.cpp", compiler: "g++")
    _ = try await fixture.run(toMark: "// here")
    let parsed = try UserFormatterFile(path: "/x/f.toml", contents: Array(file.utf8))
    let formatters = UserFormatters(parsed.formatters)
    await fixture.session.update { $0.userFormatters = formatters }
    return fixture
  }

  @Test func aMistakeNamesItsKeyAndLeavesTheMembers() async throws {
    let fixture = try await stopped("[vec3]\nsumary = \"x\"\nsize = 3")
    #expect(
      try await fixture.value("v")
        == "<error: f.toml:2: vec3.sumary: is not known; did you mean summary?> = {x = 1, y = 2.5, z = -3}")
  }

  @Test func valuesAreShownAsTheUserWantsThem() async throws {
    let fixture = try await stopped(Self.file)
    let expected = [
      ("v", "(1, 2.5, -3)"), ("vs", "{(1, 1, 1), (2, 2, 2)}"), ("c", "1-1i"), ("g", "3 of 0x7"), ("t", "42"),
      ("r", "ring of 3 = {40, 10, 20}"), ("s", "{shown = 1}"),
      ("h.inner", "(1, 2.5, -3)"),
      ("n", "node 1 = {rest = node 2 = {rest = <error: Cannot access memory at address 0x0>, value = 2}, value = 1}"),
    ]
    for (expression, text) in expected { #expect(try await fixture.value(expression) == text) }
    let dictionary = try await fixture.value("d")
    #expect(dictionary.hasPrefix("{[0x") && dictionary.hasSuffix("\"Grace\"] = 85}"))
    // Raw form is what it was, and a format goes to what is inside.
    #expect(
      try await fixture.session.evaluate("v", format: ValueFormat(.raw)).variable.value == "{x = 1, y = 2.5, z = -3}")
    #expect(
      try await fixture.session.evaluate("s", format: ValueFormat(.hexadecimal)).variable.value == "{shown = 0x1}")
    // Rows open to what the formatter makes up, and to the members at the end.
    let ring = try #require(try await fixture.session.evaluate("r").variable.id)
    let rows = try await fixture.session.children(of: ring, from: 1, count: 10)
    #expect(rows.map(\.name) == ["[1]", "[2]", "[raw]"])
    #expect(rows.first?.value == "10")
  }

  @Test func mistakesShowInPlaceAndAreToldOnce() async throws {
    let fixture = try await stopped(
      "vec3 = \"<{nope}> {x}\"\n\"ring\" = \"{\"\n[secret]\nsize = \"shown.x\"\nitem = \"1\"")
    #expect(try await fixture.value("v") == "<<error: No symbol \"nope\" in current context.>> 1")
    let text = try await fixture.value("r")
    #expect(
      text.hasPrefix("<error: f.toml:2: ring: a { has no } behind it; a brace itself is written {{> = {buffer = "))
    #expect(try await fixture.value("s").hasPrefix("<error: "))
    _ = try await fixture.value("vs")
    let told = await fixture.session.takeUnreported().compactMap { event in
      if case .notice(let text) = event { text } else { nil }
    }.filter { $0.hasPrefix("warning: f.toml") }
    #expect(told.count == 2)
    #expect(told.first == "warning: f.toml:1: vec3: {nope}: No symbol \"nope\" in current context.")
  }

  /// A formatter that shows itself again and again ends, and soon.
  @Test func recursionEnds() async throws {
    let again = String(repeating: "{*this} ", count: 10)
    let fixture = try await stopped(
      "vec3 = \"\(again)\"\n[secret]\nsize = \"-1\"\nitem = \"x\"\n[ring]\nsize = \"1ull << 63\"\nitem = \"$i\"")
    #expect(try await fixture.value("v").contains("..."))
    #expect(try await fixture.value("s") == "")
    #expect(try await fixture.value("r").hasPrefix("{0, 1, 2, "))
  }

  @Test func nothingIsWrittenFromThere() async throws {
    let fixture = try await stopped("vec3 = \"{x = 7}\"\n[node]\nchildren = [\"value\"]")
    #expect(try await fixture.value("v") == "<error: A formatter changes nothing.>")
    #expect(try await fixture.value("v.x") == "1")
    // What it shows is the program's own, and can be changed by the user.
    let node = try #require(try await fixture.session.evaluate("n").variable.id)
    let row = try #require(try await fixture.session.children(of: node, from: 0, count: 1).first?.id)
    try await fixture.session.assign("41 + 1", to: row)
    #expect(try await fixture.value("n.value") == "42")
  }
}
