import Foundation
import TestSupport
import Testing

/// Where programs are, and come to, by optimised, split and ruined code: as gdb 13 has it, unless a test says otherwise.
@Suite struct PlacesTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// What the commands print, in one text.
  private func output(
    _ source: String, flags: [String] = ["-g", "-O0"], arguments: [String] = [], _ commands: String...
  )
    throws -> String
  {
    let program = try sandbox.program(source, flags: flags, as: "program")
    return try Batch(commands: commands, program: [program] + arguments, in: sandbox).output
  }

  /// True where the texts stand in that order, one behind the other.
  private func has(_ output: String, _ texts: String...) -> Bool {
    var rest = output[...]
    for text in texts {
      guard let found = rest.firstRange(of: text) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  // MARK: Calls that don't return

  @Test func nextOverAThrowStopsAtTheCatch() throws {
    let text = try output("exceptions.cpp", "break outer if n == 7", "run", "next", "next", "next", "next")
    #expect(has(text, "r += middle(n);", "25\t  } catch (std::exception &e) {", "26\t    r = -1;"), "\(text)")
  }

  @Test func handlersOfCalledFunctionsAreNoneOfItsBusiness() throws {
    let text = try output("exceptions.cpp", "break 33", "run", "next")
    #expect(has(text, "33\t  int b = outer(7);", "34\t  printf("), "\(text)")
  }

  @Test(arguments: ["finish", "next", "step", "until", "advance 34"])
  func throwsOutOfTheFrameEndItsMotion(motion: String) throws {
    let text = try output("exceptions.cpp", flags: ["-g", "-O1"], "break thrower if n == 7", "run", motion)
    #expect(
      has(text, "throw std::runtime_error", "inner (n=", " at ", "15\t  } catch (std::exception &e) {"), "\(text)")
  }

  @Test func nextOverALongjmpStopsAtTheSetjmp() throws {
    let text = try output("longjmp.c", "break jumper", "run", "up", "next", "next", "next", "next")
    #expect(
      has(
        text, "jumper (n=3)", "main () at", "15\t  int r = setjmp(env);", "16\t  if (r == 0) {", "20\t    count += r;"))
  }

  /// Nobody steps: exceptions pass by.
  @Test func continueRunsOn() throws {
    let text = try output("exceptions.cpp", "break thrower if n == 7", "run", "next", "delete", "continue")
    #expect(has(text, "15\t  } catch", "exited normally"), "\(text)")
  }

  // MARK: Inlined code

  @Test(arguments: [("up", "mid (x="), ("up 2", "host (x="), ("up 3", "main () at")])
  func finishOutOfOuterFrames(selection: String, arrival: String) throws {
    let text = try output("inlined_calls.c", flags: ["-g", "-O1"], "break real", "run", selection, "finish")
    #expect(has(text, "#", arrival), "\(text)")
  }

  /// The inlined function's code begins where the outer one's breakpoint is.
  @Test(arguments: [
    ("break outer", "break inner", "Breakpoint 1, inner (x="),
    ("tbreak inner", "info line", "Temporary breakpoint 1, inner (x="),
    ("break outer", "info line", "Breakpoint 1, outer (x="),
  ])
  func breakpointsThatShareAnAddress(first: String, second: String, arrival: String) throws {
    let text = try output("shared.c", flags: ["-g", "-O2"], first, second, "run")
    #expect(text.contains(arrival), "\(text)")
  }

  @Test func inlinedArgumentsHaveEntryValues() throws {
    let text = try output("inlined_calls.c", flags: ["-g", "-O1"], "break real", "run", "bt")
    #expect(has(text, "#1", "leaf (x=", "#2 ", "mid (x=", "#3", "host (x=", "#4", "main () at"), "\(text)")
    #expect(text.contains("@entry=3"), "\(text)")
  }

  // MARK: Split functions

  @Test func coldPartsBelongToTheirFunction() throws {
    let flags = ["-g", "-O2"]
    let text = try output("hotcold.c", flags: flags, "break report", "run", "bt", "finish", "next", "disassemble work")
    #expect(has(text, "#0  report", "#1  ", "in work (n=", "#2", "in main ()"), "\(text)")
    #expect(has(text, "for function work:", "Address range 0x", "<+0>:", "Address range 0x", "End of assembler"))
    #expect(!text.contains("work.cold+"))
  }

  @Test func breakpointsInColdParts() throws {
    let text = try output("hotcold.c", flags: ["-g", "-O2"], "break 9", "run", "next", "next", "finish")
    #expect(has(text, "work (n=", "9\t    sink *= 3;", "10\t    report(sink);", "11\t    return -1;", "main () at"))
  }

  // MARK: Lines

  @Test func line0BelongsToTheLineBefore() throws {
    let text = try output("linezero.s", flags: ["-g"], "break main", "run", "next", "next", "info source")
    #expect(has(text, "main () at linezero.c:3", "\n4\t", "\n6\t"), "\(text)")
    #expect(!text.contains("linezero.c:0"))
  }

  @Test func untilAndAdvance() throws {
    let text = try output("stepping.c", "break main", "run", "advance 99999", "until nowhere")
    #expect(has(text, "main ()"))
    let past = try output(
      "hotcold.c", flags: ["-g", "-O2"], "break main", "run", "advance 13", "advance 12", "advance 13")
    #expect(has(past, "work (n=", "main () at"), "\(past)")
  }

  @Test func untilPastTheEndOfMain() throws {
    let text = try output("hotcold.c", flags: ["-g", "-O2"], "break 19", "run", "until", "until")
    #expect(has(text, "19\t  return 0;", "__libc_start_call_main"), "\(text)")
  }

  @Test func stepGoesThroughThunks() throws {
    let text = try output("thunks.cpp", "break 13", "run", "step", "bt")
    #expect(has(text, "int r = b->g(5);", "C::g (this=", "return x + b;", "#0  C::g", "#1 ", "in main ()"), "\(text)")
  }

  // MARK: Stacks

  @Test(arguments: [[], ["-fno-asynchronous-unwind-tables", "-fno-unwind-tables"]])
  func outerRegisters(flags: [String]) throws {
    let text = try output(
      "badstacks.c", flags: ["-g", "-O0"] + flags, "break look", "run", "bt", "up", "p $xmm0.v2_double[0]", "p a",
      "p $sp < $fp", "info registers rip", "finish")
    #expect(has(text, "#0  look (a=3, d=9)", "#1  ", "in keep (a=1, d=4.5)", "#2  ", "in main (argc=1"), "\(text)")
    #expect(has(text, "$1 = 9", "$2 = 1", "$3 = 1", "rip ", "<keep+"), "\(text)")
    #expect(has(text, "$3 = 1", "main (argc=1", "Value returned is $4 = 4"), "\(text)")
  }

  @Test func deepRecursion() throws {
    let text = try output("badstacks.c", "break look if a == 1 && d == 1", "run", "bt -2", "bt 2")
    #expect(has(text, "#3001 ", "in recurse (n=3000)", "#3002 ", "in main (argc=1"), "\(text)")
    #expect(has(text, "#0  look (a=1", "#1 ", "in recurse (n=0)"), "\(text)")
  }

  @Test func ruinedStacksEndWithAReason() throws {
    let text = try output("badstacks.c", "break look if a >= 100", "run", "bt", "continue", "bt")
    #expect(has(text, "#0  look (a=100", "in ruin () at", "#2  0x0000000000000000 in ?? ()"), "\(text)")
    #expect(
      has(text, "#0  look (a=200", "in ruin () at", "#2  0x4141414141414141 in ?? ()", "Backtrace stopped: "), "\(text)"
    )
  }

  @Test func aCallOfNothing() throws {
    let text = try output("badstacks.c", arguments: ["x"], "run", "continue", "bt")
    #expect(
      has(text, "SIGSEGV", "0x0000000000000000 in ?? ()", "#0  0x0000000000000000 in ?? ()", "#1 ", "in main (argc=2"))
  }

  @Test func signalTrampolinesHaveNoNameOfTheirOwn() throws {
    let text = try output("badstacks.c", "break look if a == 10", "run", "continue", "bt", "up", "finish", "bt")
    #expect(has(text, "#0  look (a=10", "#1  ", "handler (number=10)", "#2  <signal handler called>", "#3"), "\(text)")
    #expect(has(text, "\n<signal handler called>\n#0  <signal handler called>\n#1"), "\(text)")
  }
}
