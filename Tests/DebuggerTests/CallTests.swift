import Debugger
import TestSupport
import Testing

/// Calls into a running program, with what gdb 13 answers for the same ones.
@Suite struct CallTests {
  static let inC = [
    ("add(1,2)", "3"), ("scale(2,3)", "6"), ("ld(2)", "3"), ("mk(3,4)", "{a = 3, b = 4}"),
    ("mkm(1,2)", "{d = 1, i = 2}"), ("mkb(3)", "{v = {3, 4, 5, 6, 7}}"), ("mkb(3).v[2]", "5"), ("sump(p)", "3"),
    ("summ(m)", "3.5"), ("sumb(b)", "18"), ("many(1,2,3,4,5,6,7,8)", "87654321"), ("len(\"hello\")", "5"),
    ("nothing()", "void"), ("add(1)", "Too few arguments in function call."), ("add(1,2,3)", "3"), ("fp(3,4)", "7"),
    ("(*fp)(3,4)", "7"), ("ff(3)", "1.5"), ("cc(98)", "99 'c'"), ("(int)strlen(\"abc\")", "3"),
    ("strlen(\"abc\")", "'strlen' has unknown return type; cast the call to its declared return type"),
    ("((int(*)(const char*))len)(\"hey\")", "3"),
    (
      "x(1)",
      "'at 0x0x5' has unknown return type; "
        + "cast the call to its declared return type"
    ),
    ("d(1)", "Invalid data type for function to be called."), ("sump(3)", "Invalid cast."),
    ("nosuch(1)", "No symbol \"nosuch\" in current context."), ("add(1.7,2)", "3"), ("sizeof(mkb(1))", "40"),
    ("add(add(1,2),add(3,add(4,5)))", "15"),
  ]

  @Test func functionsOfC() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let registers = try await fixture.session.registers(named: nil, includingVectors: true)
    for (expression, expected) in Self.inC {
      #expect(await answer(expression, in: fixture) == expected, "\(expression)")
    }
    // The thread is where it was, with all that was in its registers.
    #expect(try await fixture.session.registers(named: nil, includingVectors: true) == registers)
    #expect(try await fixture.session.backtrace(limit: nil, withLocals: false).frames.count == 1)
  }

  /// Nothing in an expression happens twice, though a call interrupts its evaluation.
  @Test func effectsAroundACall() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let steps = [
      ("x++ + add(x, 1)", "12"), ("x", "6"), ("depth = 0, nothing(), depth", "1"),
      ("nothing(), nothing(), depth += add(depth, 0)", "6"), ("depth > 5 && add(0, 0)", "0"),
      ("depth > 100 && add(0, 0)", "0"), ("add(0, 0) || add(1, 0)", "1"),
      ("add(1, 0) ? len(\"abc\") : len(\"d\")", "3"),
      ("$kept = mk(8, 9)", "{a = 8, b = 9}"), ("sump($kept)", "17"),
    ]
    for (expression, expected) in steps {
      #expect(await answer(expression, in: fixture) == expected, "\(expression)")
    }
    // What only asks for a type calls nothing.
    let before = await answer("depth", in: fixture)
    #expect(try await fixture.session.typeDescription(of: "add(nothing(), 2)").text == "int")
    #expect(await answer("sizeof(nothing())", in: fixture) == "1")
    #expect(await answer("depth", in: fixture) == before)
  }

  static let inCpp = [
    ("a+b", "{x = 5, y = 8}"), ("-a", "{x = -2, y = -4}"), ("a==b", "false"), ("a[1]", "4"), ("a.len2()", "20"),
    ("geo::dot(a,b)", "22"), ("dot(a,b)", "22"), ("a*2.0", "{x = 4, y = 8}"), ("2.0*a", "{x = 4, y = 8}"),
    ("bird.legs()", "2"), ("an->legs()", "2"), ("pet->owner()", "2"), ("an->getAge()", "3"), ("bird.getAge()", "3"),
    ("Animal::count()", "7"), ("bird.count()", "7"), ("an->Animal::legs()", "4"), ("*it == 33", "true"),
    ("it != end", "true"), ("pp->x", "2"), ("pp->len2()", "20"), ("over(1)", "1"), ("over(1.5)", "2"),
    ("over(\"a\")", "3"), ("over('c')", "4"), ("over(1,2)", "5"), ("over(a)", "6"), ("over(an)", "7"),
    ("over(&bird)", "7"), ("over(1ul)", "8"), ("over(c)", "4"), ("twice<int>(4)", "8"), ("twice<double>(2.5)", "5"),
    ("deref(n)", "4"), ("deref(21)", "42"), ("inc(n)", "void"), ("n", "3"), ("s.size()", "5"), ("v.size()", "3"),
    ("v[1] == 2", "true"), ("v.back() + v.front()", "4"), ("v.empty()", "false"), ("!v.empty()", "true"),
    ("m.size()", "1"), ("m[1].size()", "3"), ("(mm.*pmf)(1)", "6"), ("(pmm->*pmf)(2)", "7"), ("(mm.*pvf)(1)", "7"),
    ("mm.*pm", "5"), ("pmm->*pm", "5"), ("mm.useit()", "6"), ("(a+b).x", "5"), ("(a+b).len2()", "89"),
    ("*v.begin() == 1", "true"), ("gives(4)", "{v = 4}"), ("takes(nt)", "103"), ("nt.v", "3"),
    ("hello(s).size()", "11"), ("hello(hello(s)).size()", "17"), ("v[0] = 9", "9"), ("v.front() == 9", "true"),
    ("(++it).p == end.p", "true"), ("fn(5)", "15"), ("lam(3)", "4"), ("sizeof(a+b)", "16"),
    ("over(1,2,3)", "Cannot resolve function over to any overloaded instance"),
    ("a.nosuch()", "There is no member or method named nosuch."),
    ("mm.get(1,2)", "Cannot resolve method Memb::get to any overloaded instance"),
  ]

  @Test func methodsOverloadsAndOperators() async throws {
    let fixture = try await SessionFixture("calls.cpp", flags: ["-g", "-O0", "-std=c++17"])
    _ = try await fixture.run(toMark: "std::endl; // stop")
    for (expression, expected) in Self.inCpp {
      #expect(await answer(expression, in: fixture) == expected, "\(expression)")
    }
  }

  @Test func aBreakpointInACalledFunctionStaysThere() async throws {
    let sandbox = try Sandbox()
    let program = try Fixture.compile("calls.c")
    let run = try Batch(
      commands: [
        "break calls.c:\(Fixture.line(of: "/* stop */", in: "calls.c"))", "break bp", "run", "print bp(3)", "bt",
        "finish",
        "bt", "print bp(6)", "continue", "info frame", "print bp(5)", "return", "bt",
      ], program: [program], in: sandbox)
    let stop = """
      Evaluation of the expression containing the function
      (bp) will be abandoned.
      When the function is done executing, sdb will silently stop.
      """
    #expect(
      run.output.contains("The program being debugged stopped while in a function called from sdb.\n" + stop)
        || run.errors.contains("The program being debugged stopped while in a function called from sdb.\n" + stop))
    #expect(run.output.contains("#1  <function called from sdb>\n#2  main ()"))
    #expect(run.output.contains("Value returned is $1 = 4\n#0  main ()"))
    #expect(run.output.split(separator: "<function called from sdb>").count == 2)
  }

  @Test(arguments: [
    (setting: "off", shows: "sdb remains in the frame where the signal was received.", frames: 3),
    ("on", "sdb has restored the context to what it was before the call.", 1),
  ])
  func aSignalInACalledFunction(setting: String, shows: String, frames: Int) async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    await fixture.session.update { $0.unwindsOnSignal = setting == "on" }
    #expect(await answer("crash(0)", in: fixture).contains(shows))
    #expect(try await fixture.session.backtrace(limit: nil, withLocals: false).frames.count == frames)
    // In either case the program can still be asked.
    #expect(await answer("add(20, 1)", in: fixture) == "21")
  }

  @Test func aFunctionThatEndsTheProgram() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let text = await answer("quit(3)", in: fixture)
    #expect(text.hasPrefix("The program being debugged exited while in a function called from sdb.\n"))
    #expect(await fixture.session.state == .none)
    #expect(await answer("add(1, 2)", in: fixture) == "You can't do that without a process to debug.")
  }

  @Test func anEndlessFunctionIsInterrupted() async throws {
    let fixture = try await SessionFixture("calls.c")
    _ = try await fixture.run(toMark: "/* stop */")
    let session = fixture.session
    var events = session.events.makeAsyncIterator()
    while let event = await events.next() { if case .stopped = event { break } }
    async let text = answer("loop()", in: fixture)
    while let event = await events.next() { if case .state(.running) = event { break } }
    session.interrupt()
    #expect(await text.contains("while in a function called from sdb."))
    #expect(try await session.backtrace(limit: 2, withLocals: false).frames.first?.function == "loop")
  }

  @Test func conditionsMayCall() async throws {
    let fixture = try await SessionFixture("calls.c")
    let id = try await fixture.session.addBreakpoint(.function("bp")).id
    try await fixture.session.setCondition(breakpoint: id, "add(x, 1) == 2")
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else {
      Issue.record("it did not stop")
      return
    }
    #expect(stop.frame.function == "bp")
    try await fixture.session.setCondition(breakpoint: id, "add(x, 1) == 3")
    guard case .exited(_, let code) = try await fixture.session.run(stopAt: .none) else {
      Issue.record("it did not end")
      return
    }
    #expect(code == 0)
  }

  private func answer(_ expression: String, in fixture: SessionFixture) async -> String {
    do { return try await fixture.value(expression) } catch { return "\(error)" }
  }
}
