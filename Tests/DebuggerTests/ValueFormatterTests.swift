import DebugInfo
import Debugger
import MachineModel
import Testing

/// Values of C as text: what gdb 13 prints for the same data.
struct ValueFormatterTests {
  @Test(arguments: [
    ("global", "42"), ("table", "{1, 2, 3}"), ("origin", "{x = 3, y = 4}"), ("matrix", "{{1, 2, 3}, {4, 5, 6}}"),
    ("points", "{{x = 1, y = 2}, {x = 3, y = 4}, {x = 5, y = 6}}"),
    ("same_points", "{{x = 0, y = 0} <repeats 12 times>}"),
    ("repeats", "{1 <repeats 12 times>, 2, 3 <repeats 11 times>, 4, 0, 0, 0, 0, 0}"),
    ("ten", "{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6}"),
    ("f", "0.100000001"), ("d", "0.10000000000000001"), ("third", "0.33333333333333331"), ("infinity", "inf"),
    ("not_a_number", "-nan(0x8000000000000)"), ("ld", "0.100000000000000000001"), ("dc", "1.5 + -2.5i"),
    ("yes", "true"), ("ch", "97 'a'"), ("high", "-56 '\\310'"), ("quote", "39 '\\''"), ("uc", "255 '\\377'"),
    ("s", "-7"),
    ("u", "4000000000"), ("l", "-5"), ("ul", "18446744073709551615"), ("i128", "-5"), ("wc", "97 L'a'"),
    ("wide", "L\"wide é\""), ("utf16", "u\"sixteen\""), ("text8", "\"abc\\000\\000\\000\\000\""), ("full4", "\"abcd\""),
    ("zeros", "'\\000' <repeats 19 times>"), ("mixed", "\"a\\000b\\000\\000\\000c\\000\\000\""),
    ("controls", "\"a\\tb\\n\\\"q\\\"\\\\\\033\\377\\1772\""), ("xs", "'x' <repeats 300 times>"),
    ("run", "'a' <repeats 20 times>, \"b\", '\\000' <repeats 18 times>"),
    ("ubytes", "\"\\001\\002\\003\", <incomplete sequence \\310>"),
    ("sbytes", "\"\\001\\376\\003d\""), ("blue", "BLUE"), ("odd_colour", "3"), ("ab", "(FLAG_A | FLAG_B)"),
    ("none", "0"),
    ("unknown_flag", "(FLAG_C | unknown: 0x4)"), ("unknown_only", "(unknown: 0x10)"), ("null_pointer", "(int *) 0x0"),
    ("global_pointer", "(int *) 0x555555558000 <global>"), ("inside", "(int *) 0x555555558014 <table+4>"),
    ("void_pointer", "(void *) 0x555555558000 <global>"),
    ("bad_string", "0x10 <error: Cannot access memory at address 0x10>"),
    ("bits", "{a = -1, b = 17, c = -100, d = true, e = BLUE}"),
    ("anonymous", "{a = 1, {b = 2, c = 2.80259693e-45, {d = 2, e = 0}}, f = 3}"),
    ("&table", "(int (*)[3]) 0x555555558010 <table>"), ("&points[1]", "(struct point *) 0x555555558038 <points+8>"),
  ])
  func natural(expression: String, expected: String) {
    #expect(cProgram().print(expression) == expected)
  }

  @Test func stringsBehindPointers() {
    let scope = cProgram()
    let greeting = scope.print("greeting")
    #expect(greeting.hasPrefix("0x5555") && greeting.hasSuffix(" \"hello\""))
    #expect(scope.print("shape").contains("name = 0x5555"))
    #expect(scope.print("shape").hasSuffix(" \"square\", tag = {i = 0, f = 0}, area = 2.5}"))
    #expect(scope.print("(char *)&origin") == "0x555555558020 <origin> \"\\003\"")
    #expect(scope.print("function_pointer").hasPrefix("(callback) 0x5555"))
    #expect(scope.print("function_pointer").hasSuffix(" <add>"))
    #expect(scope.print("add").hasPrefix("{int (int, char *)} 0x5555"))
    #expect(scope.print("&add").hasPrefix("(int (*)(int, char *)) 0x5555"))
  }

  @Test func elementLimits() {
    let scope = cProgram()
    #expect(scope.print("many").hasSuffix(", 198, 199...}"))
    #expect(scope.print("letters").hasSuffix("nopqr\"..."))
    var settings = SessionSettings()
    settings.printElements = 4
    let cases = [
      ("many", "{0, 1, 2, 3...}"), ("letters", "\"abcd\"..."), ("xs", "'x' <repeats 300 times>"),
      ("run", "'a' <repeats 20 times>..."), ("text8", "\"abc\\000\\000\\000\\000\""),
      ("matrix", "{{1, 2, 3}, {4, 5, 6}}"),
    ]
    for (expression, expected) in cases { #expect(scope.print(expression, settings: settings) == expected) }
    #expect(scope.print("greeting", settings: settings).hasSuffix(" \"hell\"..."))
    settings = SessionSettings()
    settings.printRepeats = 3
    #expect(scope.print("ten", settings: settings) == "{5 <repeats 10 times>, 6}")
  }

  @Test func pretty() {
    let scope = cProgram()
    var settings = SessionSettings()
    settings.printPretty = true
    #expect(
      scope.print("anonymous", settings: settings) == """
        {
          a = 1,
          {
            b = 2,
            c = 2.80259693e-45,
            {
              d = 2,
              e = 0
            }
          },
          f = 3
        }
        """)
    #expect(
      scope.print("*points@2", settings: settings) == """
        {{
            x = 1,
            y = 2
          }, {
            x = 3,
            y = 4
          }}
        """)
    #expect(scope.print("table", settings: settings) == "{1, 2, 3}")
  }

  @Test func settings() {
    let scope = cProgram()
    var settings = SessionSettings()
    settings.printUnion = false
    #expect(scope.print("anonymous", settings: settings) == "{a = 1, {...}, f = 3}")
    settings = SessionSettings()
    settings.printAddress = false
    #expect(scope.print("global_pointer", settings: settings) == "(int *) <global>")
    #expect(scope.print("greeting", settings: settings) == "\"hello\"")
    settings = SessionSettings()
    settings.printSymbol = false
    #expect(scope.print("global_pointer", settings: settings) == "(int *) 0x555555558000")
    #expect(scope.print("function_pointer", settings: settings).hasSuffix(" <add>"))
    settings = SessionSettings()
    settings.printMaxDepth = 1
    #expect(
      scope.print("anonymous", settings: settings) == "{a = 1, {b = 2, c = 2.80259693e-45, {d = 2, e = 0}}, f = 3}")
    #expect(scope.print("points", settings: settings) == "{{...}, {...}, {...}}")
    settings.printMaxDepth = 0
    #expect(scope.print("points", settings: settings) == "{...}")
  }

  @Test(arguments: [
    ("table", "x", "{0x1, 0x2, 0x3}"), ("origin", "x", "{x = 0x3, y = 0x4}"), ("blue", "d", "6"), ("blue", "x", "0x6"),
    ("global", "c", "42 '*'"), ("table", "c", "{1 '\\001', 2 '\\002', 3 '\\003'}"), ("global", "t", "101010"),
    ("0", "t", "0"),
    ("global", "o", "052"), ("0", "o", "0"), ("s", "u", "65529"), ("s", "x", "0xfff9"),
    ("l", "x", "0xfffffffffffffffb"),
    ("d", "x", "0x3fb999999999999a"), ("global", "f", "5.88545355e-44"), ("1078530011", "f", "3.14159274"),
    ("f", "x", "0x3dcccccd"),
    ("l", "f", "-nan(0xffffffffffffb)"), ("-1", "x", "0xffffffff"), ("uc", "d", "-1"), ("uc", "c", "255 '\\377'"),
    ("&global", "a", "0x555555558000 <global>"), ("global", "a", "0x2a"), ("text8", "s", "\"abc\\000\\000\\000\\000\""),
    ("global", "z", "0x0000002a"), ("s", "z", "0xfff9"), ("ch", "x", "0x61"), ("yes", "x", "0x1"),
    ("null_pointer", "x", "0x0"),
    ("&global", "d", "93824992247808"), ("text8", "x", "{0x61, 0x62, 0x63, 0x0, 0x0, 0x0, 0x0, 0x0}"),
    ("ubytes", "c", "{1 '\\001', 2 '\\002', 3 '\\003', 200 '\\310'}"),
    ("bits", "x", "{a = 0xffffffff, b = 0x11, c = 0xffffffffffffff9c, d = 0x1, e = 0x6}"),
    ("third", "d", "4599676419421066581"), ("third", "c", "0 '\\000'"), ("third", "f", "0.33333333333333331"),
    ("s", "f", "-7"), ("uc", "f", "255"),
    ("i128", "x", "0xfffffffffffffffffffffffffffffffb"),
    ("repeats", "x", "{0x1 <repeats 12 times>, 0x2, 0x3 <repeats 11 times>, 0x4, 0x0, 0x0, 0x0, 0x0, 0x0}"),
    ("-1", "o", "037777777777"), ("-1", "t", "11111111111111111111111111111111"), ("-5", "c", "-5 '\\373'"),
    ("300", "c", "44 ','"), ("1.5", "c", "1 '\\001'"),
    ("global", "s", "42"), ("global", "i", "Format letter \"i\" is meaningless in \"print\" command."),
    ("f", "f", "0.100000001"),
    ("anonymous", "x", "{a = 0x1, {b = 0x2, c = 0x2, {d = 0x2, e = 0x0}}, f = 0x3}"), ("add", "x", "0x55"),
    ("wide", "x", "{0x77, 0x69, 0x64, 0x65, 0x20, 0xe9, 0x0}"),
  ])
  func letters(expression: String, letter: String, expected: String) throws {
    let format = try #require(letter.first.flatMap(ValueFormat.Letter.init(rawValue:)))
    #expect(cProgram().print(expression, format) == expected)
  }

  @Test func nestedText() throws {
    let scope = cProgram()
    let formatter = ValueFormatter(settings: .init(), language: .c)
    func value(_ name: String) throws -> Value { try #require(scope.variables[name]) }
    #expect(try formatter.nestedText(value("global_pointer")) == "0x555555558000 <global>")
  }

  @Test func unavailable() {
    let scope = cProgram()
    let point = scope.types["point"]!
    func text(_ location: Location, _ type: DataType) -> String {
      ValueFormatter(settings: .init(), language: .c).text(Value(type: type, location: location, source: scope))
    }
    #expect(text(.optimizedOut, point) == "<optimized out>")
    #expect(text(.memory(VirtualAddress(0x10)), point) == "<error: Cannot access memory at address 0x10>")
    #expect(text(.unavailable("no frame base"), .int) == "<error: no frame base>")
    let half = [
      LocationPiece(location: .value(littleEndian(Int32(5))), bitSize: 32, bitOffset: 0),
      LocationPiece(location: .optimizedOut, bitSize: 32, bitOffset: 0),
    ]
    #expect(text(.pieces(half), point) == "{x = 5, y = <optimized out>}")
    #expect(text(.pieces(Array(half.reversed())), point) == "{x = <optimized out>, y = 5}")
    let entry = EntryID(image: 0, file: 0, offset: 1)
    #expect(text(.implicitPointer(entry, offset: 0), .pointer(to: .int)) == "(int *) <synthetic pointer>")
    scope.variables["synthetic"] = Value(
      type: .pointer(to: .int), location: .implicitPointer(entry, offset: 0), source: scope)
    #expect(scope.print("*synthetic") == "77")
    scope.variables["gone"] = Value(type: .int, location: .optimizedOut, source: scope)
    #expect(scope.print("gone") == "<optimized out>")
    #expect(scope.print("gone + 1") == "value has been optimized out")
    #expect(scope.print("gone = 1") == "value has been optimized out")
    #expect(
      text(.memory(VirtualAddress(TestMemory.base)), DataType(.aggregate(.structure), name: "s")) == "<incomplete type>"
    )
  }

  @Test func arraysAreReadAtOnce() {
    let scope = cProgram()
    let before = scope.fake.readCount
    _ = ValueFormatter(settings: .init(), language: .c).text(scope.variables["many"]!)
    #expect(scope.fake.readCount - before == 1)
  }

  @Test func damagedTypesEnd() {
    let scope = TestScope()
    let address = scope.place([UInt8](repeating: 0x41, count: 256))
    func text(_ type: DataType) -> String {
      ValueFormatter(settings: .init(), language: .c).text(
        Value(type: type, location: .memory(address), source: scope))
    }
    let huge = DataType(.array(count: .max), byteSize: .max, target: .int)
    #expect(text(huge).count < 10_000)
    #expect(text(DataType(.array(count: 1 << 62), target: .char)).count < 10_000)
    #expect(
      text(DataType(.array(count: 5), byteSize: 0, target: DataType(.aggregate(.structure), name: "e", byteSize: 0)))
        .count < 100)
    weak var looped: DataType?
    let loop = DataType(.typedef, name: "loop", target: looped)
    looped = loop
    #expect(text(loop).count < 100)
    let member = DataType.Member(name: "far", type: .int, offset: .max - 1)
    #expect(text(DataType(.aggregate(.structure), name: "s", byteSize: 8, members: [member])).contains("far = "))
    let field = DataType.Member(name: "bits", type: .int, offset: 0, bitSize: .max, bitOffset: .max)
    #expect(text(DataType(.aggregate(.structure), name: "s", byteSize: 8, members: [field])).contains("bits = "))
    #expect(text(DataType(.base(.float), name: "odd", byteSize: 3)) == "4276545")
    #expect(text(DataType(.base(.signed), name: "big", byteSize: 64)).count < 160)
    #expect(text(DataType(.enumeration(isScoped: false), byteSize: 4)) == "(unknown: 0x41414141)")
  }
}
