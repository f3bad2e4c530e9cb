import Debugger
import Foundation
import TestSupport
import Testing

/// Expressions that few people write, with what gdb 13 answers, but where it is wrong: then what C++ says.
@Suite struct CornerTests {
  static let flags = ["-g", "-O0", "-std=gnu++20"]

  private static let hasAVX =
    (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains(" avx ") ?? false

  static let casts = [
    ("(Derived*)pb == &d", "true"), ("((Derived&)rb).d", "3"), ("(Mid*)pb == pm", "true"),
    ("dynamic_cast<Derived*>(pb) == &d", "true"), ("dynamic_cast<Derived&>(rb).d", "3"),
    ("dynamic_cast<void*>(pb) == (void*)&d", "true"), ("dynamic_cast<Late*>(pb)", "(Late *) 0x0"),
    ("dynamic_cast<Late&>(rb)", "dynamic_cast failed"), ("dynamic_cast<Base*>(none)", "(Base *) 0x0"),
    ("dynamic_cast<Base*>(&d) == pb", "true"),
    ("dynamic_cast<Late*>(pp)", "Couldn't determine value's most derived type for dynamic_cast"),
    ("dynamic_cast<int>(pb)", "Argument to dynamic_cast must be a pointer or reference type"),
    ("dynamic_cast<int*>(pb)", "Argument to dynamic_cast must be pointer to class or `void *'"),
    ("dynamic_cast<Derived*>(p1)", "Argument to dynamic_cast does not have pointer type"),
    ("dynamic_cast<Derived*>(&old)", "Argument to dynamic_cast does not have pointer to class type"),
    ("static_cast<Derived*>(pb) == &d", "true"), ("(long)reinterpret_cast<Derived*>(pb) == (long)pb", "true"),
    ("(Late*)pp", "Cannot convert from a virtual base class: what the object is a part of is not known."),
    ("((Both*)pr)->c", "3"), ("static_cast<Both*>(pr) == &both", "true"),
    ("method", "&virtual Base::vf()"), ("dmethod", "&virtual Derived::vf()"),
    ("&Derived::vf", "&virtual Derived::vf()"), ("&Point::y", "&Point::y"),
  ]
  static let composites = [
    ("/x z", "{_M_value = 0x3ff8000000000000 + 0x4004000000000000i}"), ("/x zi", "{_M_real = 0xa, _M_imag = 0x14}"),
    ("/x cf", "0x40400000 + 0x40800000i"), ("cf + 1", "4 + 4i"), ("2 - cf", "-1 + -4i"), ("cf * cf", "-7 + 24i"),
    ("cf / cf", "1 + 0i"), ("cf == cf", "true"), ("cf != cf", "false"), ("-cf", "-3 + -4i"), ("~cf", "3 + -4i"),
    ("cf % 2", "Argument to arithmetic operation not a number or boolean."), ("$_creal(cf)", "3"),
    ("product(v, v)", "{1, 16, 81, 256}"), ("sum(w, w)", "{4, 8}"), ("v + v", "{2, 8, 18, 32}"),
    ("v * 2", "{2, 8, 18, 32}"), ("2 - v", "{1, -2, -7, -14}"), ("-v", "{-1, -4, -9, -16}"), ("v == v", "true"),
    ("v != v", "false"), ("v[1]", "4"), ("w << 1", "{4, 8}"), ("~w", "{-3, -5}"),
    ("v + w", "Cannot perform operation on vectors with different types"),
  ]
  static let others = [
    ("Blue", "No symbol \"Blue\" in current context."), ("col = Colour::Blue", "Colour::Blue"), ("One", "One"),
    ("bits.a = 9", "1"), ("bits.b = -8", "-8"), ("counter::calls", "1"), ("counter::last", "{x = 1, y = 0}"),
    ("counter::nosuch", "No symbol \"nosuch\" in specified context."),
    ("calls", "No symbol \"calls\" in current context."),
    ("add(1,2,3)", "Cannot resolve function add to any overloaded instance"),
    ("add(p1, 2)", "Cannot resolve function add to any overloaded instance"),
    ("add(\"x\", 2)", "Cannot resolve function add to any overloaded instance"),
    ("takesPoint(5)", "Cannot resolve function takesPoint to any overloaded instance"),
    ("takesText(5)", "Cannot resolve function takesText to any overloaded instance"),
    ("takesText(\"abc\")", "97"), ("takesMany(1, 2, 3)", "1"), ("add(1)", "Too few arguments in function call."),
    ("thrower(0)", "4"), ("p1 == p2", "true"), ("p1 == p3", "false"), ("p1 != p3", "true"),
    ("(int)getpid() > 0", "true"),
  ]

  @Test(arguments: [nil, "clang++"])
  func values(compiler: String?) async throws {
    let fixture = try await SessionFixture("corners.cpp", flags: Self.flags, compiler: compiler)
    _ = try await fixture.run(toMark: "// stop")
    // clang does not say which operators are defaulted.
    let compared = compiler == nil ? [("u1 == u2", "true"), ("u1 == u3", "false"), ("u1 != u3", "true")] : []
    for (expression, expected) in Self.casts + Self.composites + Self.others + compared {
      let isHexadecimal = expression.hasPrefix("/x ")
      let text: String
      do {
        text = try await fixture.session.evaluate(
          isHexadecimal ? String(expression.dropFirst(3)) : expression,
          format: isHexadecimal ? ValueFormat(.hexadecimal) : .natural
        ).variable.value
      } catch {
        text = "\(error)"
      }
      #expect(text == expected, "\(expression)")
    }
  }

  @Test(arguments: [nil, "clang++"])
  func aVirtualBaseOfAnObjectThatIsNotMadeYet(compiler: String?) async throws {
    let fixture = try await SessionFixture("construction.cpp", compiler: compiler)
    _ = try await fixture.run(toMark: "// first")
    #expect(try await fixture.value("d").hasPrefix("{<M> = {<V> = <invalid address>, "))
  }

  @Test func whatIsInNoMemory() async throws {
    let fixture = try await SessionFixture("synthetic.cpp", flags: ["-g", "-O2"], compiler: "g++")
    _ = try await fixture.run(toMark: "// stop")
    await fixture.expectValues([
      ("second", "(int &) <synthetic pointer>: <optimized out>"),
      ("&fixed", "Can't take address of \"fixed\" which isn't an lvalue."),
      ("&Shape::area", "&virtual Shape::area(int) const"),
    ])
    let row = try await fixture.session.locals().first { $0.name == "second" }
    #expect(row?.value == "<synthetic pointer>: <optimized out>")
  }

  /// As wide as the processor's registers may be: the calling convention passes them in those.
  @Test(.enabled(if: hasAVX))
  func wideVectors() async throws {
    let fixture = try await SessionFixture("wide.c", flags: ["-g", "-O0", "-mavx"])
    _ = try await fixture.run(toMark: "/* stop */")
    #expect(try await fixture.value("twice(wide)") == "{2, 4, 6, 8, 10, 12, 14, 16}")
    #expect(try await fixture.value("wide") == "{1, 2, 3, 4, 5, 6, 7, 8}")
  }

  @Test func anExceptionThatNobodyCatches() async throws {
    let fixture = try await SessionFixture("corners.cpp", flags: Self.flags)
    _ = try await fixture.run(toMark: "// stop")
    let before = try await fixture.session.registers(named: nil, includingVectors: true)
    await #expect(throws: SessionError.self) { try await fixture.value("thrower(1)") }
    do {
      _ = try await fixture.value("thrower(1)")
    } catch {
      #expect("\(error)".contains("The program being debugged entered a std::terminate call"))
      #expect("\(error)".contains("Evaluation of the expression containing the function (thrower(int))"))
    }
    #expect(try await fixture.session.registers(named: nil, includingVectors: true) == before)
    #expect(try await fixture.session.backtrace(limit: nil, withLocals: false).frames.count == 1)
    #expect(try await fixture.value("thrower(0)") == "4")
  }

  @Test func proceduresOfFortran() async throws {
    let fixture = try await SessionFixture("procedures.f90", flags: ["-g", "-O0"], compiler: "gfortran")
    _ = try await fixture.run(toMark: "! stop")
    await fixture.expectValues([
      ("addi(1, 2)", "3"), ("addi(i, 4)", "8"), ("addi(addi(1, 2), 5)", "8"), ("halved(3)", "1.5"),
      ("halved(x)", "6.875"), ("total(v, 3)", "6"), ("bump(i)", "void"), ("i", "5"),
    ])
  }

  @Test func returnedValues() async throws {
    let fixture = try await SessionFixture("returns.cpp", flags: ["-g", "-O0"])
    let session = fixture.session
    let functions = [
      ("real", "2.5"), ("small", "3"), ("pair", "$kept"), ("wide", "7.25"), ("text", "(char*)0"),
    ]
    for (name, _) in functions { _ = try await session.addBreakpoint(.function(name)) }
    let end = try LocationSpecification.fileLine(file: "returns.cpp", line: fixture.line("// stop"))
    _ = try await session.addBreakpoint(end)
    _ = try await session.run(stopAt: .none)
    for (name, expression) in functions {
      #expect(try await session.selectedFrame().function == name)
      if name == "pair" {
        _ = try await session.moveFrame(by: 1)
        _ = try await session.evaluate("$kept = kept")
        _ = try await session.moveFrame(by: -1)
      }
      _ = try await session.popFrame(returning: expression)
      _ = try await session.proceed(.continue, count: 1)
    }
    await fixture.expectValues([
      ("d", "2.5"), ("f", "3"), ("p", "{x = 6, y = 7}"), ("l", "7.25"), ("c", "0x0"),
    ])
  }

  @Test func staticVariablesHaveTheirOwnNames() async throws {
    let fixture = try await SessionFixture("statics.c")
    _ = try await fixture.run(toMark: "// stop")
    for (expression, ending) in [
      ("&rows::table", "<table>"), ("&rows::table[1]", "<table+4>"), ("&rows::label", "<label>"),
    ] {
      #expect(try await fixture.value(expression).hasSuffix(ending), "\(expression)")
    }
    #expect(try await fixture.value("row == rows::table") == "1")
    await fixture.expectValues([("&kept", "Address requested for identifier \"kept\" which is in register $rbx")])
  }

  @Test func textsForPrintf() async throws {
    let fixture = try await SessionFixture("corners.cpp", flags: Self.flags)
    _ = try await fixture.run(toMark: "// stop")
    let session = fixture.session
    func text(at expression: String) async throws(SessionError) -> String {
      try await session.text(of: [.value(expression, .text { $0 ?? "none" })])
    }
    func number(_ expression: String) async throws(SessionError) -> String {
      try await session.text(of: [.value(expression, .integer { String($0) })])
    }
    #expect(try await text(at: "text") == "abc")
    #expect(try await text(at: "\"hello\"") == "hello")
    #expect(try await text(at: "0") == "none")
    #expect(try await number("3.7") == "3")
    await #expect(throws: SessionError.expression("Value can't be converted to integer.")) {
      try await text(at: "str")
    }
    await #expect(throws: SessionError.expression("Cannot access memory at address 0x5")) {
      try await text(at: "5")
    }
    await #expect(throws: SessionError.expression("Value can't be converted to integer.")) {
      try await number("p1")
    }
  }

  @Test func virtualTables() async throws {
    let fixture = try await SessionFixture("corners.cpp", flags: Self.flags)
    _ = try await fixture.run(toMark: "// stop")
    let tables = try await fixture.session.virtualTables(of: "d") ?? []
    #expect(tables.map(\.className) == ["Derived", "Base"])
    #expect(tables.first?.functions.count == 1)
    #expect(tables.first?.functions.first?.hasSuffix(" <Derived::vf()>") == true)
    #expect(tables.last?.functions.last?.hasSuffix(" <virtual thunk to Derived::vf()>") == true)
    #expect(try await fixture.session.virtualTables(of: "pb")?.map(\.className) == ["Base"])
    #expect(try await fixture.session.virtualTables(of: "late") == [])
    #expect(try await fixture.session.virtualTables(of: "p1") == nil)
  }
}
