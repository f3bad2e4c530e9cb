import Debugger
import TestSupport
import Testing

/// Values of Swift: gdb shows none of them.
@Suite(.enabled(if: Fixture.has("swiftc"), "swiftc is not installed")) struct SwiftValueTests {
  private static let levels = [["-g", "-Onone"], ["-g", "-O"]]

  @Test(arguments: levels) func numbers(flags: [String]) async throws {
    try await expect(
      [
        ("i8", "-8"), ("u8", "200"), ("i16", "-300"), ("u16", "60000"), ("i32", "-70000"), ("u32", "4000000000"),
        ("i64", "-5"), ("u64", "5"), ("int", "-42"), ("uint", "42"), ("f", "1.5"), ("d", "0.10000000000000001"),
        ("yes", "true"), ("no", "false"), ("c", "\"é\""), ("tuple", "(1, \"two\", 3)"), ("unit", "()"),
        ("named", "(first: 1, second: 2)"), ("pointer", "0x1000"),
      ], at: "// in numbers", flags)
  }

  /// Existentials' own layout is not in the debug information.
  @Test func unknowns() async throws {
    try await expect(
      [
        ("anything", "Array(count=2) of Any, whose layout is not known"),
        ("byName", "Dictionary(count=1) of Any, whose layout is not known"),
      ], at: "// in unknowns", Self.levels[0])
  }

  @Test func strings() async throws {
    try await expect(
      [
        ("empty", "\"\""), ("small", "\"small\""), ("fifteen", "\"fifteen chars!!\""), ("accents", "\"é😀\""),
        ("literal", "\"a literal that is longer than fifteen\""), ("control", "\"tab\\t\\\"q\\\" \\033\""),
        ("heap", "'x' <repeats 200 times>..."), ("native", "\"small and a literal that is longer than fifteen\""),
        ("sub", "\"literal that is longer than fifteen\""),
      ], at: "// in strings", Self.levels[0])
  }

  @Test func containers() async throws {
    try await expect(
      [
        ("array", "Array(count=3) = {1, 2, 3}"), ("none", "Array(count=0)"),
        ("words", "Array(count=2) = {\"a\", \"b\"}"),
        ("nested", "Array(count=2) = {Array(count=1) = {1}, Array(count=2) = {2, 3}}"),
        ("points", "Array(count=1) = {{x = 1, y = 2}}"), ("doubles", "Array(count=2) = {0.5, 0.25}"),
        ("bytes", "Array(count=3) = {1, 2, 255}"), ("slice", "ArraySlice(count=2) = {2, 3}"),
        ("dictionary", "Dictionary(count=1) = {[\"one\"] = 1}"), ("numbers", "Dictionary(count=1) = {[1] = \"one\"}"),
        ("emptyDictionary", "Dictionary(count=0)"), ("set", "Set(count=1) = {5}"), ("emptySet", "Set(count=0)"),
        ("range", "{lowerBound = 1, upperBound = 5}"), ("bools", "Array(count=2) = {true, false}"),
        ("contiguous", "ContiguousArray(count=2) = {4, 5}"), ("optionals", "Array(count=2) = {1, nil}"),
      ], at: "// in containers", Self.levels[0])
  }

  /// What Swift's own expressions come to.
  @Test func expressions() async throws {
    try await expect(
      [
        ("array[1]", "2"), ("array[3]", "Index out of range"), ("nested[1][0]", "2"), ("points[0].y", "2"),
        ("slice[1]", "2"), ("slice[0]", "Index out of range"), ("contiguous[0]", "4"), ("dictionary[\"one\"]", "1"),
        ("numbers[1]", "\"one\""), ("dictionary[\"two\"]", "nil: there is no such key."), ("big[9]!", "81"),
        ("array.count", "3"), ("array.first", "1"), ("array.last", "3"), ("none.isEmpty", "true"), ("big.count", "100"),
        ("none.first", "nil: there is no such element."), ("words[0] == \"a\"", "true"), ("words[1] < \"a\"", "false"),
        ("words[0].count", "1"), ("optionals[0]!", "1"), ("optionals[1] == nil", "true"), ("optionals[1] ?? 7", "7"),
        ("optionals[1]!", "Unexpectedly found nil while unwrapping an Optional value."), ("optionals[0] == 1", "true"),
        ("optionals[0] + 1", "2"), ("dogs[0].name", "\"rex\""), ("1_000", "1000"), ("0o17", "15"),
        ("array[0] = 9", "9"), ("array", "Array(count=3) = {9, 2, 3}"),
      ], at: "// in containers", Self.levels[0])
    try await expect(
      [("tuple.1", "\"two\""), ("named.first", "1"), ("named.1", "2"), ("yes && !no", "true"), ("int + 2", "-40")]
        + [("tuple.3", "The tuple has no element 3, there are only 3.")], at: "// in numbers", Self.levels[0])
    try await expect(
      [
        ("some!", "5"), ("none == nil", "true"), ("some != nil", "true"), ("somePoint!.x", "1"), ("somePoint?.y", "2"),
        ("someDog!.name", "\"rex\""), ("noDog == nil", "true"), ("dog === animal", "true"), ("dog.tag! + 1", "8"),
        ("text.count", "4"), ("self", "No symbol \"self\" in current context."),
      ], at: "// in types", Self.levels[0])
  }

  @Test func inAMethod() async throws {
    let program = try await stopped(at: "// in method", Self.levels[0])
    await program.expectValues([
      ("legs", "4"), ("self.legs", "4"), ("legs + more", "7"), ("name", "\"rex\""), ("self.name == \"rex\"", "true"),
    ])
    await program.expectTypes([("legs + 1", "Int"), ("1.5", "Double"), ("legs == 4", "Bool")])
  }

  @Test(arguments: levels) func optimised(flags: [String]) async throws {
    let program = try await stopped(at: "// in live", flags)
    await program.expectValues([
      ("array", "Array(count=2) = {7, 8}"), ("text", "\"small\""),
      ("dictionary", "Dictionary(count=1) = {[\"one\"] = 7}"),
      ("set", "Set(count=1) = {7}"), ("dog.name", "\"rex\""), ("long", "\"constant and more than that\""),
    ])
  }

  @Test(arguments: levels) func types(flags: [String]) async throws {
    try await expect(
      [
        ("point", "{x = 1, y = 2}"), ("mixed", "{a = 1, b = 2.5, c = true, d = 4, name = \"mixed\"}"), ("red", ".red"),
        ("green", ".green"), ("circle", ".circle(1.5)"), ("rect", ".rect(3, 4)"), ("shapeless", ".empty"),
        ("raw", ".two"),
        ("some", "5"), ("none", "nil"), ("someString", "\"s\""), ("noneString", "nil"), ("noDog", "nil"),
        ("somePoint", "{x = 1, y = 2}"), ("double", "nil"), ("someBool", "true"), ("generic", "{item = 5, count = 2}"),
        ("genericText", "{item = \"t\", count = 3}"), ("result", ".success(3)"), ("argument", "3"),
        ("text", "\"text\""),
      ], at: "// in types", flags)
  }

  @Test func objects() async throws {
    let program = try await stopped(at: "// in types")
    await program.expectValues([
      ("*dog", "{legs = 4, name = \"rex\", good = true, tag = 7}"), ("dog.legs", "4"), ("dog.tag", "7"),
      ("*animal", "{legs = 4, name = \"rex\"}"),
    ])
  }

  @Test func typeNames() async throws {
    let program = try await stopped(at: "// in types")
    await program.expectTypes([
      ("point", "kinds.Point"), ("dog", "kinds.Dog"), ("some", "Int?"), ("double", "Int??"), ("text", "String"),
      ("generic", "kinds.Generic<Int>"), ("result", "Result<Int, Never>"), ("any", "Any"), ("someDog", "kinds.Dog?"),
    ])
    await program.expectTypes(
      [
        ("point", "struct kinds.Point {\n  var x: Int\n  var y: Int\n}"),
        ("animal", "class kinds.Animal {\n  var legs: Int\n  var name: String\n}"),
        ("circle", "enum kinds.Shape {\n  case circle(Double)\n  case rect(Int, Int)\n  case empty\n}"),
        ("red", "enum kinds.Colour {\n  case red\n  case green\n  case blue\n}"),
      ], expanded: true)
  }

  /// What is not known is said.
  @Test func unknownLayouts() async throws {
    let program = try await stopped(at: "// in types")
    await program.expectValues([
      ("tree", "<a kinds.Tree, whose layout is not known>"), ("any", "<a Any, whose layout is not known>"),
    ])
  }

  private func stopped(at mark: String, _ flags: [String] = ["-g", "-Onone"]) async throws -> SessionFixture {
    let program = try await SessionFixture("kinds.swift", flags: flags + ["-module-name", "kinds"])
    _ = try await program.run(toMark: mark)
    return program
  }

  /// A level of optimisation may leave a variable nowhere, but not say what is not so.
  private func expect(_ table: [(String, String)], at mark: String, _ flags: [String]) async throws {
    let program = try await stopped(at: mark, flags)
    let kept = Set(try await program.session.locals().filter { !$0.value.contains("<optimized out>") }.map(\.name))
    let rows = flags.contains("-Onone") ? table : table.filter { kept.contains($0.0) }
    await program.expectValues(rows)
  }
}
