import Foundation
import TestSupport
import Testing

/// Whole sessions without a terminal: commands in, text out.
@Suite(.serialized) struct BatchTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// A session and what has to be read in its output, in this order.
  struct Session: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let source: String
    var flags = ["-g", "-O0"]
    var arguments: [String] = []
    let commands: [String]
    let shows: [String]
  }

  static let sessions = [
    Session(
      testDescription: "break, run, backtrace", source: "tour.c", commands: ["break main", "run", "bt"],
      shows: ["Breakpoint 1 at 0x", "Breakpoint 1, main () at ", "struct player *players = NULL;", "#0  main () at "]),
    Session(
      testDescription: "step into, finish with its value", source: "tour.c",
      commands: ["break main", "run", "next", "step", "bt", "finish"],
      shows: [
        "make_player (name=0x", "\"Grace\", next=0x0)", "#0  make_player", "#1  0x", " in main () at ", "0x",
        "Value returned is $1 = (struct player *) 0x",
      ]),
    Session(
      testDescription: "next steps over calls", source: "tour.c",
      commands: ["break main", "run", "next 3", "next", "info locals"],
      shows: ["printf(", "for (int round = 1;", "players = 0x"]),
    Session(
      testDescription: "a name of a library is pending until it is loaded", source: "tour.c",
      commands: ["break write", "run", "info breakpoints"],
      shows: [
        "Function \"write\" not defined.", "Breakpoint 1 (write) pending.", "Breakpoint 1, ", "already hit 1 time",
      ]),
    Session(
      testDescription: "members, pointers, arrays, formats", source: "tour.c",
      commands: [
        "break move_by", "run", "print *player", "print player->scores[0]", "print/x player->scores[0]",
        "print player->name", "print &player->position", "print player->level == BEGINNER", "print (char)65",
        "print sizeof(struct point)", "whatis player", "ptype player->position",
      ],
      shows: [
        "name = \"Ada\"", "level = BEGINNER", "position = {x = 0, y = 0}", "scores = {12, 0, 0, 0}", "rounds = 1",
        "= 12", "= 0xc", "= \"Ada\"", "(struct point *) 0x", "= 1", "= 65 'A'", "= 8", "type = struct player *",
        "type = struct point {", "int x;", "int y;",
      ]),
    Session(
      testDescription: "recursion: up, down, frame", source: "tour.c",
      commands: ["break sum_of_bests", "ignore 1 2", "run", "bt", "up", "print player->name", "frame 3", "down"],
      shows: [
        "#0  sum_of_bests (player=0x0)", "#1  0x", "#2  0x", "#3  0x", " in main () at ", "#1  0x", "\"Grace",
        "#3  0x", "#2  0x",
      ]),
    Session(
      testDescription: "hits, ignore, disable, delete", source: "tour.c",
      commands: [
        "break add_score", "ignore 1 3", "run", "info breakpoints", "tbreak move_by", "disable 1", "continue",
        "info breakpoints", "delete", "continue",
      ],
      shows: [
        "Will ignore next 3 crossings of breakpoint 1.", "Breakpoint 1, add_score", "already hit 4 times",
        "Temporary breakpoint 2", "move_by", "Num", "exited normally",
      ]),
    Session(
      testDescription: "set var and return change what happens", source: "tour.c",
      commands: ["break best_score", "run", "set var player->scores[1] = 1000", "delete", "continue"],
      shows: ["Breakpoint 1, best_score", "best scores together: 1031"]),
    Session(
      testDescription: "display, until, advance", source: "tour.c",
      commands: ["break main", "run", "advance sum_of_bests", "display player->name", "step"],
      shows: ["sum_of_bests (player=0x", "1: player->name = \"Ada\"", "1: player->name = \"Ada\""]),
    Session(
      testDescription: "instructions and memory", source: "tour.c",
      commands: [
        "break add_score", "run", "x/2i $pc", "disassemble", "x/4dw player->scores", "info registers rip", "stepi",
        "info line",
      ],
      shows: [
        "=> 0x", "Dump of assembler code for function add_score:", "End of assembler dump.", "rip", "add_score+",
        "Line ", "starts at address 0x",
      ]),
    Session(
      testDescription: "restart keeps breakpoints", source: "tour.c",
      commands: ["break sum_of_bests", "run", "run", "kill", "start"],
      shows: ["Breakpoint 1, sum_of_bests", "Breakpoint 1, sum_of_bests", "killed", "Temporary breakpoint 2, main ()"]),
    Session(
      testDescription: "threads stop and go on together", source: "counter.c", flags: ["-g", "-O0", "-pthread"],
      arguments: ["50", "3"],
      commands: ["break one_step", "ignore 1 120", "run", "info threads", "delete", "continue"],
      shows: ["hit Breakpoint 1, one_step (count=120)", "* ", "counted 200", "exited normally"]),
    Session(
      testDescription: "classes and overloads", source: "shapes.cpp",
      commands: ["break geometry::Rectangle::scale", "run", "continue", "info breakpoints", "bt", "print *this"],
      shows: [
        "Breakpoint 1 at", "2 locations", "geometry::Rectangle::scale (this=0x", "factor=2)",
        "geometry::Rectangle::scale (this=0x", "horizontal=1, vertical=0.5)", "1.1", "1.2", "#1 ", "size_ = {width = 3",
      ]),
    Session(
      testDescription: "unqualified names cover all classes", source: "shapes.cpp",
      commands: ["break scale", "run", "finish"], shows: ["2 locations", "geometry::Rectangle::scale", "main () at "]),
    Session(
      testDescription: "assembler by line and instruction", source: "bare.s", flags: ["-g", "-nostdlib", "-static"],
      commands: ["break add_up", "run", "stepi", "stepi", "print $rax", "info registers rdi", "bt", "continue"],
      shows: ["Breakpoint 1, ", "bare.s:", "= 9", "rdi", "#0 ", "#1 ", "exited with code 055"]),
    Session(
      testDescription: "an expression sees what it has written", source: "tour.c",
      commands: [
        "break best_score", "run", "print player->rounds = 7, player->rounds << 2",
        "print player->rounds++, player->rounds",
        "print $rax = 5, $rax + 1", "print $xmm0 = $xmm0, 3",
      ],
      shows: ["$1 = 28", "$2 = 8", "$3 = 6", "$4 = 3"]),
    Session(
      testDescription: "a breakpoint that cannot be put in is told of", source: "tour.c",
      commands: ["break *0", "run"],
      shows: ["Breakpoint 1 at 0x0", "Cannot insert breakpoint 1.", "Cannot access memory at address 0x0", "exited"]),
    Session(
      testDescription: "a condition that cannot be evaluated says why", source: "tour.c",
      commands: ["break best_score if 1 / (player->rounds - player->rounds)", "run"],
      shows: ["Error in testing condition for breakpoint 1:\nDivision by zero", "Breakpoint 1, best_score"]),
    Session(
      testDescription: "the exit code is kept", source: "echo.c", commands: ["run", "print $_exitcode"],
      shows: ["exited with code 03", "$1 = 3"]),
    Session(
      testDescription: "an address by name moves with the program", source: "tour.c",
      commands: [
        "break *best_score", "run", "print $pc == best_score", "print best_score + 1", "break *$pc", "run",
        "info breakpoints",
      ],
      shows: [
        "Breakpoint 1 at 0x", "Breakpoint 1, best_score", "$1 = 1", "<best_score+1>", "Breakpoint 2 at 0x",
        "Breakpoint 1, ",
      ]),
    Session(
      testDescription: "start tells of its breakpoint", source: "tour.c", commands: ["start", "kill"],
      shows: ["Temporary breakpoint 1 at 0x", "Temporary breakpoint 1, main ()", "killed"]),
    Session(
      testDescription: "functions of assembler without a size", source: "bare.s",
      flags: ["-nostdlib", "-static"], commands: ["break add_up", "run", "disassemble"],
      shows: ["<+0>:", "ret", "End of assembler dump."]),
    Session(
      testDescription: "exit status", source: "echo.c", commands: ["run"], shows: ["exited with code 03"]),
  ]

  @Test(arguments: sessions)
  func sessionShows(session: Session) throws {
    let program = try sandbox.program(session.source, flags: session.flags, as: "program")
    let run = try Batch(commands: session.commands, program: [program] + session.arguments, in: sandbox)
    var rest = run.output[...]
    for text in session.shows {
      guard let found = rest.firstRange(of: text) else {
        Issue.record("no \"\(text)\" (in this place) in:\n\(run.output)\nerrors:\n\(run.errors)")
        return
      }
      rest = rest[found.upperBound...]
    }
    #expect(run.status == 0, "\(run.errors)")
    #expect(try sandbox.processes().isEmpty)
  }

  @Test func failedCommandsAreSurvivedAndCounted() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let run = try Batch(
      commands: ["no_such_command", "print nothing_of_that_name", "print 6*7"], program: [program], in: sandbox)
    #expect(run.status == 1)
    #expect(run.output.contains("$1 = 42"))
    #expect(run.errors.contains("no_such_command"))
    #expect(run.errors.contains("No symbol \"nothing_of_that_name\" in current context."))
  }

  /// Said when they are set, not when the program comes by.
  @Test(arguments: ["nothing_of_that_name > 1", "player ==", "player->rounds +"])
  func unusableConditionsAreRefused(condition: String) throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let run = try Batch(
      commands: ["break best_score if \(condition)", "break best_score", "condition 1 \(condition)", "run"],
      program: [program], in: sandbox)
    #expect(run.status == 1)
    #expect(run.output.contains("Breakpoint 1, best_score"))
    #expect(!run.output.contains("Error in testing"))
  }

  @Test func longDoublesAreReturned() throws {
    let source = try sandbox.file(
      "long.c", "long double sum(void) { return 3.25L; }\nint main(void) { return sum() > 4; }\n")
    let program = sandbox.path("long")
    #expect(try Fixture.run(["gcc", "-g", source, "-o", program]).code == 0)
    let run = try Batch(
      commands: ["break sum", "run", "finish", "info registers st0"], program: [program], in: sandbox)
    #expect(run.output.contains("Value returned is $1 = 3.25\n"))
    #expect(run.output.contains("st0            3.25                (raw 0x4000d000000000000000)"))
  }

  @Test func endWhileStoppedIsTold() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    // What the shell command waits for is the end itself.
    let run = try Batch(
      commands: ["start", "shell kill -KILL $(pgrep -P $PPID -x tour)", "next", "next", "print $rip"],
      program: [program],
      in: sandbox)
    #expect(run.output.contains("Program terminated with signal SIGKILL, Killed."))
    #expect(run.output.ranges(of: "SIGKILL").count == 1)
    #expect(run.errors.contains("The program is not being run."))
    #expect(run.errors.contains("No registers."))
  }

  @Test func environmentIsPassedOnToTheByte() throws {
    let script = "BYTES=$(printf '\\377\\001') exec \"$0\" --batch -ex 'run BYTES > bytes' --args printenv"
    let done = try FinishedCommand(
      ["env", "--chdir=\(sandbox.folder.path())", "sh", "-c", script, Sandbox.debugger],
      environment: sandbox.environment)
    #expect(done.status == 0, "\(done.errors)")
    let bytes = try Data(contentsOf: sandbox.folder.appending(path: "bytes"))
    #expect(Array(bytes) == [0xff, 1, 0x0a])
  }

  @Test(arguments: [">&-", "> /dev/full"])
  func outputThatCannotBeWrittenIsAnError(redirection: String) throws {
    let done = try FinishedCommand(
      ["sh", "-c", "exec \"$0\" --batch -ex 'print 1' \(redirection)", Sandbox.debugger],
      environment: sandbox.environment)
    #expect(done.status == 1)
    #expect(done.errors.contains("cannot write"))
  }

  @Test func damagedProgramEndsAtItsStart() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let whole = try Data(contentsOf: URL(filePath: program))
    try whole.prefix(1000).write(to: sandbox.folder.appending(path: "part"))
    #expect(try Fixture.run(["chmod", "+x", sandbox.path("part")]).code == 0)
    let run = try Batch(commands: ["run"], program: [sandbox.path("part")], in: sandbox)
    #expect(run.errors.contains("During startup program terminated with signal SIG"))
  }

  @Test func endlessWordsAreNoCommands() throws {
    let file = try sandbox.file("words", String(repeating: "z", count: 3_000_000) + "\n")
    let run = try Batch(["--batch", "-x", file, "-ex", "print 1"], in: sandbox)
    #expect(run.status == 1)
    #expect(run.output.contains("$1 = 1"))
  }

  @Test func deepFramesHaveABlankBehindTheirNumber() throws {
    let source = try sandbox.file(
      "deep.c", "int down(int n) { return n ? down(n - 1) + 1 : 0; }\nint main(void) { return down(10002); }\n")
    let program = sandbox.path("deep")
    #expect(try Fixture.run(["gcc", "-g", source, "-o", program]).code == 0)
    let run = try Batch(commands: ["break down if n == 0", "run", "bt -1"], program: [program], in: sandbox)
    #expect(run.output.contains("\n#10003 0x"))
  }

  @Test func processIsEndedWithTheSession() throws {
    let program = try sandbox.program("echo.c", as: "echo")
    let run = try Batch(commands: ["break answer", "run"], program: [program], in: sandbox, input: "hello\n")
    #expect(run.status == 0)
    #expect(run.output.contains("answer (line=0x"))
    #expect(try sandbox.processes().isEmpty)
  }

  @Test func programInheritsStandardInputAndOutput() throws {
    let program = try sandbox.program("echo.c", as: "echo")
    let run = try Batch(commands: ["run"], program: [program], in: sandbox, input: "one\ntwo\nbye\nthree\n")
    #expect(run.output.contains("line 2 was [two]"))
    #expect(run.output.contains("goodbye after 2"))
  }

  @Test func signalsAreReported() throws {
    let run = try Batch(commands: ["run", "continue"], program: ["sh", "-c", "kill -SEGV $$"], in: sandbox)
    #expect(run.output.contains("Program received signal SIGSEGV, Segmentation fault."))
    #expect(run.output.contains("Program terminated with signal SIGSEGV, Segmentation fault."))
  }

  /// Text of the program's cannot drive the terminal that it is shown on.
  @Test func debuggeesTextIsEscaped() throws {
    let source = try sandbox.file("escape.c", "const char text[] = \"a\\033[31m\\ab\"; int main(void) { return 0; }\n")
    let program = sandbox.path("escape")
    #expect(try Fixture.run(["gcc", "-g", source, "-o", program]).code == 0)
    let run = try Batch(commands: ["break main", "run", "print text"], program: [program], in: sandbox)
    #expect(run.output.contains(#""a\033[31m\ab""#))
    #expect(!run.output.contains("\u{1b}"))
  }
}
