import Debugger
import TestSupport
import Testing

/// What is left of a structure whose parts optimised code keeps, or not, each for itself.
@Suite struct PieceTests {
  @Test(arguments: ["-O1", "-O2", "-O3"]) func bitFields(level: String) async throws {
    let fixture = try await SessionFixture("pieces.c", flags: ["-g", level], compiler: "gcc")
    _ = try await fixture.run(to: .function("use"))
    _ = try await fixture.session.moveFrame(by: 1)
    for (expression, expected) in [
      ("b.f1", "5"), ("b.f2", "99"), ("b.g", "-2"),
      (
        "b",
        "{f1 = 5, f2 = 99, small = -1 '\\377', g = -2, s = {<optimized out>, <optimized out>, "
          + "<optimized out>, <optimized out>}, many = {<optimized out> <repeats 12 times>}}"
      ),
    ] {
      #expect(try await fixture.value(expression) == expected, "\(expression)")
    }
  }

  @Test func characterBitFieldsAreCharacters() async throws {
    let fixture = try await SessionFixture("pieces.c", flags: ["-g", "-O0"], compiler: "gcc")
    _ = try await fixture.run(to: .function("use"))
    _ = try await fixture.session.moveFrame(by: 1)
    #expect(try await fixture.value("b.small") == "-1 '\\377'")
    // A function by a name that only the linker knows has the type of its definition, and its name.
    #expect(try await fixture.value("also_use").hasSuffix(" <use>"))
    #expect(try await fixture.session.typeDescription(of: "also_use").text == "int (int)")
    await #expect(throws: SessionError.expression("Invalid data type for function to be called.")) {
      try await fixture.value("NO(1)")
    }
    await #expect(throws: SessionError.expression("Invalid data type for function to be called.")) {
      try await fixture.value("(int)YES(1)")
    }
  }

  /// A variable without debug information has no type until it gets one.
  @Test func unknownTypes() async throws {
    let fixture = try await SessionFixture("pieces.c", flags: ["-O0"], compiler: "gcc")
    let error = SessionError.expression("'sink' has unknown type; cast it to its declared type")
    for expression in ["sink", "sink + 1", "-sink", "sizeof(sink)", "*sink", "sink == 0"] {
      await #expect(throws: error, "\(expression)") { try await fixture.value(expression) }
    }
    #expect(try await fixture.value("(int)sink") == "0")
    #expect(try await fixture.value("*(int *)&sink") == "0")
    #expect(
      try await fixture.session.typeDescription(of: "sink").text == "<data variable, no debug info>")
  }

  /// What stands in an expression alone gets a place in the program when one is needed, as gdb has it.
  @Test func literalsGetAPlace() async throws {
    let fixture = try await SessionFixture("tour.c", flags: ["-g", "-O0"], compiler: "gcc")
    _ = try await fixture.run(to: .function("add_score"))
    for (expression, expected) in [
      ("*&\"abc\"", "\"abc\""), ("\"abc\" + 1", "\"bc\""), ("$text = (char *)\"xyz\"", "\"xyz\""),
      ("$text[2]", "122 'z'"),
      ("{char[2]}\"ab\"", "\"ab\""), ("(unsigned char[4])points", "\"\\f\\000\\000\""), ("(long)*\"a\"", "97"),
    ] {
      #expect(try await fixture.value(expression).hasSuffix(expected), "\(expression)")
    }
    #expect(try await fixture.session.typeDescription(of: "&\"abc\"").text == "char (*)[4]")
  }

  /// Looking at a map does not change it, though its `[]` would.
  @Test(arguments: ["g++", "clang++"]) func lookingIntoMaps(compiler: String) async throws {
    let fixture = try await SessionFixture("maps.cpp", flags: ["-g", "-O0", "-std=c++17"], compiler: compiler)
    _ = try await fixture.run(toMark: "// stop here")
    let missing = SessionError.expression("The map has no such key.")
    #expect(try await fixture.value("names[3]") == "\"three\"")
    #expect(try await fixture.value("counts[\"one\"]") == "1")
    for expression in ["names[4]", "counts[\"two\"]", "nothing[0]"] {
      await #expect(throws: missing, "\(expression)") { try await fixture.value(expression) }
    }
    #expect(try await fixture.value("names.size()") == "1")
    #expect(try await fixture.value("counts.size()") == "1")
    // Keys of a class are compared by the program.
    #expect(try await fixture.value("places[point]").hasSuffix("7"))
    #expect(try await fixture.value("point.*to_y") == "2")
    await #expect(
      throws: SessionError.expression("The pointer is to a member of Point, which is no base of Other.")
    ) { try await fixture.value("other.*to_y") }
  }
}
