import Debugger
import TestSupport
import Testing

/// Methods of the C++ library that were never compiled, answered by the objects' members.
@Suite struct LibraryMethodTests {
  /// What gdb 13 answers, too, where libstdc++'s xmethods are loaded.
  static let extensions = [
    ("v[1]", "20"), ("v[0] + v[2]", "40"), ("v.at(2)", "30"), ("v.at(9)", "Vector index \"9\" should not be >= 3."),
    ("v.size()", "3"), ("v.size() - 4", "-1"), ("v.front()", "10"), ("v.back()", "30"), ("v.empty()", "false"),
    ("*&v[1]", "20"), ("sizeof(v[1])", "4"),
    ("ve.front()", "Cannot access memory at address 0x0"), ("ve.size()", "0"), ("ve.empty()", "true"),
    ("ve.at(0)", "Vector index \"0\" should not be >= 0."), ("vb[1]", "false"), ("vb.size()", "3"),
    ("d[2]", "3"), ("d.size()", "3"), ("d.front()", "1"), ("d.back()", "3"), ("d.at(1)", "2"), ("d.empty()", "false"),
    ("d.at(9)", "Deque index \"9\" should not be >= 3."), ("a[1]", "8"), ("a.at(1)", "8"), ("a.size()", "3"),
    ("a.front()", "7"), ("a.back()", "9"), ("a.empty()", "false"),
    ("a.at(9)", "Array index \"9\" should not be >= 3."), ("l.size()", "3"), ("l.front()", "4"), ("l.back()", "6"),
    ("l.empty()", "false"), ("fl.front()", "4"), ("fl.empty()", "false"), ("m.size()", "2"), ("m.empty()", "false"),
    ("um.size()", "1"), ("um.empty()", "false"), ("st.size()", "2"), ("st.empty()", "false"),
    ("*up", "{x = 1, y = 2}"), ("up->x", "1"), ("up.get()->y", "2"), ("un.get() == 0", "true"),
    ("*un", "Cannot access memory at address 0x0"), ("ua[1]", "6"), ("*ua.get()", "5"), ("*sp", "{x = 3, y = 4}"),
    ("sp->y", "4"), ("sp.get()->x", "3"), ("v[1] = 21", "21"), ("v[1]", "21"),
  ]

  /// What gdb cannot answer, unless the program happens to have the function.
  static let others = [
    ("numbers[1]", "5"), ("numbers.size()", "2"), ("le.size()", "0"), ("le.front()", "There is no such element."),
    ("m[3]", "33"), ("m.at(4)", "44"), ("m[5]", "The map has no such key."), ("ms[\"key\"]", "1"),
    ("ms.at(\"z\")", "2"), ("ms[\"ke\"]", "The map has no such key."), ("mp[0]", "The map has no such key."),
    ("um[3]", "33"), ("sp.use_count()", "2"), ("sp.unique()", "false"), ("wp.use_count()", "2"),
    ("wp.expired()", "false"), ("sv.size()", "5"), ("sv[1]", "101 'e'"), ("sv.back()", "111 'o'"),
    ("sv.at(9)", "String index \"9\" should not be >= 5."), ("*opt", "42"), ("opt.value()", "42"),
    ("opt.has_value()", "true"), ("no.has_value()", "false"), ("*no", "std::optional<int> [no contained value]"),
    ("op->y", "9"), ("stack.top()", "2"), ("queue.front()", "1"), ("queue.back()", "2"), ("it->second", "33"),
    ("(*it).first", "3"), ("ui->second", "33"), ("*vi", "10"), ("*di", "1"), ("*v.data()", "10"),
    ("s.size()", "5"), ("s.length()", "5"), ("s.empty()", "false"), ("v.nosuch()", noMethod),
  ]
  private static let noMethod = "There is no member or method named nosuch."

  @Test(arguments: ["-O0", "-O2"], ["g++", "clang++"]) func libstdcxx(level: String, compiler: String) async throws {
    try await check(Self.extensions + Self.others, flags: [level], compiler: compiler)
  }

  @Test(.enabled(if: hasLibcxx, "libc++ is not installed")) func libcxx() async throws {
    try await check(Self.extensions + Self.others, flags: ["-O0", "-stdlib=libc++"], compiler: "clang++")
  }

  private static let flags = ["-g", "-std=c++17"]
  private static let hasLibcxx =
    (try? Fixture.compile("library.cpp", flags: flags + ["-O0", "-stdlib=libc++"], compiler: "clang++")) != nil

  private func check(_ cases: [(String, String)], flags: [String], compiler: String) async throws {
    let fixture = try await SessionFixture("library.cpp", flags: Self.flags + flags, compiler: compiler)
    _ = try await fixture.run(toMark: "// stop here")
    for (expression, expected) in cases {
      var answer = await Self.answer(expression, in: fixture)
      // What could be called is called, and returns a reference.
      if answer.contains("&) @0x") || answer.hasPrefix("@0x"), let start = answer.firstRange(of: ": ") {
        answer = String(answer[start.upperBound...])
      }
      #expect(answer == expected, "\(expression) by \(compiler) \(flags)")
    }
  }

  private static func answer(_ expression: String, in fixture: SessionFixture) async -> String {
    do { return try await fixture.value(expression) } catch { return "\(error)" }
  }

  /// Characters have their own methods in the library's shared object: those are called.
  @Test func strings() async throws {
    let fixture = try await SessionFixture("library.cpp", flags: Self.flags + ["-O0"], compiler: "g++")
    _ = try await fixture.run(toMark: "// stop here")
    #expect(try await fixture.value("s[0]").hasSuffix(": 104 'h'"))
    #expect(try await fixture.value("(&v)->size()") == "3")
    #expect(try await fixture.value("s.c_str()").hasSuffix(" \"hello\""))
    // What a class declares itself hides the library's.
    #expect(await Self.answer("own.size()", in: fixture) == "Cannot evaluate function -- may be inlined")
  }

  /// What is in the file needs no process.
  @Test func withoutAProcess() async throws {
    let fixture = try await SessionFixture("library.cpp", flags: Self.flags + ["-O0"], compiler: "g++")
    for (expression, expected) in [
      ("table[1]", "8"), ("table.size()", "3"), ("table.back()", "9"), ("later.size()", "0"), ("*constant", "5"),
      ("constant.has_value()", "true"), ("table.at(3)", "Array index \"3\" should not be >= 3."),
    ] {
      #expect(await Self.answer(expression, in: fixture) == expected, "\(expression)")
    }
  }

  /// A condition is not allowed to run the program, nor has to.
  @Test func conditions() async throws {
    let fixture = try await SessionFixture("library.cpp", flags: Self.flags + ["-O2"], compiler: "g++")
    _ = try await fixture.run(toMark: "// stop here")
    #expect(try await fixture.session.typeDescription(of: "v[0]").text == "int")
    #expect(try await fixture.session.typeDescription(of: "*up").text == "Point")
    #expect(try await fixture.value("v.size() == 3 && *opt == 42 && sp->x == 3") == "true")
  }

  /// Each of gdb's words, where it is there to be asked.
  @Test(.enabled(if: hasGDB, "gdb is not installed")) func sameAsGDB() throws {
    let program = try Fixture.compile("library.cpp", flags: Self.flags + ["-O0"], compiler: "g++")
    let line = try Fixture.line(of: "// stop here", in: "library.cpp")
    let commands = ["break \(line)", "run"] + Self.extensions.map { "print \($0.0)" }
    let words = ["gdb", "-nx", "-batch"] + commands.flatMap { ["-ex", $0] } + [program]
    let output = try Fixture.run(words).output
    // Without its Python, gdb has no xmethods.
    guard output.contains("Vector index") else { return }
    let values = output.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("$"), let sign = line.firstRange(of: " = ") else { return nil }
      return String(line[sign.upperBound...])
    }
    let errors = Self.extensions.map(\.1).filter { $0.contains("should not be") || $0.hasPrefix("Cannot") }
    for error in errors { #expect(output.contains(error)) }
    #expect(values == Self.extensions.map(\.1).filter { !errors.contains($0) })
  }

  private static let hasGDB = (try? Fixture.run(["gdb", "--version"]))?.code == 0
}
