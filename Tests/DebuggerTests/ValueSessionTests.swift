import DebugInfo
import Debugger
import TestSupport
import Testing

/// Values and types of compiled programs, with the text that gdb 13 has for the same ones.
@Suite struct ValueSessionTests {
  @Test func typesOfC() async throws {
    let program = try await stopped("values.c")
    await program.expectTypes(CExpectations.types)
    await program.expectTypes(CExpectations.bodies, expanded: true)
  }

  @Test(arguments: [["-g", "-O0"], ["-g", "-O0", "-gdwarf-4"], ["-g", "-O0", "-gdwarf-3", "-gstrict-dwarf"]])
  func kindsOfC(flags: [String]) async throws {
    let program = try await stopped("kinds.c", flags: flags)
    // Strict DWARF has no vectors.
    let isStrict = flags.contains("-gstrict-dwarf")
    await program.expectValues(CKindsExpectations.values.filter { !isStrict || !CKindsExpectations.isNew($0.0) })
    guard !isStrict else { return }
    // `_Atomic` came with DWARF 5.
    let isOld = flags.contains("-gdwarf-4")
    await program.expectTypes(CKindsExpectations.types.filter { !isOld || !$0.1.contains("_Atomic") })
    await program.expectTypes(CKindsExpectations.bodies, expanded: true)
  }

  /// What gdb does not show, or shows wrong.
  @Test func complexIntegers() async throws {
    let program = try await stopped("kinds.c")
    await program.expectValues([("ci", "3 + 4i"), ("cc", "1 + 2i")])
  }

  @Test func bitPreciseIntegers() async throws {
    let program = try await stopped("bitint.c", compiler: "clang")
    await program.expectValues([
      ("small", "-7"), ("unsigned_wide", "147573952589676412927"), ("full", "-5"),
      ("huge", "1606938044258990275541962092341162602522202993782792835301375"), ("negative", "-3"),
    ])
    #expect(
      try await program.session.evaluate("huge", format: ValueFormat(.hexadecimal)).variable.value
        == "0x" + String(repeating: "f", count: 50))
  }

  @Test func arraysOfVariableLength() async throws {
    let program = try await stopped("kinds.c", at: "in vla")
    await program.expectValues([
      ("one", "{0, 1, 2}"), ("two", "{{0, 1}, {10, 11}, {20, 21}}"), ("two[2][1]", "21"), ("sizeof(two)", "24"),
      ("row[1]", "{10, 11}"), ("*row", "{0, 1}"), ("sizeof(records)", "32"), ("text", "\"abcdef\""),
    ])
    await program.expectTypes([("two", "int [3][2]"), ("row", "int (*)[2]"), ("*row", "int [2]")])
  }

  @Test func typesOfAFunction() async throws {
    let program = try await stopped("kinds.c", at: "in vla")
    await program.expectValues([
      ("(enum local_enum)1", "LOCAL_B"), ("LOCAL_B", "LOCAL_B"), ("sizeof(struct local_tagged)", "8"),
      ("(local_type *)0", "(local_type *) 0x0"),
    ])
    await program.expectTypes([("struct local_tagged", "struct local_tagged {\n    long big;\n}")], expanded: true)
    await program.expectTypes([("local_tagged", "No symbol \"local_tagged\" in current context.")])
    _ = try await program.session.selectFrame(1)
    await program.expectTypes([("struct local_tagged", "No struct type named local_tagged.")])
  }

  @Test func valuesAndTypesOfCpp() async throws {
    let program = try await stopped("values.cpp", flags: ["-g", "-O0", "-std=c++20"])
    await program.expectValues(CppExpectations.values)
    await program.expectTypes(CppExpectations.types)
    await program.expectTypes(CppExpectations.bodies, expanded: true)
  }

  @Test(arguments: ["g++", "clang++"]) func kindsOfCpp(compiler: String) async throws {
    let program = try await stopped("kinds.cpp", flags: ["-g", "-O0", "-std=c++20", "-w"], compiler: compiler)
    // GCC has no entry for a static constant that nobody uses.
    await program.expectValues(CppKindsExpectations.values.filter { compiler == "g++" || !$0.0.hasPrefix("t") })
    guard compiler == "g++" else { return }
    await program.expectTypes(CppKindsExpectations.types)
    await program.expectTypes(CppKindsExpectations.bodies, expanded: true)
  }

  @Test(.enabled(if: Fixture.has("rustc"), "rustc is not installed")) func valuesAndTypesOfRust() async throws {
    let program = try await stopped("values.rs", flags: ["-g"])
    await program.expectValues(RustExpectations.values)
    await program.expectTypes(RustExpectations.types)
    await program.expectTypes(RustExpectations.bodies, expanded: true)
  }

  @Test(.enabled(if: Fixture.has("rustc"), "rustc is not installed")) func expressionsOfRust() async throws {
    let program = try await stopped("values.rs", flags: ["-g"])
    await program.expectValues(RustExpressionExpectations.values)
    await program.expectTypes(RustExpressionExpectations.types)
    for expression in ["&number as *const i32", "&mut number"] {
      #expect(try await program.value(expression).hasPrefix("(*mut i32) 0x"))
    }
    // A pointer to one character leads to no string.
    let pointer = try await program.value("&letter")
    #expect(pointer.wholeMatch(of: /\(\*mut char\) 0x[0-9a-f]+/) != nil, "\(pointer)")
  }

  @Test(.enabled(if: Fixture.has("rustc"), "rustc is not installed")) func aChosenLanguage() async throws {
    let program = try await stopped("values.rs", flags: ["-g"])
    #expect(try await program.session.frameLanguage() == .rust)
    await program.session.update { $0.language = .c }
    await program.expectValues([("point", "{x = 1, y = 2}"), ("number == 5", "1")])
    #expect(try await program.session.frameLanguage() == .rust)
    await program.session.update { $0.language = .rust }
    await program.expectValues([("point", "values::Point {x: 1, y: 2}"), ("number == 5", "true")])
  }

  @Test(.enabled(if: Fixture.has("go", by: "version"), "go is not installed")) func valuesOfGo() async throws {
    let program = try await SessionFixture("kinds.go", flags: ["-gcflags=all=-N -l"])
    _ = try await program.run(to: .fileLine(file: "kinds.go", line: program.line("// in show")))
    await program.expectValues([
      ("flag", "true"), ("number", "42"), ("ratio", "0.5"), ("array", "{4, 5, 6}"), ("point", "{X = 1, Y = 2}"),
      ("slice", "[]int = {1, 2, 3}"), ("nothing", "[]int"), ("named", "7"), ("z", "1 + 2i"),
    ])
    #expect(try await program.value("text").hasSuffix(" \"héllo\""))
    await program.expectTypes([("slice", "[]int"), ("table", "map[string]int"), ("text", "string")])
  }

  @Test func valuesAndTypesOfFortran() async throws {
    let program = try await stopped("arrays.f90", at: "! in work")
    await program.expectValues(FortranExpectations.values)
    await program.expectTypes(FortranExpectations.types)
    await program.expectTypes(FortranExpectations.bodies, expanded: true)
    _ = try await program.session.selectFrame(1)
    await program.expectValues(FortranExpectations.mainValues)
    await program.expectTypes(FortranExpectations.mainTypes)
    await program.expectTypes(FortranExpectations.mainBodies, expanded: true)
    await program.expectTypes(FortranExpectations.expressionTypes)
    await program.expectValues(FortranExpectations.expressions)
  }

  /// The program of a source, stopped at the marked line.
  private func stopped(
    _ source: String, at mark: String = "stop here", flags: [String] = ["-g", "-O0"], compiler: String? = nil
  ) async throws -> SessionFixture {
    let fixture = try await SessionFixture(source, flags: flags, compiler: compiler)
    _ = try await fixture.run(toMark: mark)
    return fixture
  }
}
