import Debugger
import Foundation
import TestSupport
import Testing

/// The containers of the C++ library as the printers that come with libstdc++ show them in gdb 13: `containers.expected`
/// has what that says of `containers.cpp`, compiled by g++, addresses left out.
@Suite struct ContainerTests {
  private static let flags = ["-g", "-O0", "-std=c++20"]

  /// `name = text` of every local of `main`, as gdb has them.
  private static func expected() throws -> [String] {
    let file = Fixture.sources.appending(path: "containers.expected")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// The same of a program by our own means.
  private func locals(_ compiler: String, _ flags: [String]) async throws -> (DebugSession, [VariableSnapshot]) {
    let fixture = try await SessionFixture("containers.cpp", flags: flags, compiler: compiler)
    await fixture.session.update { $0.printElements = 24 }
    _ = try await fixture.run(to: .function("stop"))
    _ = try await fixture.session.selectFrame(1)
    return (fixture.session, try await fixture.session.locals())
  }

  private static func lines(_ rows: [VariableSnapshot]) -> [String: String] {
    Dictionary(rows.map { ($0.name, "\($0.name) = \(withoutAddresses($0.value))") }) { first, _ in first }
  }

  private static func withoutAddresses(_ text: String) -> String { text.replacing(/0x[0-9a-f]{5,}/, with: "0x…") }

  private static func name(_ line: String) -> String { String(line.prefix { $0 != " " }) }

  @Test(arguments: ["g++", "clang++"]) func libstdcxx(compiler: String) async throws {
    let lines = Self.lines(try await locals(compiler, Self.flags).1)
    let expected = try Self.expected()
    for line in expected { #expect(lines[Self.name(line)] == line) }
    #expect(expected.count > 130)
  }

  /// What is no container of its own is shown by its members, whose names differ.
  private static let ownMembers: Set = [
    "array", "empty_array", "string_array", "seconds", "milliseconds", "nanoseconds", "hours", "fraction", "thirds",
    "time", "steady", "hash_iterator", "reference", "complex", "numbers",
  ]

  @Test(.enabled(if: hasLibcxx, "libc++ is not installed")) func libcxx() async throws {
    var lines = Self.lines(try await locals("clang++", Self.flags + ["-stdlib=libc++"]).1)
    // It puts equal keys behind those that are there.
    lines["multi_hash"] = lines["multi_hash"]?.replacing("{[1] = 2, [1] = 3}", with: "{[1] = 3, [1] = 2}")
    for line in try Self.expected() where !Self.ownMembers.contains(Self.name(line)) {
      let ours = line.replacing("std::__cxx11::", with: "std::").replacing("std::_V2::", with: "std::")
      #expect(lines[Self.name(line)] == ours)
    }
    #expect(lines["numbers"]?.hasSuffix(" = std::vector of length 1, capacity 1 = {4}, extra = 7}") == true)
  }

  private static let hasLibcxx =
    (try? Fixture.compile("containers.cpp", flags: flags + ["-stdlib=libc++"], compiler: "clang++")) != nil

  /// What the compiler kept is as right as without optimisation.
  @Test(arguments: [("g++", []), ("clang++", []), ("clang++", ["-stdlib=libc++"])] as [(String, [String])])
  func optimised(compiler: String, library: [String]) async throws {
    guard library.isEmpty || Self.hasLibcxx else { return }
    let lines = Self.lines(try await locals(compiler, ["-g", "-O2", "-std=c++20"] + library).1)
    var shown = 0
    for line in try Self.expected() where !Self.ownMembers.contains(Self.name(line)) {
      // Clang records what it knows of `zeros` wrong.
      guard !["zeros", "multi_hash"].contains(Self.name(line)), let ours = lines[Self.name(line)],
        !ours.contains("<optimized out>"), !ours.contains("<synthetic pointer>")
      else { continue }
      let same = line.replacing("std::__cxx11::", with: "std::").replacing("std::_V2::", with: "std::")
      #expect(ours == (library.isEmpty ? line : same))
      shown += 1
    }
    #expect(shown > 50)
  }

  /// Other layouts that libstdc++ has: shared strings, lists that do not state their size; checking containers.
  @Test(arguments: ["-D_GLIBCXX_USE_CXX11_ABI=0", "-D_GLIBCXX_DEBUG"]) func otherLayouts(flag: String) async throws {
    let lines = Self.lines(try await locals("g++", Self.flags + [flag]).1)
    let isChecked = flag.hasSuffix("DEBUG")
    for line in try Self.expected() {
      let name = Self.name(line)
      guard !["numbers", "shared_string", "hash_iterator"].contains(name) else { continue }
      var ours = lines[name]
      if isChecked { ours = ours?.replacing("std::__debug::", with: "std::").replacing("__cxx11::", with: "") }
      let plain = line.replacing("std::__cxx11::", with: "std::")
      #expect(ours == plain, "\(name)")
    }
  }

  /// What libstdc++ has beside the standard, as its printers show it in gdb 13.
  @Test(arguments: ["g++", "clang++"]) func reportsAndSpecifications(compiler: String) async throws {
    let flags = ["-g", "-O0", "-std=c++17", "-lstdc++fs"]
    let fixture = try await SessionFixture("legacy.cpp", flags: flags, compiler: compiler)
    _ = try await fixture.run(toMark: "stop here")
    await fixture.expectValues([
      ("any", "std::experimental::any containing int = {[contained value] = 5}"),
      ("no_any", "std::experimental::any [no contained value]"),
      ("text_any", "std::experimental::any containing std::string = {[contained value] = \"text\"}"),
      ("optional", "std::experimental::optional<int> = {[contained value] = 3}"),
      ("no_optional", "std::experimental::optional<int> [no contained value]"),
      ("text", "std::experimental::optional<std::string> = {[contained value] = \"x\"}"), ("view", "\"view\""),
      ("path", "experimental::filesystem::path \"/tmp/x\" = {[root-directory] = \"/\", [1] = \"tmp\", [2] = \"x\"}"),
      ("name", "experimental::filesystem::path \"x\""),
      ("no_shared", "std::tr1::shared_ptr<int> (empty) = {get() = 0x0}"),
      ("map", "std::tr1::unordered_map with 2 elements = {[1] = \"one\", [20] = \"twenty\"}"),
      ("by_text", "std::tr1::unordered_map with 1 element = {[\"one\"] = 1}"),
      ("set", "std::tr1::unordered_set with 1 element = {[0] = 4}"),
      ("multi", "std::tr1::unordered_multimap with 2 elements = {[1] = 2, [1] = 2}"),
      ("no_set", "std::tr1::unordered_multiset with 0 elements"),
      ("list", "__gnu_cxx::slist = {[0] = 2, [1] = 3}"), ("no_list", "empty __gnu_cxx::slist"), ("iterator", "2"),
    ])
    // gdb's printers do not see through `&&`.
    let moved = try await fixture.value("moved")
    #expect(moved.hasPrefix("(std::vector<int") && moved.contains(" &&) @0x"))
    #expect(moved.hasSuffix(": std::vector of length 1, capacity 1 = {7}"))
    let main = try await fixture.value("main")
    #expect(main.hasPrefix("{int (void)} 0x") && main.hasSuffix(" <main()>"))
    let counts = " (use count 1, weak count 1) = {get() = 0x"
    #expect(try await fixture.value("shared").hasPrefix("std::tr1::shared_ptr<int>" + counts))
    #expect(try await fixture.value("weak").hasPrefix("std::tr1::weak_ptr<int>" + counts))
  }

  @Test func checkingContainersInSummaries() async throws {
    let flags = ["-g", "-O0", "-std=c++17", "-D_GLIBCXX_DEBUG", "-lstdc++fs"]
    let fixture = try await SessionFixture("legacy.cpp", flags: flags, compiler: "g++")
    _ = try await fixture.run(toMark: "stop here")
    await fixture.expectValues([
      (
        "numbers",
        "std::optional<std::__debug::vector<int>> containing std::__debug::vector of length 2, capacity 2 = {1, 2}"
      )
    ])
  }

  @Test(.enabled(if: hasGDB, "gdb is not installed")) func sameAsGDB() throws {
    let program = try Fixture.compile("containers.cpp", flags: Self.flags, compiler: "g++")
    let commands = ["set width 0", "set print elements 24", "break stop", "run", "up", "info locals"]
    let words = ["gdb", "-nx", "-batch"] + commands.flatMap { ["-ex", $0] } + [program]
    let output = try Fixture.run(words).output
    let lines = Set(output.split(separator: "\n").map { Self.withoutAddresses(String($0)) })
    // Without its Python, gdb has no printers.
    guard output.contains("vector = std::vector of length 3") else { return }
    for line in try Self.expected() { #expect(lines.contains(line), "\(line)") }
  }

  private static let hasGDB = (try? Fixture.run(["gdb", "--version"]))?.code == 0

  /// What a type's members cannot hold is told instead of being followed: bytes of another type, seen as this one.
  @Test func damaged() async throws {
    let session = try await locals("g++", Self.flags).0
    let cases = [
      (
        "*(std::vector<int, std::allocator<int> > *) &long_string",
        "std::vector <not initialized or damaged: it begins at 0x…, ends at 0x140, has room until 0x1e0>"
      ),
      (
        "*(std::deque<int, std::allocator<int> > *) &long_string",
        "std::deque <not initialized or damaged: its blocks do not follow each other>"
      ),
      ("*(std::any *) &long_string", "std::any <not initialized or damaged: its manager is not at 0x…>"),
      (
        "*(std::shared_ptr<Point> *) &long_string",
        "std::shared_ptr<Point> <not initialized or damaged: no counts at 0x148>"
      ),
    ]
    for (expression, text) in cases {
      #expect(Self.withoutAddresses(try await session.evaluate(expression).variable.value) == text)
    }
    for name in ["optional<int>", "string"] {
      let other = name == "string" ? "pair" : "long_string"
      let text = try await session.evaluate("*(std::\(name) *) &\(other)").variable.value
      #expect(text.contains(" <not initialized or damaged: "), "\(text)")
    }
  }

  @Test func argumentsOfFrames() async throws {
    let (session, rows) = try await locals("g++", Self.flags)
    let briefs = Dictionary(rows.map { ($0.name, $0.brief) }) { first, _ in first }
    let expected = [
      "vector": "std::vector of length 3, capacity 7 = {...}", "empty_vector": "std::vector of length 0, capacity 0",
      "pair": "{...}", "map_iterator": "{...}", "sso": "\"short\"", "atomic": "std::atomic<int> = { 5 }",
      "atomic_point": "std::atomic<Point> = { ... }", "vector_iterator": "2",
    ]
    for (name, text) in expected { #expect(briefs[name] == text, "\(name)") }
    #expect(briefs["array"] == .some(nil) && briefs["referred"] == .some(nil))
    #expect(try await session.selectFrame(0).arguments.map(\.brief)[1] == "std::vector of length 3, capacity 7 = {...}")
  }

  // MARK: Trees

  @Test func childrenInTrees() async throws {
    let (session, rows) = try await locals("g++", Self.flags)
    func children(_ name: String, from first: Int = 0, count: Int = 100) async throws -> [String] {
      let row = try #require(rows.first { $0.name == name })
      let id = try #require(row.id)
      return try await session.children(of: id, from: first, count: count).map {
        "\($0.name): \($0.summary ?? Self.withoutAddresses($0.value))"
      }
    }
    #expect(try await children("vector").prefix(3) == ["[0]: 1", "[1]: 2", "[2]: 3"])
    #expect(try await children("vector").last?.hasPrefix("[raw]: {<std::_Vector_base<") == true)
    #expect(try await children("vector_pointer").prefix(1) == ["[0]: 1"])
    #expect(try await children("vector_reference").count == 4)
    #expect(try await children("many", from: 997, count: 2) == ["[997]: 997", "[998]: 998"])
    #expect(try await children("map").prefix(2) == [#"["a"]: 1"#, #"["b"]: 2"#])
    #expect(try await children("big_map", from: 290, count: 2) == ["[290]: 84100", "[291]: 84681"])
    #expect(try await children("big_map", from: 2, count: 1) == ["[2]: 4"])
    #expect(try await children("point_map").first == "[{x = 1, y = 2}]: 3")
    #expect(try await children("list").prefix(3) == ["[0]: 1", "[1]: 2", "[2]: 3"])
    #expect(try await children("forward").prefix(3) == ["[0]: 1", "[1]: 2", "[2]: 3"])
    #expect(try await children("long_deque", from: 399, count: 1) == ["[399]: 499"])
    #expect(try await children("string_array").prefix(2) == [#"[0]: "p""#, #"[1]: "q""#])
    #expect(try await children("no_bits") == [])
    let counts = rows.filter { ["vector", "many", "big_map", "forward", "sso"].contains($0.name) }.map(\.children)
    #expect(counts == [1, 4, 1001, 4, 301])
  }

  /// What gdb shows by members alone.
  @Test(arguments: [[], ["-stdlib=libc++"]]) func summariesInTrees(library: [String]) async throws {
    guard library.isEmpty || Self.hasLibcxx else { return }
    let rows = try await locals("clang++", Self.flags + library).1
    func summary(_ name: String) -> String? { rows.first { $0.name == name }?.summary }
    let expected = [
      "seconds": "5s", "milliseconds": "1500ms", "nanoseconds": "7ns", "hours": "2h", "fraction": "1.5s",
      "thirds": "2[1/3]s", "time": "2001-09-09 01:46:40 UTC", "steady": "5000000000ns", "reference": "5 = {get() = 5}",
      "array": "std::array of length 3 = {1, 2, 3}", "function": "twice(int)", "no_function": "empty",
    ]
    for (name, text) in expected { #expect(summary(name) == text, "\(name)") }
    #expect(summary("lambda_function")?.hasPrefix("main::") == true)
    #expect(summary("vector") == nil)
  }
}
