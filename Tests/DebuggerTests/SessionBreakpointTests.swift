import Debugger
import TestSupport
import Testing

@Suite struct SessionBreakpointTests {
  @Test func hitsAreCountedAndIgnored() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let breakpoint = try await fixture.session.addBreakpoint(.function("countdown"))
    try await fixture.session.ignore(breakpoint: breakpoint.id, count: 2)
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(stop.cause == .breakpoint(id: 1, isTemporary: false))
    #expect(try await fixture.value("n") == "1")
    #expect(await fixture.session.breakpoints().first?.hits == 3)
  }

  /// A function's first line is before what is inlined right behind its prologue; that one's own line is in it.
  @Test(arguments: ["clang", "gcc"]) func firstLineBeforeInlinedCode(compiler: String) async throws {
    for (mark, functions) in [("// outer begins", ["outer"]), ("// inner begins", ["inner"])] {
      let fixture = try await SessionFixture("firstline.c", flags: ["-g", "-O2"], compiler: compiler)
      // gcc has nothing of `outer` before the inlined code.
      if compiler == "gcc", mark.contains("outer") { continue }
      _ = try await fixture.run(toMark: mark)
      let frames = try await fixture.session.backtrace(limit: 1, withLocals: false).frames
      #expect(frames.map(\.function) == functions, "\(mark)")
    }
  }

  /// A large ignore count makes a counter of a breakpoint: it is told when the program has ended.
  @Test func ignoredHitsAreCountedToTheEnd() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let breakpoint = try await fixture.session.addBreakpoint(.function("countdown"))
    try await fixture.session.ignore(breakpoint: breakpoint.id, count: 1000)
    guard case .exited = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    let after = await fixture.session.breakpoints().first
    #expect(after?.hits == 4)
    #expect(after?.ignoreCount == 996)
  }

  /// Two breakpoints at one place: what one ignores stops at the other.
  @Test func anIgnoredHitStillCountsForAnother() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let first = try await fixture.session.addBreakpoint(.function("countdown"))
    _ = try await fixture.session.addBreakpoint(.function("countdown"))
    try await fixture.session.ignore(breakpoint: first.id, count: 2)
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(stop.cause == .breakpoint(id: 2, isTemporary: false))
    #expect(await fixture.session.breakpoints().map(\.hits) == [1, 1])
  }

  @Test func aFalseConditionDoesNotStop() async throws {
    let fixture = try await SessionFixture("stepping.c")
    _ = try await fixture.session.addBreakpoint(.function("countdown"), condition: "n == 1")
    guard case .stopped = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(try await fixture.value("n") == "1")
    #expect(await fixture.session.breakpoints().first?.hits == 1)
  }

  @Test func aConditionIsTestedDuringAStep() async throws {
    let fixture = try await SessionFixture("stepping.c")
    _ = try await fixture.run(toMark: "go deep")
    _ = try await fixture.session.addBreakpoint(.function("countdown"), condition: "n == 99")
    let stop = try await fixture.move(.next)
    #expect(stop.frame.line == (try fixture.line("inline call")))
  }

  @Test func aTemporaryBreakpointStopsOnce() async throws {
    let fixture = try await SessionFixture("stepping.c")
    _ = try await fixture.session.addBreakpoint(.function("countdown"), isTemporary: true)
    guard case .stopped(let stop) = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(stop.cause == .breakpoint(id: 1, isTemporary: true))
    #expect(await fixture.session.breakpoints().isEmpty)
    guard case .exited = try await fixture.session.proceed(.continue) else { throw Missing() }
  }

  @Test func disabledAndDeletedOnesDoNotStop() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let first = try await fixture.session.addBreakpoint(.function("twice"))
    let second = try await fixture.session.addBreakpoint(.function("countdown"))
    try await fixture.session.enableBreakpoints([first.id], false)
    try await fixture.session.deleteBreakpoints([second.id])
    guard case .exited = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    await #expect(throws: SessionError.noBreakpoint(second.id)) {
      try await fixture.session.deleteBreakpoints([second.id])
    }
  }

  @Test func aLineWithoutCodeMovesToTheNext() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let breakpoint = try await fixture.session.addBreakpoint(.fileLine(file: "stepping.c", line: 1))
    #expect(breakpoint.locations.first?.line == (try fixture.line("make_pair body")))
  }

  @Test func theyAreKeptWhenTheProgramRunsAnew() async throws {
    let fixture = try await SessionFixture("stepping.c")
    let first = try await fixture.run(to: .function("twice"))
    guard case .stopped(let second) = try await fixture.session.run(stopAt: .none) else { throw Missing() }
    #expect(second.frame.function == first.frame.function)
    #expect(await fixture.session.breakpoints().first?.hits == 2)
  }

  @Test func anUnknownFunctionIsRefusedOrPending() async throws {
    let fixture = try await SessionFixture("stepping.c")
    await #expect(throws: SessionError.unknownFunction("nowhere")) {
      try await fixture.session.addBreakpoint(.function("nowhere"))
    }
    let pending = try await fixture.session.addBreakpoint(.function("nowhere"), allowsPending: true)
    #expect(pending.locations.isEmpty)
    guard case .exited = try await fixture.session.run(stopAt: .none) else { throw Missing() }
  }

  /// A pending one resolves when the library that has it is loaded.
  @Test func aPendingOneResolvesInALibrary() async throws {
    let fixture = try await SessionFixture("stepping.c")
    _ = try await fixture.session.addBreakpoint(.function("__overflow"), allowsPending: true)
    _ = try await fixture.run(to: .function("main"))
    #expect(await fixture.session.breakpoints().first?.locations.isEmpty == false)
  }

  struct Missing: Error {}
}
