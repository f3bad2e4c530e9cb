import Testing

@testable import Commands

@Suite struct PrintfTests {
  @Test func takesFormatsApart() throws {
    let format = try PrintfFormat(parsing: "\"n=%5.2f, %-3d%%\\n%lx\", x, f(1, 2), \"a,b\"[0]")
    #expect(format.arguments == ["x", "f(1, 2)", "\"a,b\"[0]"])
    var float = PrintfFormat.Conversion(letter: "f")
    float.width = 5
    float.precision = 2
    var decimal = PrintfFormat.Conversion(flags: "-", letter: "d")
    decimal.width = 3
    let long = PrintfFormat.Conversion(letter: "x", size: 8)
    #expect(
      format.pieces == [
        .text("n="), .conversion(float), .text(", "), .conversion(decimal), .text("%\n"), .conversion(long),
      ])
  }

  @Test(arguments: [
    ("%d", Int64(-5), "-5"), ("%5d", 42, "   42"), ("%-5d|", 42, "42   "), ("%05d", -42, "-0042"), ("%+d", 3, "+3"),
    ("%u", -1, "4294967295"), ("%lu", -1, "18446744073709551615"), ("%x", 255, "ff"), ("%#x", 255, "0xff"),
    ("%08x", 255, "000000ff"), ("%o", 8, "10"), ("%c", 65, "A"), ("%p", 4096, "0x1000"), ("%hhd", 257, "1"),
    ("%.3d", 7, "007"), ("%d", Int64(1) << 40, "0"), ("%ld", Int64(1) << 40, "1099511627776"),
  ])
  func formatsIntegersAsC(_ format: String, _ value: Int64, _ text: String) throws {
    let parsed = try PrintfFormat(parsing: "\"\(format)\", x")
    guard case .conversion(let conversion)? = parsed.pieces.first else {
      Issue.record("no conversion")
      return
    }
    #expect(conversion.format(integer: value) == text)
  }

  @Test(arguments: [
    ("%f", 1.5, "1.500000"), ("%8.2f", -1.5, "   -1.50"), ("%g", 1e20, "1e+20"), ("%e", 0.0, "0.000000e+00"),
  ])
  func formatsNumbersAsC(_ format: String, _ value: Double, _ text: String) throws {
    let parsed = try PrintfFormat(parsing: "\"\(format)\", x")
    guard case .conversion(let conversion)? = parsed.pieces.first else {
      Issue.record("no conversion")
      return
    }
    #expect(conversion.format(number: value) == text)
  }

  @Test(arguments: ["%d", "\"%d", "\"%q\", 1", "\"%d\"", "\"x\", 1", "\"%d\" 1"])
  func refusesBadFormats(_ text: String) {
    #expect(throws: CommandError.self) { try PrintfFormat(parsing: text) }
  }

  @Test(arguments: [("a\\nb", "a\nb"), ("\\101\\x", "Ax"), ("\\\"q\\\\", "\"q\\"), ("end\\", "end"), ("\\0", "\0")])
  func decodesEscapes(_ text: String, _ decoded: String) { #expect(CEscapes.decode(text) == decoded) }

  @Test func substitutesArguments() {
    let arguments = UserCommandArguments("one \"two words\" (3)")
    #expect(
      arguments.substitute(in: ["p $arg0, $arg1 $arg2 $argc $arg9 $argument"])
        == ["p one, \"two words\" (3) 3 $arg9 $argument"])
  }
}
