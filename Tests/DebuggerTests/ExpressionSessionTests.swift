import Debugger
import TestSupport
import Testing

/// Registers, convenience variables and literals over a real process, with what gdb 13 answers.
@Suite struct ExpressionSessionTests {
  static let table = [
    ("$mxcsr", "[ IM DM ZM OM UM PM ]"), ("$fctrl", "895"), ("$fstat", "0"), ("$ftag", "65535"), ("$fop", "0"),
    ("$orig_rax", "-1"), ("$_thread", "1"), ("$_gthread", "1"), ("$_inferior", "1"), ("$_siginfo.si_signo", "5"),
    ("$_siginfo.si_code", "128"), ("$_siginfo._sifields._sigfault.si_addr", "(void *) 0x0"),
    ("$_strlen(\"abc\")", "3"), ("$_streq(\"a\",\"b\")", "0"), ("$_streq(\"a\",\"a\")", "1"),
    ("$_regex(\"abc\",\"a.c\")", "1"), ("$_regex(\"abc\",\"b\")", "0"), ("$_isvoid($nope)", "1"),
    ("$_isvoid(1)", "0"), ("$_memeq(\"ab\",\"ab\",2)", "1"), ("$_as_string(1)", "\"1\""), ("_Alignof(double)", "8"),
    ("{1,2}", "{1, 2}"), ("{1,2,3}[1]", "2"), ("{1.5,2}", "array elements must all be the same size"),
    ("m = {3,4}", "{d = 3, i = 4}"), ("p = {1,2}", "{a = 1, b = 2}"), ("$q = p", "{a = 1, b = 2}"),
    ("$q.a = 77", "77"), ("$q", "{a = 77, b = 2}"), ("p", "{a = 1, b = 2}"), ("$a = b.v, $a[2]", "9"),
    ("$a[2] = 5", "5"), ("b.v[2]", "5"), ("1 @ 0", "Only values in memory can be extended with '@'."),
    ("''", "A character constant must contain at least one character."), ("*b.v@2", "{7, 8}"),
    ("$st0 = 1.5", "1.5"), ("$st0 * 2", "3"), ("$xmm0.v4_int32[1] = 7", "7"), ("$xmm0.v4_int32[1]", "7"),
    ("$ymm0.v4_double[0] = 1.5", "Left operand of assignment is not an lvalue."),
  ]

  @Test func expressions() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    for (expression, expected) in Self.table {
      let text: String
      do { text = try await fixture.value(expression) } catch { text = "\(error)" }
      #expect(text == expected, "\(expression)")
    }
  }

  @Test func whatWasExaminedLast() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let dump = try await fixture.session.examine("&p", count: 2, format: ValueFormat(.decimal, unitSize: 4))
    #expect(dump.rows.first?.values == ["1", "2"])
    #expect(try await fixture.value("$__") == "2")
    #expect(try await fixture.value("$_ == (int *)&p.b") == "1")
    // Backwards: what ends right before the address.
    let back = try await fixture.session.examine("&p + 1", count: -2, format: ValueFormat(.decimal, unitSize: 4))
    #expect(back.rows.first?.values == ["1", "2"])
    let text = try await fixture.session.examine("\"abc\"", count: 1, format: ValueFormat(.string))
    #expect(text.rows.first?.values == ["\"abc\""])
    let code = try await fixture.session.examine("$pc", count: -2, format: ValueFormat(.instruction))
    let pc = try await fixture.session.selectedFrame().address
    #expect(code.rows.count == 2)
    #expect(code.rows.allSatisfy { $0.address < pc })
  }

  /// Whatever is typed, there is an answer, and no crash.
  @Test func randomTokens() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let words = [
      "x", "p", "b", "d", "fp", "main", "depth", "(", ")", "[", "]", "{", "}", "*", "&", "+", "-", "/", "%", "@", "=",
      "+=",
      "<<", ">>", "==", "<", "&&", "||", "!", "~", "?", ":", ",", ".", "->", "a", "v", "0", "1", "-1", "2.5",
      "99999999999", "'a'", "\"s\"", "$rax", "$_siginfo", "$xmm0", "$q", "$", "$$", "$1", "sizeof", "int", "char",
      "struct pair", "long double", "unsigned", "_Alignof", "$_strlen", "$_as_string", "::", "nosuch", "++", "--",
      "(int)",
    ]
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<1500 {
      let text = (0...next(9)).map { _ in words[next(words.count)] }.joined(separator: " ")
      // A call of whatever a number leads to may do anything; that is the program's affair.
      guard !text.contains("fp (") && !text.contains("main (") && !text.contains(") (") && !text.contains("] (") else {
        continue
      }
      _ = try? await fixture.session.typeDescription(of: text)
    }
    #expect(try await fixture.value("1 + 1") == "2")
  }
}
