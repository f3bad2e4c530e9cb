import Debugger
import MachineModel
import TestSupport
import Testing

/// Steps through lines that loop for longer than anybody would wait for single steps.
@Suite(.timeLimit(.minutes(3))) struct SessionLoopTests {
  @Test(arguments: [
    (start: "long loop", motion: Motion.next, end: "call loop"),
    ("long loop", .step, "call loop"),
    ("call loop", .next, "nested call"),
    ("nested loop", .next, "nested return"),
    ("jump loop", .next, "jump return"),
    ("jump loop", .step, "jump return"),
    ("grow loop", .next, "grow return"),
    ("select loop", .next, "select return"),
    ("select loop", .step, "select return"),
  ])
  func aLoopEndsOnTheNextLine(start: String, motion: Motion, end: String) async throws {
    let fixture = try await SessionFixture("loops.c")
    _ = try await fixture.run(toMark: start)
    try await fixture.session.deleteBreakpoints(nil)
    let stop = try await fixture.move(motion)
    #expect(stop.frame.line == (try fixture.line(end)))
    #expect(stop.cause == .step)
  }

  @Test func aLoopThatReturnsEndsBehindTheCall() async throws {
    let fixture = try await SessionFixture("loops.c")
    _ = try await fixture.run(toMark: "find loop")
    try await fixture.session.deleteBreakpoints(nil)
    var stop = try await fixture.move(.next)
    if stop.frame.function == "find" { stop = try await fixture.move(.next) }
    #expect(stop.frame.function == "main")
    #expect(stop.frame.line == (try fixture.line("jump call")))
  }

  @Test("A recursion in the loop comes to the same exits, in deeper frames")
  func aRecursionDoesNotEndIt() async throws {
    let fixture = try await SessionFixture("loops.c")
    _ = try await fixture.run(toMark: "nested loop")
    try await fixture.session.deleteBreakpoints(nil)
    let stop = try await fixture.move(.next)
    #expect(stop.frame.line == (try fixture.line("nested return")))
    #expect(try await fixture.value("depth") == "3")
  }

  @Test func aBreakpointInALoopIsHit() async throws {
    let fixture = try await SessionFixture("loops.c")
    _ = try await fixture.run(toMark: "call loop")
    _ = try await fixture.session.addBreakpoint(.function("add"), condition: "a == 20000")
    let stop = try await fixture.move(.next)
    #expect(stop.frame.function == "add")
    #expect(try await fixture.value("a") == "20000")
  }

  @Test func stepEntersAFunctionThatALoopCallsLate() async throws {
    let fixture = try await SessionFixture("loops.c")
    _ = try await fixture.run(toMark: "call loop")
    let stop = try await fixture.move(.step)
    #expect(stop.frame.function == "add")
  }
}
