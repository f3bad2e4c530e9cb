import Commands
import DebugInfo
import Debugger
import MachineModel
import Testing

private func variable(_ name: String, _ value: String) -> VariableSnapshot {
  VariableSnapshot(name: name, type: "int", value: value)
}

private func frame(
  _ level: Int, _ function: String?, line: Int? = nil, at address: UInt64, showsAddress: Bool = false,
  module: String? = nil, arguments: [VariableSnapshot] = [], locals: [VariableSnapshot]? = nil
) -> FrameSnapshot {
  FrameSnapshot(
    level: level, function: function, file: line == nil ? nil : "/src/t.c", line: line,
    address: VirtualAddress(address),
    inlined: false, language: .c, module: module, arguments: arguments, locals: locals, showsAddress: showsAddress,
    hasDebugInfo: line != nil)
}

private let thread = ThreadSnapshot(id: 1, tid: ThreadID(4711), name: "t")

private func stop(_ cause: StopCause, _ frame: FrameSnapshot, showsFrame: Bool = true, switched: Bool = false)
  -> ResumeOutcome
{
  .stopped(
    StopSnapshot(
      generation: 1, cause: cause, thread: thread, frame: frame, showsFrame: showsFrame, switchedThread: switched))
}

private func report(_ outcome: ResumeOutcome, line: String? = nil, displays: [String] = [], namesThread: Bool = false)
  -> String
{
  StopReport(
    outcome: outcome, sourceLine: line.map { SourceLine(number: 5, text: $0) }, namesThread: namesThread,
    displays: displays
  ).text
}

@Suite struct RendererTests {
  private let main = frame(
    0, "main", line: 5, at: 0x401136, arguments: [variable("argc", "1"), variable("argv", "0x7ffe0")])

  @Test func tellsStops() {
    let code = "5\t  int x = 1;"
    #expect(
      report(stop(.breakpoint(id: 1, isTemporary: false), main), line: code)
        == "\nBreakpoint 1, main (argc=1, argv=0x7ffe0) at /src/t.c:5\n5\t  int x = 1;")
    #expect(
      report(stop(.breakpoint(id: 2, isTemporary: true), main), line: code)
        == "\nTemporary breakpoint 2, main (argc=1, argv=0x7ffe0) at /src/t.c:5\n5\t  int x = 1;")
    #expect(
      report(stop(.breakpoint(id: 2, isTemporary: false), main, switched: true), line: code, namesThread: true)
        == "[Switching to LWP 4711 \"t\"]\n\nThread 1 \"t\" hit Breakpoint 2, "
        + "main (argc=1, argv=0x7ffe0) at /src/t.c:5\n5\t  int x = 1;")
    #expect(
      StopReport(
        outcome: stop(.breakpoint(id: 2, isTemporary: false), main), sourceLine: nil, namesThread: false, location: 3,
        displays: []
      ).text == "\nBreakpoint 2.3, main (argc=1, argv=0x7ffe0) at /src/t.c:5")
    #expect(report(stop(.step, main, showsFrame: false), line: code) == code)
    #expect(
      report(stop(.step, main), line: code, displays: ["1: x = 1"])
        == "main (argc=1, argv=0x7ffe0) at /src/t.c:5\n5\t  int x = 1;\n1: x = 1")
    let middle = frame(0, "main", line: 5, at: 0x40113a, showsAddress: true)
    #expect(report(stop(.instructionStep, middle, showsFrame: false), line: code) == "0x000000000040113a\t" + code)
    let bare = frame(0, "puts", at: 0x7fff_f7e4_f4a0, showsAddress: true, module: "/lib/libc.so.6")
    #expect(
      report(stop(.instructionStep, bare, showsFrame: false)) == "0x00007ffff7e4f4a0 in puts () from /lib/libc.so.6")
    let signal = SignalInfo(signal: Signal(11))
    #expect(
      report(stop(.signal(signal), main), line: code)
        == "\nProgram received signal SIGSEGV, Segmentation fault.\nmain (argc=1, argv=0x7ffe0) at /src/t.c:5\n" + code)
    #expect(
      report(stop(.interrupted, bare))
        == "\nProgram received signal SIGINT, Interrupt.\n0x00007ffff7e4f4a0 in puts () from /lib/libc.so.6")
    let value = EvaluatedValue(variable: variable("", "5"), history: 1)
    #expect(
      report(stop(.finished(value), frame(0, "main", line: 5, at: 0x40113a, showsAddress: true)), line: code)
        == "0x000000000040113a in main () at /src/t.c:5\n5\t  int x = 1;\nValue returned is $1 = 5")
  }

  @Test(arguments: [
    (ResumeOutcome.exited(pid: ProcessID(12), code: 0), "[Inferior 1 (process 12) exited normally]"),
    (.exited(pid: ProcessID(12), code: 3), "[Inferior 1 (process 12) exited with code 03]"),
    (.exited(pid: ProcessID(12), code: 255), "[Inferior 1 (process 12) exited with code 0377]"),
    (
      .killed(pid: ProcessID(12), signal: Signal(11)),
      "\nProgram terminated with signal SIGSEGV, Segmentation fault.\nThe program no longer exists."
    ),
  ])
  func tellsEnds(_ outcome: ResumeOutcome, _ text: String) { #expect(report(outcome) == text) }

  @Test func rendersStacks() {
    let frames = [
      frame(0, "add", line: 6, at: 0x401136, arguments: [variable("a", "1"), variable("p", "{x = 1, y = 2}")]),
      frame(1, "main", line: 18, at: 0x4011f2, showsAddress: true, locals: [variable("i", "0")]),
      frame(2, "__libc_start_main", at: 0x7fff_f7df_c24a, showsAddress: true, module: "/lib/libc.so.6"),
      frame(3, nil, at: 0, showsAddress: true),
    ]
    let backtrace = Backtrace(thread: thread, frames: frames, truncated: true, endReason: nil)
    #expect(
      BacktraceResult(backtrace, tellsMore: true).text == """
        #0  add (a=1, p=...) at /src/t.c:6
        #1  0x00000000004011f2 in main () at /src/t.c:18
                i = 0
        #2  0x00007ffff7dfc24a in __libc_start_main () from /lib/libc.so.6
        #3  0x0000000000000000 in ?? ()
        (More stack frames follow...)
        """)
  }

  @Test(arguments: [
    ("3", "a=3"), ("{x = 1}", "a=..."), ("@0x7ffe: {x = 1}", "a=..."), ("@0x7ffe: 3", "a=@0x7ffe: 3"),
    ("\"abc = {\"", "a=\"abc = {\""), ("0x4005 \"x = {\"", "a=0x4005 \"x = {\""),
  ])
  func showsScalarArguments(_ value: String, _ text: String) {
    #expect(FrameText.location(frame(0, "f", at: 1, arguments: [variable("a", value)])) == "f (\(text))")
  }

  @Test func rendersBreakpoints() {
    func location(_ address: UInt64, _ line: Int) -> BreakpointSnapshot.Location {
      .init(address: VirtualAddress(address), file: "/src/t.c", line: line, function: "f")
    }
    let one = BreakpointSnapshot(
      id: 1, enabled: true, hits: 2, condition: "n == 2", locations: [location(0x401136, 6)], specification: "f",
      isTemporary: false, ignoreCount: 3)
    let two = BreakpointSnapshot(
      id: 2, enabled: false, hits: 0, condition: nil, locations: [location(0x401136, 6), location(0x401140, 9)],
      specification: "f", isTemporary: true, ignoreCount: 0)
    let pending = BreakpointSnapshot(
      id: 3, enabled: true, hits: 1, condition: nil, locations: [], specification: "later", isTemporary: false,
      ignoreCount: 0)
    #expect(
      BreakpointTable(breakpoints: [one, two, pending]).text == """
        Num     Type           Disp Enb Address            What
        1       breakpoint     keep y   0x0000000000401136 in f at /src/t.c:6
        \tstop only if n == 2
        \tbreakpoint already hit 2 times
        \tignore next 3 hits
        2       breakpoint     del  n   <MULTIPLE>         
        2.1                         y   0x0000000000401136 in f at /src/t.c:6
        2.2                         y   0x0000000000401140 in f at /src/t.c:9
        3       breakpoint     keep y   <PENDING>          later
        \tbreakpoint already hit 1 time
        """)
    #expect(BreakpointMade(one).text == "Breakpoint 1 at 0x401136: file /src/t.c, line 6.")
    #expect(BreakpointMade(two).text == "Temporary breakpoint 2 at 0x401136: f. (2 locations)")
    #expect(BreakpointMade(pending).text == "Breakpoint 3 (later) pending.")
  }

  @Test func rendersTables() {
    let rows = [
      ThreadRow(id: 1, tid: ThreadID(10), name: "main", state: .stopped, current: true, frame: main),
      ThreadRow(id: 2, tid: ThreadID(11), name: "w", state: .running, current: false, frame: nil),
    ]
    #expect(
      ThreadTable(threads: rows).text
        == """
          Id   Target Id       Frame 
        * 1    LWP 10 "main" main (argc=1, argv=0x7ffe0) at /src/t.c:5
          2    LWP 11 "w"    (running)
        """.replacing("Target Id       ", with: "Target Id     "))
    #expect(
      RegisterTable(registers: [RegisterRow(name: "rip", raw: "0x401136", natural: "0x401136 <main+4>")]).text
        == "rip            0x401136            0x401136 <main+4>")
    let dump = MemoryDump(
      rows: [.init(address: VirtualAddress(0x7ffe), symbol: "g+4", values: ["0x1", "0x2"])],
      error: "Cannot access memory at address 0x8000")
    #expect(
      ExamineResult(dump, isInstructions: false, programCounter: nil).text
        == "0x7ffe <g+4>:\t0x1\t0x2\nCannot access memory at address 0x8000")
  }

  @Test func rendersLinesOfCode() {
    let line = LineAddresses(
      file: "/src/t.c", line: 6, start: VirtualAddress(0x10), end: VirtualAddress(0x1b), startSymbol: "<add+10>",
      endSymbol: "<add+21>")
    #expect(
      LineResult([line]).text
        == "Line 6 of \"/src/t.c\" starts at address 0x10 <add+10> and ends at 0x1b <add+21>.")
    let beyond = LineAddresses(
      file: "/src/t.c", line: 99, start: nil, end: nil, startSymbol: nil, endSymbol: nil)
    let empty = LineAddresses(
      file: "/src/t.c", line: 5, start: VirtualAddress(0x10), end: VirtualAddress(0x10), startSymbol: "<add+10>",
      endSymbol: "<add+10>")
    #expect(
      LineResult([beyond, empty]).text
        == "Line number 99 is out of range for \"/src/t.c\".\n"
        + "Line 5 of \"/src/t.c\" is at address 0x10 <add+10> but contains no code.")
    let slice = SourceSlice(file: "/src/t.c", firstLine: 9, lines: ["int f() {", "}"], currentLine: nil)
    #expect(Listing(slice).text == "9\tint f() {\n10\t}")
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\u{1B}[0m", "a\\033[0m"), ("\u{7F}", "\\177"), ("x\u{9B}y", "x\\233y"),
    ("a\u{202E}b", "a\\u{202e}b"), ("tab\tline\n", "tab\tline\n"), ("日本 é", "日本 é"),
  ])
  func escapesForTheTerminal(_ raw: String, _ shown: String) { #expect(escaped(raw) == shown) }

  @Test func escapesNewlinesInNames() { #expect(escapedName("a\nb") == "a\\012b") }
}
