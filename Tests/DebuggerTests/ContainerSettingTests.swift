import Debugger
import TestSupport
import Testing

/// How settings and format letters change what formatters make: the same as in gdb 13.
@Suite struct ContainerSettingTests {
  private func session() async throws -> DebugSession {
    let fixture = try await SessionFixture("containers.cpp", flags: ["-g", "-O0", "-std=c++20"])
    _ = try await fixture.run(toMark: "stop here")
    _ = try await fixture.session.selectFrame(1)
    return fixture.session
  }

  private func expect(
    _ cases: [(String, String)], _ session: DebugSession, letter: ValueFormat.Letter = .natural,
    _ change: @Sendable (inout SessionSettings) -> Void = { _ in }
  ) async throws {
    await session.update {
      $0 = SessionSettings()
      change(&$0)
    }
    for (expression, text) in cases {
      let value = try await session.evaluate(expression, format: ValueFormat(letter)).variable.value
      #expect(value == text, "\(expression)")
    }
  }

  @Test func limits() async throws {
    let session = try await session()
    try await expect(
      [
        ("many", "std::vector of length 1000, capacity 1024 = {0, 1, 2...}"), ("heap", "\"hhh\"..."),
        ("map", #"std::map with 3 elements = {["a"] = 1, ["b"] = ...}"#),
        ("list", "std::__cxx11::list = {[0] = 1, [1] = 2, [2] = 3...}"), ("string_array", #"{_M_elems = {"p", "q"}}"#),
        ("path", #"filesystem::path "/us"... = {[root-directory] = "/", [1] = "usr", [2] = "lib"...}"#),
      ], session
    ) { $0.printElements = 3 }
    try await expect(
      [
        ("vector", "std::vector of length 3, capacity 7 = {...}"),
        ("empty_vector", "std::vector of length 0, capacity 0"), ("sso", "\"short\""), ("widget", "{...}"),
        ("unique", "std::unique_ptr<int> = {...}"), ("vector_iterator", "2"), ("map_iterator", "{...}"),
      ], session
    ) { $0.printMaxDepth = 0 }
    try await expect(
      [
        ("map", #"std::map with 3 elements = {["a"] = 1, ["b"] = 2, ["c"] = 3}"#),
        ("point_map", "std::map with 1 element = {[{x = 1, y = 2}] = 3}"),
        ("deep", #"std::map with 1 element = {["deep"] = std::vector of length 1, capacity 1 = {...}}"#),
        ("points", "std::vector of length 2, capacity 2 = {{...}, {...}}"),
      ], session
    ) { $0.printMaxDepth = 1 }
  }

  @Test func layout() async throws {
    let session = try await session()
    try await expect(
      [
        ("vector", "std::vector of length 3, capacity 7 = {1, 2, 3}"),
        (
          "widgets",
          """
          std::vector of length 1, capacity 1 = {{
              name = "w",
              sizes = std::vector of length 2, capacity 2 = {1, 2},
              places = std::map with 1 element = {
                ["home"] = {
                  x = 3,
                  y = 4
                }
              }
            }}
          """
        ),
        ("list", "std::__cxx11::list = {\n  [0] = 1,\n  [1] = 2,\n  [2] = 3\n}"),
        ("atomic_point", "std::atomic<Point> = { {\n  x = 1,\n  y = 2\n} }"),
      ], session
    ) { $0.printPretty = true }
    try await expect(
      [
        ("vector", "std::vector of length 3, capacity 7 = {\n  1,\n  2,\n  3\n}"),
        ("set", "std::set with 3 elements = {[0] = 1, [1] = 2, [2] = 3}"),
      ], session
    ) { $0.printArray = true }
    try await expect(
      [("vector", "std::vector of length 3, capacity 7 = {[0] = 1, [1] = 2, [2] = 3}")], session
    ) { $0.printArrayIndexes = true }
  }

  @Test func letters() async throws {
    let session = try await session()
    try await expect(
      [
        ("vector", "std::vector of length 3, capacity 7 = {0x1, 0x2, 0x3}"), ("sso", "\"short\""),
        ("map", #"std::map with 3 elements = {["a"] = 0x1, ["b"] = 0x2, ["c"] = 0x3}"#),
        ("atomic", "std::atomic<int> = { 0x5 }"), ("vector_iterator", "0x2"),
        ("error", "std::error_code = {std::_V2::error_category: 0x16}"),
      ], session, letter: .hexadecimal)
    try await expect(
      [("stack", "std::stack wrapping: std::deque with 3 elements = {1 '\\001', 2 '\\002', 3 '\\003'}")], session,
      letter: .character)
    await session.update { $0 = SessionSettings() }
    let raw = try await session.evaluate("vector", format: ValueFormat(.raw)).variable.value
    #expect(raw.hasPrefix("{<std::_Vector_base<int, std::allocator<int> >> = {_M_impl = {"))
  }
}
