import Commands
import Testing

@Suite struct CommandTableTests {
  /// Abbreviations that hands know from gdb, and what they stand for.
  static let abbreviations = [
    ("b", "break"), ("br", "break"), ("c", "continue"), ("cont", "continue"), ("s", "step"), ("n", "next"),
    ("si", "stepi"), ("ni", "nexti"), ("fin", "finish"), ("r", "run"), ("l", "list"), ("p", "print"),
    ("inspect", "print"), ("bt", "bt"), ("backtrace", "bt"), ("where", "bt"), ("i", "info"), ("inf", "info"),
    ("f", "frame"), ("d", "delete"), ("u", "until"), ("h", "help"), ("k", "kill"), ("q", "quit"), ("x", "x"),
    ("tb", "tbreak"), ("dis", "disable"), ("disas", "disassemble"), ("en", "enable"), ("adv", "advance"),
    ("cond", "condition"), ("ig", "ignore"), ("und", "undisplay"), ("wha", "whatis"), ("pt", "ptype"), ("t", "thread"),
    ("dir", "directory"), ("cl", "clear"), ("ret", "return"), ("j", "jump"), ("unt", "until"), ("disp", "display"),
  ]

  @Test(arguments: abbreviations) func resolvesAbbreviations(_ typed: String, _ name: String) {
    guard case .found(let command) = CommandTable.standard.lookUp(typed) else {
      Issue.record("\(typed) is not found")
      return
    }
    #expect(command.name == name)
  }

  @Test(arguments: [
    ("b", "breakpoints"), ("lo", "locals"), ("ar", "args"), ("r", "registers"), ("th", "threads"),
    ("sh", "sharedlibrary"), ("f", "frame"), ("li", "line"), ("so", "source"), ("s", "stack"), ("sy", "symbol"),
    ("di", "display"), ("au", "auxv"), ("proc", "proc"), ("all", "all-registers"), ("sig", "signals"),
  ])
  func resolvesInfoTopics(_ typed: String, _ name: String) throws {
    guard case .found(let info) = CommandTable.standard.lookUp("info"), let topics = info.subcommands,
      case .found(let topic) = topics.lookUp(typed)
    else {
      Issue.record("info \(typed) is not found")
      return
    }
    #expect(topic.name == name)
  }

  @Test func tellsAmbiguousNames() {
    guard case .ambiguous(let names) = CommandTable.standard.lookUp("wh") else {
      Issue.record("not ambiguous")
      return
    }
    #expect(names == ["whatis", "where", "while"])
  }

  @Test(arguments: [("nxt", "next"), ("braek", "break"), ("contniue", "continue"), ("zzzzz", nil), ("go", nil)])
  func suggestsWhatWasMeant(_ typed: String, _ meant: String?) {
    #expect(CommandTable.standard.nearest(to: typed) == meant)
  }

  /// Every command with its prefix.
  static let all: [(prefix: String, command: CommandDescriptor)] = CommandTable.standard.commands.flatMap { command in
    [("", command)] + (command.subcommands?.commands.map { (command.name + " ", $0) } ?? [])
  }

  @Test func describesEveryCommand() {
    for (prefix, command) in Self.all {
      let name = prefix + command.name
      #expect(command.summary.hasSuffix("."), "\(name)")
      #expect(command.synopsis.hasPrefix(name), "\(name)")
      #expect(command.help.contains("Usage: " + name), "\(name)")
      #expect(!command.summary.contains("\n"), "\(name)")
    }
  }

  @Test func givesEachNameOnce() {
    for table in [CommandTable.standard] + CommandTable.standard.commands.compactMap(\.subcommands) {
      let names = table.commands.flatMap { [$0.name] + $0.aliases }
      let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys
      #expect(twice.isEmpty, "\(twice)")
    }
  }

  @Test func knowsTheCommandsOfTheIssue() {
    let names =
      "run start starti kill continue step next finish stepi nexti until advance jump return call break tbreak delete "
      + "clear disable enable ignore condition bt frame up down thread list print output echo printf x ptype whatis "
      + "set show unset display undisplay disassemble find define document alias shell help apropos source cd pwd file "
      + "tty directory quit complete info if while"
    for name in names.split(separator: " ") {
      guard case .found(let command) = CommandTable.standard.lookUp(String(name)) else {
        Issue.record("no \(name)")
        continue
      }
      #expect(command.name == name)
    }
  }
}
