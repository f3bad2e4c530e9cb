import Commands
import Debugger
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ("print x", "print", "x"), ("  x/4xw $sp ", "x", "/4xw $sp"), ("p*q", "p", "*q"), ("!ls -l", "shell", "ls -l"),
    ("list -", "list", "-"), ("info b", "info", "b"), ("disas/s main", "disas", "/s main"), ("+3", "+3", ""),
  ])
  func takesLinesApart(_ line: String, _ name: String, _ rest: String) {
    #expect(CommandLine(line)?.name == name)
    #expect(CommandLine(line)?.rest == rest)
  }

  @Test(arguments: ["", "   ", "# print 1", "\t#"]) func skipsCommentsAndBlanks(_ line: String) {
    #expect(CommandLine(line) == nil)
  }

  @Test(arguments: [
    ("", LocationSpecification.here), ("12", .line(12)), ("+3", .offset(3)), ("-2", .offset(-2)),
    ("main.c:7", .fileLine(file: "main.c", line: 7)),
    ("dir/main.c:run", .fileFunction(file: "dir/main.c", function: "run")),
    ("main", .function("main")), ("zoo::Dog::legs", .function("zoo::Dog::legs")),
    ("f(std::pair<int, a::b>)", .function("f(std::pair<int, a::b>)")), ("*0x401136", .address("0x401136")),
    ("* main + 4", .address("main + 4")), ("\"a b.c\":3", .fileLine(file: "a b.c", line: 3)),
    ("a.cpp:zoo::total", .fileFunction(file: "a.cpp", function: "zoo::total")), ("'f'", .function("f")),
    ("-function f", .function("f")), ("-source a.c -line 4", .fileLine(file: "a.c", line: 4)),
    ("operator<", .function("operator<")),
  ])
  func readsLocations(_ text: String, _ location: LocationSpecification) throws {
    #expect(try LocationSpecification(parsing: text) == location)
  }

  @Test(arguments: [
    "*", "99999999999999999999", "a.c:", "-line", "-nonsense 3", "9223372036854775807", "--9223372036854775808",
    "+9223372036854775807", "-line 9223372036854775807",
  ])
  func refusesBadLocations(_ text: String) {
    #expect(throws: CommandError.self) { try LocationSpecification(parsing: text) }
  }

  @Test(arguments: [
    ("f if x == 1", "f", "x == 1"), ("12 if(a)", "12", "(a)"), ("if y", "", "y"), ("verify", "verify", nil),
    ("f if strcmp(s, \" if \")", "f", "strcmp(s, \" if \")"), ("a.c:3", "a.c:3", nil),
  ])
  func findsConditions(_ text: String, _ place: String, _ condition: String?) {
    let found = BreakpointArguments.splitCondition(text)
    #expect(found.place == place)
    #expect(found.condition == condition)
  }

  @Test func readsTheThreadOfABreakpoint() throws {
    let arguments = try BreakpointArguments(parsing: "f thread 2 if x > 1")
    #expect(arguments.location == .function("f"))
    #expect(arguments.thread == 2)
    #expect(arguments.condition == "x > 1")
    #expect(throws: CommandError("Junk after thread keyword.")) { try BreakpointArguments(parsing: "f thread 2 3") }
  }

  @Test(
    arguments: [
      ("", []), ("a b", ["a", "b"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a\\ b", ["a b"]), ("''", [""]),
      ("x\"y\"z", ["xyz"]), ("\"a\\\"b\"", ["a\"b"]), ("\"\\n\"", ["\\n"]), ("'it'\\''s'", ["it's"]),
      ("a=$HOME *", ["a=$HOME", "*"]),
    ] as [(String, [String])])
  func splitsProgramArguments(_ text: String, _ words: [String]) throws {
    #expect(try ProgramArguments(parsing: text).arguments == words)
  }

  @Test func readsRedirections() throws {
    var expected = ProgramArguments()
    expected.arguments = ["a", "b2"]
    expected.standardInput = "in file"
    expected.standardOutput = "out"
    expected.appendsOutput = true
    expected.standardError = "err"
    #expect(try ProgramArguments(parsing: "a < 'in file' b2 >>out 2> err") == expected)
    var launch = LaunchConfiguration()
    expected.apply(to: &launch)
    #expect(ProgramArguments.quote(launch) == "a b2 < 'in file' >> out 2> err")
  }

  @Test(arguments: ["a <", "'x", "\"x", "> < y"]) func refusesBadArguments(_ text: String) {
    #expect(throws: CommandError.self) { try ProgramArguments(parsing: text) }
  }

  @Test(
    arguments: [
      ("4xw", 4, "x", 4), ("3i", 3, "i", nil), ("s", nil, "s", nil), ("gx", nil, "x", 8), ("-2xb", -2, "x", 1),
    ]
      as [(String, Int?, Character, Int?)])
  func readsFormats(_ text: String, _ count: Int?, _ letter: Character, _ size: Int?) throws {
    let format = try FormatSuffix(text)
    #expect(format.count == count)
    #expect(format.letter?.rawValue == letter)
    #expect(format.unitSize == size)
  }

  @Test func refusesSizesWherePrintShowsOneValue() throws {
    #expect(throws: CommandError("Size letters are meaningless in \"print\" command.")) {
      try FormatSuffix("xw").valueFormat(for: "print")
    }
    #expect(throws: CommandError("Item count other than 1 is meaningless in \"print\" command.")) {
      try FormatSuffix("2x").valueFormat(for: "print")
    }
    #expect(throws: CommandError("Undefined output format \"q\".")) { try FormatSuffix("q") }
  }

  @Test func remembersHowMemoryWasExamined() throws {
    var defaults = ExamineDefaults()
    #expect(defaults.complete(nil) == ValueFormat(.hexadecimal, unitSize: 4))
    #expect(defaults.complete(try FormatSuffix("dg")) == ValueFormat(.decimal, unitSize: 8))
    #expect(defaults.complete(nil) == ValueFormat(.decimal, unitSize: 8))
    #expect(defaults.complete(try FormatSuffix("c")) == ValueFormat(.character, unitSize: 1))
    #expect(defaults.complete(try FormatSuffix("a")) == ValueFormat(.address, unitSize: 8))
    #expect(defaults.complete(try FormatSuffix("3i")) == ValueFormat(.instruction, unitSize: nil))
    // A size has numbers meant again.
    #expect(defaults.complete(try FormatSuffix("2g")) == ValueFormat(.hexadecimal, unitSize: 8))
    #expect(defaults.complete(try FormatSuffix("i")) == ValueFormat(.instruction, unitSize: nil))
    #expect(defaults.complete(try FormatSuffix("x")) == ValueFormat(.hexadecimal, unitSize: 8))
    #expect(defaults.complete(try FormatSuffix("3i")) == ValueFormat(.instruction, unitSize: nil))
    #expect(defaults.complete(nil) == ValueFormat(.instruction, unitSize: nil))
  }

  @Test(arguments: [("1 3-5,9", [1, 3, 4, 5, 9]), ("", []), ("2-2", [2])] as [(String, [Int])])
  func readsNumberLists(_ text: String, _ numbers: [Int]) throws {
    #expect(try NumberList.parse(text, naming: "breakpoint") == numbers)
  }

  @Test(arguments: ["x", "5-3", "0", "-1", "1-999999999", "1.2"]) func refusesBadNumberLists(_ text: String) {
    #expect(throws: CommandError.self) { try NumberList.parse(text, naming: "breakpoint") }
  }

  @Test(arguments: [
    ("", ListArguments.more), ("-", .before), ("12", .around(.line(12))), ("3,9", .between(.line(3), .line(9))),
    ("3,", .from(.line(3))), (",9", .upTo(.line(9))), ("main", .around(.function("main"))),
    ("f(int, char)", .around(.function("f(int, char)"))),
    ("a.c:3,7", .between(.fileLine(file: "a.c", line: 3), .line(7))),
  ])
  func readsListArguments(_ text: String, _ arguments: ListArguments) throws {
    #expect(try ListArguments(parsing: text) == arguments)
  }

  @Test(arguments: [
    ("print elements 5", "print elements", "5"), ("print elem 5", "print elements", "5"),
    ("p el unlimited", "print elements", "unlimited"), ("listsize 3", "listsize", "3"), ("conf off", "confirm", "off"),
    ("disassembly-flavor intel", "disassembly-flavor", "intel"), ("print pretty", "print pretty", ""),
  ])
  func matchesSettings(_ text: String, _ name: String, _ rest: String) {
    guard case .found(let setting, let value) = SettingTable.match(text) else {
      Issue.record("not found: \(text)")
      return
    }
    #expect(setting.name == name)
    #expect(value == rest)
  }

  @Test func tellsUnknownAndAmbiguousSettings() {
    guard case .unknown = SettingTable.match("total = 3"), case .unknown = SettingTable.match("print"),
      case .ambiguous(let names) = SettingTable.match("print p")
    else {
      if case .ambiguous = SettingTable.match("h") { return }
      Issue.record("matched")
      return
    }
    #expect(names.contains("print pretty"))
  }

  @Test func normalizesSettingsValues() throws {
    func setting(_ name: String) throws -> Setting { try #require(SettingTable.all.first { $0.name == name }) }
    #expect(try setting("print pretty").normalize("") == "on")
    #expect(try setting("print pretty").normalize("0") == "off")
    #expect(try setting("print elements").normalize("0") == "unlimited")
    #expect(try setting("print elements").normalize("17") == "17")
    #expect(try setting("disassembly-flavor").normalize("int") == "intel")
    #expect(throws: CommandError("\"on\" or \"off\" expected.")) { try setting("confirm").normalize("maybe") }
    #expect(throws: CommandError.self) { try setting("listsize").normalize("many") }
  }
}
