import Commands
import Debugger
import Synchronization
import Testing

/// An interpreter with a session that has no program, and what it emitted.
final class Bench: Sendable {
  let interpreter: CommandInterpreter
  private let outputs = Mutex<[CommandOutput]>([])

  init(isInteractive: Bool = false, confirm: (@Sendable (String) async -> Bool)? = nil) {
    interpreter = CommandInterpreter(
      session: DebugSession(), options: InterpreterOptions(isInteractive: isInteractive, confirm: confirm))
  }

  @discardableResult
  func run(_ line: String) async -> CommandOutput {
    await interpreter.execute(line) { output in self.outputs.withLock { $0.append(output) } }
  }
  /// The texts emitted so far, and forgets them.
  func emitted() -> [String] {
    outputs.withLock { outputs in
      defer { outputs = [] }
      return outputs.map(\.text)
    }
  }
}

@Suite struct InterpreterTests {
  @Test(arguments: [
    ("foo", "Undefined command: \"foo\".  Try \"help\"."),
    ("nxet", "Undefined command: \"nxet\".  Try \"help\".  Did you mean \"next\"?"),
    ("info nonsense", "Undefined info command: \"nonsense\".  Try \"help info\"."),
    ("wh", "Ambiguous command \"wh\": whatis, where, while."),
    ("bt", "No stack."), ("next", "The program is not being run."), ("info registers", "No registers."),
    ("info locals", "No frame selected."), ("frame", "No stack."),
    ("finish", "The program is not being run."), ("continue", "The program is not being run."),
    ("run", "No executable file specified.\nUse the \"file\" command."),
    ("delete 99", "No breakpoint number 99."), ("ignore", "Argument required (a breakpoint number)."),
    ("ignore 1", "Second argument (specified ignore-count) is missing."),
    ("condition", "Argument required (breakpoint number)."), ("set", "Argument required (expression to compute)."),
    ("set print elements", "Argument required (integer to set it to, or \"unlimited\")."),
    ("show foo", "Undefined show command: \"foo\".  Try \"help show\"."),
    ("undisplay 7", "No display number 7."), ("print/w 3", "Size letters are meaningless in \"print\" command."),
    ("printf %d", "Bad format string"), ("printf \"%d\"", "Wrong number of arguments for specified format-string"),
    ("source /no/such/file", "/no/such/file: No such file or directory."),
    ("alias zz = nonsense", "Invalid command to alias to: nonsense"),
    ("alias next = step", "Alias already exists: next"),
  ])
  func refusesInGdbsWords(_ line: String, _ error: String) async {
    let output = await Bench().run(line)
    #expect(!output.succeeded)
    #expect(output.text == error)
  }

  @Test(arguments: [
    ("info breakpoints", "No breakpoints or watchpoints."), ("i b", "No breakpoints or watchpoints."),
    ("info threads", "No threads."), ("info display", "There are no auto-display expressions now."),
    ("show listsize", "Number of source lines sdb will list by default is 10."),
    ("show print elements", "Limit on string chars or array elements to print is 200."),
    ("show confirm", "Whether to confirm potentially dangerous operations is on."),
    ("show disassembly-flavor", "The disassembly flavor is \"att\"."),
    ("show args", "Argument list to give program being debugged when it is started is \"\"."),
    ("echo a\\tb\\n", "a\tb\n"), ("# nothing", ""), ("printf \"100%%\\n\"", "100%\n"),
  ])
  func answersWithoutProgram(_ line: String, _ text: String) async {
    let output = await Bench().run(line)
    #expect(output.succeeded)
    #expect(output.text == text)
  }

  @Test(arguments: [
    ("i b", #"{"command": "info breakpoints", "ok": true, "result": {"breakpoints": []}}"#),
    ("backtrace", #"{"command": "bt", "ok": false, "error": "No stack."}"#),
    ("foo", #"{"command": "foo", "ok": false, "error": "Undefined command: \"foo\".  Try \"help\"."}"#),
    ("set listsize 5", #"{"command": "set", "ok": true, "result": {}}"#),
    ("show listsize", #"{"command": "show", "ok": true, "result": {"setting": "listsize", "value": "10"}}"#),
    ("echo hi", #"{"command": "echo", "ok": true, "result": {"output": "hi"}}"#),
    ("", ""), ("# comment", ""),
  ])
  func printsOneObject(_ line: String, _ json: String) async {
    #expect(await Bench().run(line).json() == json)
  }

  @Test func keepsSettings() async {
    let bench = Bench()
    for (line, show, text) in [
      ("set listsize 3", "show listsize", "Number of source lines sdb will list by default is 3."),
      ("set print elements 0", "show print elements", "Limit on string chars or array elements to print is unlimited."),
      ("set print pretty", "show print pretty", "Pretty formatting of structures is on."),
      (
        "set args a 'b c' < in", "show args",
        "Argument list to give program being debugged when it is started is \"a 'b c' < in\"."
      ),
      ("set env FOO=bar baz", "show env FOO", "FOO = bar baz"),
      ("unset env FOO", "show env FOO", "Environment variable \"FOO\" not defined."),
      ("set pagination off", "show pagination", "State of pagination is off."),
      (
        "set breakpoint pending on", "show breakpoint pending",
        "Debugger's behavior regarding pending breakpoints is \"on\"."
      ),
    ] {
      #expect(await bench.run(line).succeeded, "\(line)")
      #expect(await bench.run(show).text == text)
    }
  }

  @Test func definesCommands() async {
    let bench = Bench()
    for line in ["define greet", "echo $arg0 and $arg1 of $argc\\n", "end"] { await bench.run(line) }
    await bench.run("document greet")
    await bench.run("Greets if asked.")
    await bench.run("end")
    let output = await bench.run("greet you me")
    #expect(output.succeeded)
    #expect(bench.emitted() == ["you and me of 2\n"])
    #expect(await bench.run("help greet").text == "Greets if asked.")
    await bench.run("alias hello = greet dear")
    await bench.run("hello friend")
    #expect(bench.emitted() == ["dear and friend of 2\n"])
  }

  @Test func endsRecursionOfDefinedCommands() async {
    let bench = Bench()
    for line in ["define f", "f", "end"] { await bench.run(line) }
    let output = await bench.run("f")
    #expect(!output.succeeded)
    #expect(output.text == "Max user call depth exceeded -- command aborted.")
  }

  @Test func stopsDefinedCommandsAtTheFirstError() async {
    let bench = Bench()
    for line in ["define f", "echo one", "nonsense", "echo two", "end"] { await bench.run(line) }
    #expect(await bench.run("f").text == "Undefined command: \"nonsense\".  Try \"help\".")
    #expect(bench.emitted().filter { !$0.isEmpty } == ["one"])
  }

  @Test func tellsBlocksThatNeverEnd() async {
    let bench = Bench()
    await bench.run("define f")
    #expect(await bench.interpreter.prompt == ">")
    let output = await bench.interpreter.finishInput()
    #expect(output?.text == "The block of \"define f\" has no \"end\".")
    #expect(await bench.interpreter.prompt == "(sdb) ")
  }

  @Test func repeatsOnAnEmptyLineForPeopleOnly() async {
    let person = Bench(isInteractive: true)
    await person.run("next")
    #expect(await person.run("").text == "The program is not being run.")
    await person.run("echo x")
    #expect(await person.run("").text == "")
    let script = Bench()
    await script.run("next")
    #expect(await script.run("").text == "")
  }

  @Test func quitsWithTheStatusAskedFor() async {
    let output = await Bench().run("quit")
    #expect(output.quits)
    #expect(output.exitStatus == nil)
  }

  @Test func showsControlCharactersEscaped() async {
    #expect(await Bench().run("echo a\\033[31mb").text == "a\\033[31mb")
  }

  @Test func runsTheShell() async {
    #expect(await Bench().run("!echo hi; exit 3").text == "hi")
    #expect(
      await Bench().run("shell exit 3").json()
        == #"{"command": "shell", "ok": true, "result": {"status": 3, "output": ""}}"#)
  }

  @Test(arguments: [
    ("inf", 0..<3, "info"), ("info lo", 5..<7, "locals"), ("set pri", 4..<7, "print"),
    ("set print el", 10..<12, "elements"), ("set confirm o", 12..<13, "off"), ("help disas", 5..<10, "disassemble"),
    ("source /dev/nul", 7..<15, "/dev/null"), ("cd /de", 3..<6, "/dev/"), ("bt -f", 3..<5, "-full"),
  ])
  func completes(_ line: String, _ replaced: Range<Int>, _ candidate: String) async {
    let found = await Bench().interpreter.completions(for: line, cursor: line.count)
    #expect(found.replaced == replaced)
    #expect(found.candidates.map(\.text).contains(candidate))
  }

  @Test func listsCompletions() async {
    #expect(await Bench().run("complete info al").text == "info all-registers")
  }

  @Test func asksBeforeItDoesHarm() async {
    let asked = Mutex<[String]>([])
    let bench = Bench(
      isInteractive: true,
      confirm: { question in
        asked.withLock { $0.append(question) }
        return false
      })
    #expect(await bench.run("unset environment").text == "Not confirmed.")
    #expect(asked.withLock { $0 } == ["Delete all environment variables?"])
    await bench.run("set confirm off")
    #expect(await bench.run("unset environment").succeeded)
  }

  /// Whatever a language calls true and false.
  @Test(arguments: ["c", "fortran", "rust", "swift"])
  func branchesByTruth(language: String) async {
    let bench = Bench()
    await bench.run("set language \(language)")
    for (condition, answer) in [("1 == 2", "no"), ("1 == 1", "yes")] {
      for line in ["if \(condition)", "echo yes", "else", "echo no", "end"] { await bench.run(line) }
      #expect(bench.emitted().joined() == answer)
    }
  }
}
