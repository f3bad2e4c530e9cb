import DebugInfo
import Debugger
import MachineModel
import Testing

/// Expressions of C, with gdb 13's answers.
struct ExpressionTests {
  @Test(arguments: [
    ("1+2", "3"), ("10/3", "3"), ("10%3", "1"), ("-10/3", "-3"), ("-10%3", "-1"), ("10/3.0", "3.3333333333333335"),
    ("1.0/0", "inf"), ("1==1", "1"), ("1&&0", "0"), ("!5", "0"), ("~5", "-6"), ("-5", "-5"), ("1<<31", "-2147483648"),
    ("1<<32", "0"), ("1<<-1", "0"), ("-5 >> 1", "-3"), ("-5 >> 40", "-1"), ("5 >> 40", "0"), ("1 << 3 + 1", "16"),
    ("2147483648", "2147483648"), ("18446744073709551615", "18446744073709551615"), ("0xffffffff", "4294967295"),
    ("2147483647+1", "-2147483648"), ("4294967295u+1", "0"), ("9223372036854775807 + 1", "-9223372036854775808"),
    ("-9223372036854775807 - 1", "-9223372036854775808"), ("(-9223372036854775807 - 1) / -1", "-9223372036854775808"),
    ("'a'", "97 'a'"), ("'a'+1", "98"), ("'\\n'", "10 '\\n'"), ("'\\x41'", "65 'A'"), ("'\\101'", "65 'A'"),
    ("\"abc\"", "\"abc\""), ("sizeof(\"abc\")", "4"), ("\"abc\"[1]", "98 'b'"), ("\"a\" \"b\"", "\"ab\""),
    ("1.5f", "1.5"), ("1e3", "1000"), ("1.0f/3", "0.333333343"), ("010", "8"), ("0b101", "5"), ("0x1p3", "8"),
    (".5", "0.5"),
    ("1?2:3", "2"), ("0?2:3", "3"), ("1,2", "2"), ("1 ? 2 : 1/0", "2"), ("0 && 1/0", "0"), ("1 || 1/0", "1"),
    ("7 & 3 | 8 ^ 1", "11"), ("1 < 2 < 3", "1"), ("-1 > 0u", "1"), ("3u-5", "4294967294"),
    ("5ul - 6", "18446744073709551615"),
    ("1L << 40", "1099511627776"), ("3 * (2 + 1)", "9"), ("- - 5", "5"), ("5/2.", "2.5"), ("1.5e4000 > 1", "1"),
  ])
  func arithmetic(expression: String, expected: String) {
    #expect(TestScope().print(expression) == expected)
  }

  @Test(arguments: [
    ("1/0", "Division by zero"), ("1%0", "Division by zero"), ("18446744073709551616", "Numeric constant too large."),
    ("09", "Invalid number \"09\"."), ("0x", "Invalid number \"0x\"."), ("0xg", "Invalid number \"0xg\"."),
    ("12abc", "Invalid number \"12abc\"."), ("1.2.3", "A syntax error in expression, near `.3'."),
    ("(1", "A syntax error in expression, near `'."), ("1)", "Junk after end of expression."),
    ("1+", "A syntax error in expression, near `'."), ("1 2", "A syntax error in expression, near `2'."),
    ("[1]", "A syntax error in expression, near `[1]'."), ("->", "A syntax error in expression, near `->'."),
    ("'a' 'b'", "A syntax error in expression, near `'b''."), ("\"abc", "Unterminated string in expression."),
    ("'a", "Unmatched single quote."), ("nosuch", "No symbol \"nosuch\" in current context."),
    ("origin.nosuch", "There is no member named nosuch."),
    ("point_pointer->nosuch", "There is no member named nosuch."),
    ("global.x", "Attempt to extract a component of a value that is not a structure."),
    ("global->x", "Attempt to extract a component of a value that is not a structure pointer."),
    ("5=3", "Left operand of assignment is not an lvalue."),
    ("&5", "Attempt to take address of value not located in memory."),
    ("*(int *)0x10", "Cannot access memory at address 0x10"), ("*0x10", "Cannot access memory at address 0x10"),
    ("{int} 0x10", "Cannot access memory at address 0x10"), ("*null_pointer", "Cannot access memory at address 0x0"),
    ("*void_pointer", "Attempt to dereference a generic pointer."),
    ("*1.5", "Attempt to take contents of a non-pointer value."),
    ("global[0]", "cannot subscript something of type `int'"),
    ("~d", "Argument to complement operation not an integer, boolean."),
    ("global_pointer+inside", "Argument to arithmetic operation not a number or boolean."),
    ("d%2", "Integer-only operation on floating point number."),
    ("-origin", "Structure has no component named operator-."),
    ("origin+1", "Structure has no component named operator+."),
    ("struct point", "Attempt to use a type name as an expression"),
    ("int", "Attempt to use a type name as an expression"), ("(struct nosuch *)0", "No struct type named nosuch."),
    ("table = 5", "Invalid cast."), ("add(1,0)", "Functions of the program are called by commands only."),
    ("main::x", "No symbol \"main\" in current context."),
    ("'nosuch.c'::global", "No symbol \"nosuch.c\" in current context."),
    ("\"abc\"[0]@2", "Only values in memory can be extended with '@'."),
  ])
  func errors(expression: String, expected: String) {
    #expect(cProgram().print(expression) == expected)
  }

  @Test(arguments: [
    ("*point_pointer", "{x = 3, y = 4}"), ("point_pointer->x", "3"), ("point_pointer.x", "3"), ("origin->x", "3"),
    ("*greeting@3", "\"hel\""), ("*table@2", "{1, 2}"), ("table[1]@2", "{2, 3}"), ("matrix[1]", "{4, 5, 6}"),
    ("matrix[1][2]", "6"), ("**matrix", "1"), ("*(table+1)", "2"), ("&table[2]-&table[0]", "2"),
    ("point_pointer-point_pointer", "0"), ("inside==&table[1]", "1"), ("inside>table", "1"), ("*greeting", "104 'h'"),
    ("blue+1", "7"), ("blue==6", "1"), ("ab|4", "7"), ("sizeof table/sizeof table[0]", "3"), ("sizeof(int[4])", "16"),
    ("sizeof(struct point)", "8"), ("sizeof shape", "64"), ("'values.c'::global", "42"), ("use::global", "42"),
    ("'use'::global", "42"), ("shape.tag.i", "0"), ("anonymous.b", "2"), ("anonymous.e", "0"), ("bits.c", "-100"),
    ("bits.c+1", "-99"), ("shape.name[0]", "115 's'"), ("*shape.name@4", "\"squa\""), ("{int} &global", "42"),
    ("{struct point} &origin", "{x = 3, y = 4}"), ("(enum colour)5", "GREEN"), ("(enum colour)3", "3"),
    ("(char)97", "97 'a'"), ("(unsigned char)300", "44 ','"), ("(float)1/3", "0.333333343"), ("(int)3.9", "3"),
    ("int(3.9)", "3"), ("(_Bool)5", "true"), ("(short)70000", "4464"), ("(unsigned)-1", "4294967295"),
    ("(char)200", "-56 '\\310'"),
    ("(void)0", "void"), ("(void *)5", "(void *) 0x5"), ("(int *)0", "(int *) 0x0"), ("ch+ch", "194"), ("uc+uc", "510"),
    ("s*s", "49"), ("f*2", "0.200000003"), ("!d", "0"), ("!greeting", "0"), ("(unsigned long int)1", "1"),
    ("sizeof(char[10][3])", "30"),
    ("\"yes\" == 0 ? 1 : 2", "evaluation of this expression requires the target program to be active"),
    ("table[3-1]", "3"),
    ("&*greeting == greeting", "1"),
  ])
  func program(expression: String, expected: String) {
    #expect(cProgram().print(expression) == expected)
  }

  @Test func assignments() {
    let scope = cProgram()
    let steps = [
      ("global=43", "43"), ("global", "43"), ("global+=2", "45"), ("global-=3", "42"), ("global = 2.75", "2"),
      ("global = 7, global << 2", "28"), ("point_pointer->x++", "3"), ("points[1].x", "4"), ("++global", "8"),
      ("--global", "7"), ("origin = points[2]", "{x = 5, y = 6}"), ("origin.y", "6"), ("bits.b = 33", "1"),
      ("bits", "{a = -1, b = 1, c = -100, d = true, e = BLUE}"), ("bits.a = 2", "2"), ("bits.c = -7", "-7"),
      ("bits", "{a = 2, b = 1, c = -7, d = true, e = BLUE}"), ("text8[0] = 'z'", "122 'z'"), ("f = 1.25", "1.25"),
      ("text8", "\"zbc\\000\\000\\000\\000\""), ("text8 = \"xy\"", "\"xy\\000\\000\\000\\000\\000\""),
      ("blue = GREEN_IS_NOT_HERE", "No symbol \"GREEN_IS_NOT_HERE\" in current context."),
      ("blue = 5", "GREEN"), ("null_pointer = &global", "(int *) 0x555555558000 <global>"), ("$i=3", "3"),
      ("$i+1", "4"),
      ("$i *= 5", "15"), ("$never", "void"), ("shape.corners[1].x = 9", "9"), ("shape.corners[1]", "{x = 9, y = 0}"),
      ("ld = 2", "2"), ("d = f", "1.25"), ("u = -1", "4294967295"),
    ]
    for (expression, expected) in steps {
      #expect(scope.print(expression) == expected, "\(expression)")
    }
  }

  @Test func typesOnlyAssignNothing() {
    let scope = cProgram()
    #expect(scope.whatis("global = 5") == "int")
    #expect(scope.whatis("$new = 5") == "int")
    #expect(scope.print("sizeof(global = 6)") == "4")
    #expect(scope.print("global") == "42")
    #expect(scope.print("$new") == "void")
  }

  @Test func registers() {
    let scope = cProgram()
    scope.registers = [
      0: littleEndian(UInt64(0xffff_ffff_8000_1234)), 7: littleEndian(UInt64(0x7fff_ffff_e5a0)),
      16: littleEndian(scope.symbols.first { $0.name == "add" }!.address.rawValue + 1), 49: littleEndian(UInt64(0x246)),
      17: littleEndian(UInt64(0x3ff0_0000_0000_0000)) + littleEndian(UInt64(0)),
    ]
    #expect(scope.print("$rax") == "-2147478988")
    #expect(scope.print("$eax", .hexadecimal) == "0x80001234")
    #expect(scope.print("$ax") == "4660")
    #expect(scope.print("$al", .hexadecimal) == "0x34")
    #expect(scope.print("$ah", .hexadecimal) == "0x12")
    #expect(scope.print("$sp") == "(void *) 0x7fffffffe5a0")
    #expect(scope.print("$pc").hasSuffix(" <add+1>"))
    #expect(scope.print("$pc").hasPrefix("(void (*)()) 0x5555"))
    #expect(scope.print("$eflags") == "[ PF ZF IF ]")
    #expect(scope.print("$xmm0.v2_double[0]") == "1")
    #expect(scope.print("$xmm0.v16_int8[7]") == "63")
    #expect(scope.print("$rbx") == "<optimized out>")
    #expect(scope.print("$eax = 1, $rax", .hexadecimal) == "0xffffffff00000001")
    #expect(scope.whatis("$rip") == "void (*)()")
    #expect(scope.whatis("$rax") == "int64_t")
    #expect(scope.whatis("$eflags") == "i386_eflags")
  }

  @Test func history() throws {
    let scope = cProgram()
    #expect(scope.print("$") == "void")
    for text in ["11", "22", "33"] { scope.recorded.append(try ExpressionEvaluator(scope: scope).evaluate(text)) }
    #expect(["$", "$$", "$$2", "$1", "$2 + 1"].map { scope.print($0) } == ["33", "22", "11", "11", "23"])
    #expect(scope.print("$9999") == "History has not yet reached $9999.")
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "(", count: 100_00) + "1" + String(repeating: ")", count: 100_00)
    #expect(TestScope().print(deep) == "The expression is nested too deeply.")
    #expect(TestScope().print(String(repeating: "-", count: 30_000) + "1") == "The expression is nested too deeply.")
    #expect(TestScope().print(String(repeating: "1+", count: 70_000) + "1") == "The expression is too long.")
  }

  /// A literal without a prefix consists of bytes, as the program's own do.
  @Test(arguments: [
    ("sizeof(\"é\")", "3"), ("sizeof(\"é∑😀\")", "10"), ("sizeof(L\"é∑\")", "12"), ("sizeof(u\"😀\")", "6"),
    ("sizeof(u8\"é\")", "3"), ("'é'", "Invalid character constant."), ("L'é'", "233 L'é'"),
    ("\"\\351\"[0]", "-23 '\\351'"),
    ("\"é\"[1]", "-87 '\\251'"),
  ])
  func charactersPastASCII(expression: String, expected: String) {
    #expect(TestScope().print(expression) == expected)
  }

  /// What is built from left to right is as deep, in the end.
  @Test(arguments: [
    ("1+", "1"), ("1,", "1"), ("1*", "1"), ("(int*)", "0"), ("1 .* ", "1"), ("$_.a[0]", ".a"), ("(char(", "*)())0"),
    ("(int", String(repeating: "*", count: 20_000) + ")0"), ("(int", String(repeating: "[1]", count: 10_000) + ")0"),
    ("(int", String(repeating: "(*", count: 10_000) + ")0"),
  ])
  func chainsAreBounded(link: String, end: String) {
    let text = TestScope().print(String(repeating: link, count: link == "(int" ? 1 : 8_000) + end)
    #expect(text.hasPrefix("The expression is ") || text.hasPrefix("A syntax error"))
    #expect(TestScope().print(String(repeating: "1+", count: 400) + "1") == "401")
    #expect(TestScope().print("sizeof({\(String(repeating: "1,", count: 2_000))1})") == "8004")
  }

  @Test(arguments: [
    ("global", "42"), ("&global", "0x555555558000"), ("table", "0x555555558010"), ("&origin", "0x555555558020"),
    ("0x1234+4", "0x1238"), ("1.5 * 3", "0x4"),
  ])
  func addresses(expression: String, expected: String) throws {
    let address = try ExpressionEvaluator(scope: cProgram()).address(expression)
    #expect(address.description == expected || String(address.rawValue) == expected)
  }

  @Test func aStructureIsNoAddress() {
    #expect(throws: ExpressionError("Value can't be converted to integer.")) {
      try ExpressionEvaluator(scope: cProgram()).address("origin")
    }
  }
}
