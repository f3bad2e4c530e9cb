import Debugger
import TestSupport
import Testing

/// Functions that a program comes to otherwise than by a plain call.
@Suite struct JumpTests {
  @Test("Functions that called on by a jump are shown between the two", arguments: [["-gdwarf-5"], ["-gdwarf-4"]])
  func tailCalls(flags: [String]) async throws {
    let fixture = try await SessionFixture("jumps.c", flags: ["-g", "-O2"] + flags, compiler: "gcc")
    _ = try await fixture.run(to: .function("last"))
    let frames = try await fixture.session.backtrace(limit: nil, withLocals: false).frames
    #expect(frames.map(\.function) == ["last", "second", "first", "main"])
    #expect(frames.map(\.inlined) == [false, false, false, false])
    // They are no part of the stack, and are not returned to.
    #expect(try await fixture.move(.finish).frame.function == "main")
  }

  @Test("An argument says what it was on entry where that is known")
  func entryValues() async throws {
    let fixture = try await SessionFixture("jumps.c", flags: ["-g", "-O2"], compiler: "gcc")
    let arguments = try await fixture.run(to: .function("last")).frame.arguments
    #expect(arguments.map(\.name) == ["value", "lost"])
    #expect(arguments.map(\.value) == ["7", "1234"])
    #expect(arguments.map(\.entryValue) == [nil, "1234"] || arguments.map(\.entryValue) == ["7", "1234"])
  }

  @Test("A pointer that is what it was on entry says so")
  func entryPointers() async throws {
    let fixture = try await SessionFixture("copies.c", flags: ["-g", "-O2"], compiler: "gcc")
    let stack = try #require(try await fixture.run(to: .function("twice")).frame.arguments.first)
    #expect(stack.name == "s" && stack.value.hasPrefix("0x7"))
    #expect(stack.entryValue == stack.value)
  }

  @Test("A function goes by the name that its source gave it for the linker", arguments: ["renamed", "linker_name"])
  func linkerNames(name: String) async throws {
    let fixture = try await SessionFixture("jumps.c", compiler: "gcc")
    #expect(try await fixture.run(to: .function(name)).frame.function == "linker_name")
  }

  @Test("step enters the function that was chosen, not the one that chooses")
  func indirectFunctions() async throws {
    let fixture = try await SessionFixture("jumps.c", compiler: "gcc")
    _ = try await fixture.run(toMark: "indirect call")
    let stop = try await fixture.move(.step)
    #expect(stop.frame.function == "chosen")
    #expect(stop.frame.line == (try fixture.line("chosen body")))
  }
}
