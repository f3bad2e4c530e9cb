import Foundation
import TestSupport
import Testing

/// Where names and lines are, and what names mean: the text of gdb 13 for the same programs. Addresses, which each
/// compiler chooses, are `ADDRESS`.
@Suite struct LookupTests {
  @Test(arguments: [
    (
      "info scope add_score",
      """
      Scope for add_score:
      Symbol left is a complex DWARF expression:
           0: DW_OP_fbreg -20
      , length 4.
      Symbol right is a complex DWARF expression:
           0: DW_OP_fbreg -24
      , length 4.
      Symbol calls is in static storage at address ADDRESS, length 4.
      """
    ),
    (
      "info scope loop",
      """
      Scope for loop:
      Symbol count is a complex DWARF expression:
           0: DW_OP_fbreg -36
      , length 4.
      Symbol total is a complex DWARF expression:
           0: DW_OP_fbreg -20
      , length 4.
      Symbol again is a label at address ADDRESS, length 8.
      """
    ),
    (
      "info scope lookup.c:32",
      """
      Scope for lookup.c:32:
      Symbol argc is a complex DWARF expression:
           0: DW_OP_fbreg -52
      , length 4.
      Symbol argv is a complex DWARF expression:
           0: DW_OP_fbreg -64
      , length 8.
      Symbol size is a complex DWARF expression:
           0: DW_OP_fbreg -36
      , length 4.
      """
    ),
    ("info scope", "requires an argument (function, line or *addr) to define a scope"),
    ("info scope nosuch", "Function \"nosuch\" not defined."),
    ("info address counter", "Symbol \"counter\" is static storage at address ADDRESS."),
    ("info address add_score", "Symbol \"add_score\" is a function at address ADDRESS."),
    ("info address big", "Symbol \"big\" is constant."),
    ("info address nosuch", "No symbol \"nosuch\" in current context."),
    ("info symbol counter_", "No symbol \"counter_\" in current context."),
    ("info symbol &shared[1]", "shared + 4 in section .bss"),
    ("info symbol add_score", "add_score in section .text"),
    ("info symbol &counter", "counter in section .data"),
    (
      "info line add_score",
      """
      Line 9 of "lookup.c" starts at address ADDRESS <add_score> and ends at ADDRESS <add_score+10>.
      """
    ),
    ("info line loop:again", "Line 17 of \"lookup.c\" is at address ADDRESS <loop+14> but contains no code."),
    ("info line 1", "Line 1 of \"lookup.c\" is at address ADDRESS <add_score> but contains no code."),
    ("info line lookup.c:14", "Line 14 of \"lookup.c\" is at address ADDRESS <loop> but contains no code."),
    ("info line lookup.c:500", "Line number 500 is out of range for \"lookup.c\"."),
    ("info line counter", "Line 5 of \"lookup.c\" is at address ADDRESS <counter> but contains no code."),
    ("info line lookup.c:shared", "Line 6 of \"lookup.c\" is at address ADDRESS <shared> but contains no code."),
    ("info line own", "Line 7 of \"lookup.c\" is at address ADDRESS <add_score> but contains no code."),
    ("info line nosuch.c:shared", "No source file named nosuch.c."),
    ("info line __dso_handle", "No line number information available for address ADDRESS <__dso_handle>"),
    ("info address printf", "Symbol \"printf\" is at ADDRESS in a file compiled without debugging."),
    ("info line nosuch", "Function \"nosuch\" not defined."),
    ("info line loop:nosuch", "No label \"nosuch\" defined in function \"loop\"."),
    ("break loop:again", "Breakpoint 1 at ADDRESS: file lookup.c, line 17."),
    ("break -function loop -label again", "Breakpoint 1 at ADDRESS: file lookup.c, line 17."),
    ("break -function add_score -line 2", "Breakpoint 1 at ADDRESS: file lookup.c, line 11."),
    ("break -source lookup.c -line 15", "Breakpoint 1 at ADDRESS: file lookup.c, line 16."),
    ("break -nosuch 3", "invalid explicit location argument, \"-nosuch\""),
    ("break -line", "missing argument for \"-line\""),
    (
      "rbreak ^add_\\|^loop$",
      """
      Breakpoint 1 at ADDRESS: file lookup.c, line 16.
      int loop(int);
      Breakpoint 2 at ADDRESS: file lookup.c, line 11.
      static int add_score(int, int);
      """
    ),
    (
      "rbreak lookup.c:^f",
      """
      Breakpoint 1 at ADDRESS: file lookup.c, line 24.
      static int fast(int);
      """
    ),
    ("info symbol printf", "printf@plt in section .plt"),
    ("demangle main", "Can't demangle \"main\""),
  ]) func placesOfC(_ command: String, _ expected: String) throws {
    #expect(try answer(to: [command], about: "lookup.c") == expected)
  }

  @Test(arguments: [
    ("break zoo :: Dog :: bark ( const char * )", "Breakpoint 1 at ADDRESS: file names.cpp, line 24."),
    ("break ::main", "Breakpoint 1 at ADDRESS: file names.cpp, line 43."),
    ("break -qualified main", "Breakpoint 1 at ADDRESS: file names.cpp, line 43."),
    ("break zoo::Dog::legs() const", "Breakpoint 1 at ADDRESS: file names.cpp, line 26."),
    ("break operator<", "Breakpoint 1 at ADDRESS: file names.cpp, line 14."),
    ("break operator int", "Breakpoint 1 at ADDRESS: file names.cpp, line 15."),
    ("break Counter<int>::add", "Breakpoint 1 at ADDRESS: file names.cpp, line 32."),
    ("break c_function(int)", "Breakpoint 1 at ADDRESS: file names.cpp, line 39."),
    ("break length(const std::string &, unsigned long)", "Breakpoint 1 at ADDRESS: file names.cpp, line 40."),
    ("break Dog::Dog", "Breakpoint 1 at ADDRESS: file names.cpp, line 10."),
    ("break main::{lambda(int)#1}::operator()", "Breakpoint 1 at ADDRESS: file names.cpp, line 50."),
    ("demangle _ZN3zoo3Dog4barkEi", "zoo::Dog::bark(int)"),
    ("demangle -- _ZTV3Foo", "vtable for Foo"),
    ("demangle foo", "Can't demangle \"foo\""),
    ("info address main", "Symbol \"main()\" is a function at address ADDRESS."),
  ]) func placesOfCpp(_ command: String, _ expected: String) throws {
    #expect(try answer(to: [command], about: "names.cpp") == expected)
  }

  @Test func framesInFull() throws {
    let commands = [
      "break real", "run", "info frame", "up", "info frame", "up", "up", "info frame", "up", "info frame",
    ]
    let text = try answer(to: commands, about: "inlined_calls.c", flags: ["-g", "-O1"])
    let found = text.split(separator: "\n").filter { $0.hasPrefix(" ") || $0.hasPrefix("Stack") }
    let line = { try Fixture.line(of: $0, in: "inlined_calls.c") }
    #expect(
      found.joined(separator: "\n") == """
        Stack level 0, frame at ADDRESS:
         rip = ADDRESS in real (inlined_calls.c:\(try line("sink += x;"))); saved rip = ADDRESS
         called by frame at ADDRESS
         source language c.
         Arglist at ADDRESS, args: x=x@entry=3
         Locals at ADDRESS, Previous frame's sp is ADDRESS
         Saved registers:
          rip at ADDRESS
        Stack level 1, frame at ADDRESS:
         rip = ADDRESS in leaf (inlined_calls.c:\(try line("int y = real(x);"))); saved rip = ADDRESS
         inlined into frame 2, caller of frame at ADDRESS
         source language c.
         Arglist at unknown address.
         Locals at unknown address, Previous frame's sp is ADDRESS
         Saved registers:
          rip at ADDRESS
        Stack level 3, frame at ADDRESS:
         rip = ADDRESS in host (inlined_calls.c:\(try line("int r = mid(x);"))); saved rip = ADDRESS
         called by frame at ADDRESS, caller of frame at ADDRESS
         source language c.
         Arglist at ADDRESS, args: x=x@entry=3
         Locals at ADDRESS, Previous frame's sp is ADDRESS
         Saved registers:
          rip at ADDRESS
        Stack level 4, frame at ADDRESS:
         rip = ADDRESS in main (inlined_calls.c:\(try line("int a = host(3);"))); saved rip = ADDRESS
         caller of frame at ADDRESS
         source language c.
         Arglist at ADDRESS, args:\u{20}
         Locals at ADDRESS, Previous frame's sp is ADDRESS
         Saved registers:
          rip at ADDRESS
        """)
  }

  @Test func typesOfWhatIsNotInMemory() throws {
    let stop = try Fixture.line(of: "return (int)scaled", in: "unplaced.cpp")
    let rows = [
      ("whatis &fixed", "Attempt to take address of register or constant."),
      ("print &fixed", "Can't take address of \"fixed\" which isn't an lvalue."),
      ("whatis &wide", "Attempt to take address of register or constant."),
      ("whatis &both", "type = deep::Pair *"), ("whatis *&both", "type = deep::Pair"),
      ("whatis &link", "type = long *"),
      ("ptype &link", "type = long *"), ("whatis &own", "type = int *"),
      ("whatis &deep::Pair", "A syntax error in expression, near `'."),
      ("whatis &unsigned", "A syntax error in expression, near `unsigned'."), ("ptype null", "type = void"),
      ("whatis null", "type = std::nullptr_t"), ("whatis &null", "Attempt to take address of register or constant."),
    ]
    for (command, expected) in rows {
      let text = try answer(
        to: ["break \(stop)", "run", command], about: "unplaced.cpp", flags: ["-g", "-O2", "-std=c++20"])
      #expect(text.split(separator: "\n").contains { $0 == expected }, "\(command): \(text)")
    }
  }

  @Test func variablesBeforeFunctionsInAnotherCase() throws {
    let text = try answer(to: ["info line sink", "info functions -n apply"], about: "unplaced.cpp")
    let (variable, function) = try (
      Fixture.line(of: "volatile long sink", in: "unplaced.cpp"), Fixture.line(of: "int apply(", in: "unplaced.cpp")
    )
    #expect(
      text == """
        Line \(variable) of "unplaced.cpp" is at address ADDRESS <sink> but contains no code.
        All functions matching regular expression "apply":

        File unplaced.cpp:
        \(function):\tstatic int apply<Sink()::<lambda(int)> >(struct {...} &&, int);
        """)
  }

  @Test func scopesOfOptimisedCode() throws {
    let text = try answer(
      to: ["break main", "run", "info scope scaled", "info scope main", "info address wide"], about: "unplaced.cpp",
      flags: ["-g", "-O2", "-std=c++20"])
    #expect(text.contains("\nSymbol scaled is a function at address ADDRESS, length 1.\n"))
    #expect(
      text.contains("\nSymbol wide is constant bytes:  00 00 00 00 00 00 00 c0 ff 3f 00 00 00 00 00 00, length 16.\n"))
    #expect(text.contains(/\n     0: DW_OP_implicit_pointer DIE [0-9a-f]+ offset 0\n/))
    #expect(text.hasSuffix("\nSymbol \"wide\" is constant."))
  }

  @Test func filesWithTheirSections() throws {
    let before = try answer(to: ["info files"], about: "lookup.c").split(separator: "\n")
    #expect(before[1] == "Local exec file:" && before[3] == "\tEntry point: ADDRESS")
    #expect(before.contains("\tADDRESS - ADDRESS is .text") && !before.contains { $0.contains(".debug_info") })
    let running = try answer(to: ["break main", "run", "info target"], about: "lookup.c")
    #expect(running.contains("\n\tADDRESS - ADDRESS is .bss\n"))
    #expect(running.contains(/\n\tADDRESS - ADDRESS is \.text in \/[^\n]*\/libc\.so\.6\n/))
  }

  @Test func variablesOfOptimisedCode() throws {
    let text = try answer(to: ["info scope loop"], about: "lookup.c", flags: ["-g", "-O2"])
    #expect(text.contains("Symbol count is multi-location:\n"))
    #expect(text.contains("a variable in $"))
    #expect(text.contains("Symbol total is "))
    #expect(text.hasSuffix("Symbol again is a label at address ADDRESS, length 8."))
  }

  @Test(arguments: [
    ("break Add_Score", "add_score"), ("list ADD_SCORE", "add_score"),
  ]) func takesNamesInAnotherCaseWhenTheProgramRuns(_ command: String, _ name: String) throws {
    let text = try answer(to: ["break main", "run", command], about: "lookup.c")
    #expect(text.contains("; taking \"\(name)\"."))
    #expect(text.contains("lookup.c, line 11.") || text.contains("static int add_score"))
  }

  @Test func aScopeThatIsUnknownIsNotLeftOut() throws {
    let text = try answer(to: ["break main", "run", "break Nope::use"], about: "names.cpp")
    #expect(text.contains("Function \"Nope::use\" not defined."))
    #expect(!text.contains("Breakpoint 2 at"))
  }

  @Test(arguments: [
    ("lookup.c", "break add_scor", "add_score"), ("lookup.c", "break lop", "loop"),
    ("names.cpp", "break helpr", "helper"), ("names.cpp", "break zoo::usse", "zoo::use"),
    ("names.cpp", "break largest(char)", "zoo::largest<double>(double, double)"),
  ]) func saysWhatANameMayHaveBeenMeantFor(_ source: String, _ command: String, _ name: String) throws {
    #expect(try answer(to: [command], about: source).contains("Did you mean \"\(name)\"?"))
  }

  @Test func guessesNothingWhereNothingIsNear() throws {
    #expect(try !answer(to: ["break entirely_other"], about: "lookup.c").contains("Did you mean"))
  }

  @Test(arguments: [["-g", "-O0"], ["-g", "-O0", "-static"]])
  func stopsInTheFunctionThatWasChosenAtRunTime(_ flags: [String]) throws {
    let text = try answer(to: ["break main", "run", "break pick", "continue"], about: "lookup.c", flags: flags)
    #expect(text.contains("Breakpoint 2 at ADDRESS: file lookup.c, line 24."))
    #expect(text.contains("Breakpoint 2, fast (value=1) at lookup.c:24"))
  }

  @Test func showsLinkersNamesWhereAskedTo() throws {
    let commands = ["set print demangle off", "break zoo::use", "run", "info symbol $pc", "frame"]
    let text = try answer(to: commands, about: "names.cpp")
    #expect(text.contains("_ZN3zoo3useEv + 4 in section .text"))
    #expect(text.contains("#0  _ZN3zoo3useEv () at"))
    let line = try answer(to: ["set print asm-demangle off", "info line zoo::use"], about: "names.cpp")
    #expect(line.contains("<_ZN3zoo3useEv>"))
  }

  @Test func completesTypes() throws {
    let text = try answer(to: ["complete ptype zoo::Do", "complete info types zoo::Coun"], about: "names.cpp")
    #expect(text.contains("ptype zoo::Dog\n"))
    #expect(text.contains("info types zoo::Counter<int>\n"))
  }

  @Test(arguments: [
    ("print item.w", ["print item.whole"]), ("print 1 + items[0]->c", ["call", "calls", "counter"]),
    ("print store::Kind::T", ["print store::Kind::Tool", "print store::Kind::Toy"]),
    ("print sto", ["print store::stocked"]), ("print Hea", ["print store::Heavy"]), ("print $ri", ["print $rip"]),
    ("print $mi", ["print $mine"]), ("info registers r1", ["info registers r10", "info registers r15"]),
    ("list completion.cpp:m", ["list completion.cpp:main"]), ("break main if item.id + item.pa", ["item.part"]),
    ("break completion.cpp:LINE", ["break completion.cpp:LINE"]),
  ])
  func completesWhatCanFollow(_ line: String, _ wanted: [String]) throws {
    let stop = try Fixture.line(of: "// stop", in: "completion.cpp")
    let line = line.replacing("LINE", with: "\(stop)")
    let commands = ["set $mine = 3", "break completion.cpp:\(stop)", "run", "echo >>>\\n", "complete \(line)"]
    let text = try answer(to: commands, about: "completion.cpp")
    let found = text.split(separator: ">>>\n").last.map { $0.split(separator: "\n").map(String.init) } ?? []
    for wanted in wanted.map({ $0.replacing("LINE", with: "\(stop)") }) {
      #expect(found.contains { $0.hasSuffix(wanted) }, "\(found)")
    }
  }

  @Test func stacksEndAtAMainWithoutDebugInformation() throws {
    let text = try answer(
      to: ["break best_score", "run", "bt", "info breakpoints", "print $bpnum"], about: "tour.c", flags: ["-O0"])
    #expect(text.contains("in main ()"))
    #expect(!text.contains("__libc_start"))
    #expect(text.contains("<best_score+4>"))
    #expect(text.contains("$1 = 1"))
  }

  @Test(arguments: [
    ("all", "point={x = 1, y = 2}, by=3)"), ("scalars", "point=..., by=3)"), ("none", "point=..., by=...)"),
    ("presence", "move (...)"),
  ])
  func showsArgumentsOfFramesAsAskedFor(_ style: String, _ wanted: String) throws {
    let text = try answer(
      to: ["set print frame-arguments \(style)", "break move", "run"], about: "arguments.c")
    #expect(text.contains(wanted))
  }

  @Test func keepsWhatEndedAProcessAndWhatALineBeginsAt() throws {
    let text = try answer(
      to: ["run", "continue", "print $_exitsignal", "print $_exitcode", "info line main", "print $_ == &main"],
      about: "arguments.c")
    #expect(text.contains("$1 = 6\n$2 = void\n"))
    #expect(text.hasSuffix("$3 = 1"))
  }

  @Test func namesTheLineOfAScriptThatIsWrong() throws {
    let sandbox = try Sandbox()
    let program = try Fixture.compile("lookup.c")
    func failure(_ script: String) throws -> String {
      let file = try sandbox.file("script.gdb", script)
      let batch = try Batch(commands: ["source \(file)"], program: [program], in: sandbox)
      return (batch.output + batch.errors).replacing(file, with: "FILE")
    }
    #expect(
      try failure("print 1\ncommands\nend\n")
        == "$1 = 1\nFILE:2: Error in sourced command file:\nNo breakpoints specified.\n")
    #expect(
      try failure("print 1\nend\nprint 2\n")
        == "$1 = 1\nFILE:2: Error in sourced command file:\nThis command cannot be used at the top level.\n")
  }

  @Test func arraysOfCharactersEndAtTheirFirstZeroWhereAskedTo() throws {
    let line = try Fixture.line(of: "// stop", in: "completion.cpp")
    let text = try answer(
      to: ["break completion.cpp:\(line)", "run", "print letters", "set print null-stop on", "print letters"],
      about: "completion.cpp")
    #expect(text.contains("$1 = \"ab\\000cd\\000\\000\"\n$2 = \"ab\""))
  }

  @Test func completesMembersOfItsOwnObject() throws {
    let line = try Fixture.line(of: "// in method", in: "completion.cpp")
    let text = try answer(
      to: ["break completion.cpp:\(line)", "run", "complete print who", "complete print numb"], about: "completion.cpp")
    #expect(text.contains("print whole"))
    #expect(text.contains("print number"))
  }

  @Test func linesOfCodeSetWhereExaminingBegins() throws {
    let text = try answer(to: ["info line loop", "x"], about: "lookup.c")
    #expect(text.contains("<loop>:\tpush"))
  }

  private func answer(
    to commands: [String], about source: String, flags: [String] = ["-g", "-O0"]
  ) throws -> String {
    let sandbox = try Sandbox()
    let program = try Fixture.compile(source, flags: flags)
    let batch = try Batch(commands: commands, program: [program], in: sandbox)
    let folder = Fixture.sources.path()
    return (batch.errors + batch.output).replacing(folder.hasSuffix("/") ? folder : folder + "/", with: "")
      .replacing(/0x[0-9a-f]{4,}/, with: "ADDRESS")
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().joined(separator: "\n")
  }
}
