import Debugger

extension CommandInterpreter {
  /// Candidates are bounded: a list longer than this is no help.
  private static let mostCandidates = 200

  /// What could stand at `cursor`, a number of characters into `line`: commands, subcommands, settings, functions,
  /// files, variables, registers, as the command's table entry says. Never fails.
  package func completions(for line: String, cursor: Int) async -> Completions {
    let before = line.prefix(max(0, cursor))
    let scan = Self.lastWord(of: before)
    let lead = before.prefix(scan.start).trimmed
    func answer(_ candidates: [Completions.Candidate], from start: Int? = nil) -> Completions {
      Completions(
        replaced: (start ?? scan.start)..<before.count, candidates: Array(candidates.prefix(Self.mostCandidates)))
    }
    guard let parsed = CommandLine(lead) else { return answer(commandNames(scan.word)) }
    guard let (command, rest) = try? resolve(CommandLine(expandingAliases(lead)) ?? parsed) else { return answer([]) }
    if let subcommands = command.subcommands {
      return answer(
        subcommands.completions(prefix: scan.word).map { .init(text: $0.name, detail: $0.command.summary) })
    }
    if command.arguments.first == .setting { return await settings(rest, scan, before) }
    let position = min(rest.words.count, command.arguments.count - 1)
    guard position >= 0 else { return answer([]) }
    switch command.arguments[position] {
    case .text, .number: return answer([])
    case .command: return answer(commandNames(scan.word))
    case .infoTopic, .setting: return answer([])
    case .word(let words): return answer(words.filter { $0.hasPrefix(scan.word) }.map { .init(text: $0) })
    case .file, .directory:
      let folders = command.arguments[position] == .directory
      return answer(FileNames.completing(scan.word, onlyFolders: folders).map { .init(text: $0) })
    case .register:
      let mark = scan.word.hasPrefix("$") ? "$" : ""
      let names = await session.completions(.register, prefix: String(scan.word.dropFirst(mark.count)), limit: 100)
      return answer(names.map { .init(text: mark + $0) })
    case .location where !lead.contains(" if"):
      let (start, stem) = Self.lastIdentifier(of: before, notBefore: scan.start)
      return answer(await places(stem), from: start)
    case .symbol:
      let (start, stem) = Self.lastIdentifier(of: before, notBefore: scan.start)
      return answer(await names(stem), from: start)
    case .location, .expression, .type:
      let (start, found) = await expression(before, isType: command.arguments[position] == .type)
      return answer(found, from: start)
    }
  }

  private func commandNames(_ prefix: String) -> [Completions.Candidate] {
    var found = table.completions(prefix: prefix).map {
      Completions.Candidate(text: $0.name, detail: $0.command.summary)
    }
    found += state.userCommands.keys.filter { $0.hasPrefix(prefix) }.map { .init(text: $0, detail: "User-defined.") }
    found += state.aliases.filter { $0.key.hasPrefix(prefix) }.map { .init(text: $0.key, detail: $0.value) }
    return found.sorted { $0.text < $1.text }
  }

  private func settings(_ rest: String, _ scan: (start: Int, word: String), _ before: Substring) async -> Completions {
    let typed = rest.words
    var texts: Set<String> = []
    for setting in SettingTable.all {
      let words = setting.words
      let isBelow = words.count > typed.count && zip(words, typed).allSatisfy { $0.hasPrefix($1) }
      if isBelow, words[typed.count].hasPrefix(scan.word) { texts.insert(words[typed.count]) }
      if words.count == typed.count, zip(words, typed).allSatisfy({ $0.hasPrefix($1) }) {
        texts.formUnion(Self.values(of: setting).filter { $0.hasPrefix(scan.word) })
      }
    }
    if typed.isEmpty {
      let others = ["args", "environment", "cwd", "variable", "version", "inferior-tty", "values", "user"]
      texts.formUnion(others.filter { $0.hasPrefix(scan.word) })
    }
    var candidates = texts.sorted().map { Completions.Candidate(text: $0) }
    if typed.first.map({ "variable".hasPrefix($0) }) ?? false {
      candidates += await names(scan.word)
    }
    return Completions(replaced: scan.start..<before.count, candidates: candidates)
  }

  private static func values(of setting: Setting) -> [String] {
    switch setting.kind {
    case .flag: ["on", "off"]
    case .choice(let choices): choices
    case .count(unlimited: true): ["unlimited"]
    default: []
    }
  }

  /// Where code can be: functions, files and, behind a file and a colon, what is in that.
  private func places(_ stem: String) async -> [Completions.Candidate] {
    if let colon = stem.lastIndex(of: ":"), !stem[..<colon].hasSuffix(":"), colon > stem.startIndex {
      let file = String(stem[..<colon])
      let rest = String(stem[stem.index(after: colon)...])
      return await session.completions(inFile: file, prefix: rest, limit: Self.mostCandidates)
        .map { .init(text: "\(file):\($0)") }
    }
    let files = await session.completions(.file, prefix: stem, limit: 50)
    let functions = await session.completions(.function, prefix: stem, limit: 100)
    return unique(
      files.map { .init(text: $0, detail: "file") } + functions.map { .init(text: $0, detail: "function") })
  }

  /// What could end an expression, and where that begins.
  private func expression(
    _ text: Substring, isType: Bool
  ) async -> (start: Int, candidates: [Completions.Candidate]) {
    let partial = PartialExpression(text, language: await session.expressionLanguage())
    switch partial.context {
    case .member(let object, let isArrow):
      let found = await session.members(of: object, isArrow: isArrow, prefix: partial.stem, limit: Self.mostCandidates)
      return (partial.start, found.map { .init(text: $0.name, detail: $0.detail) })
    case .scope(let scope):
      let found = await session.members(inScope: scope, prefix: partial.stem, limit: Self.mostCandidates)
      let members = found.map { Completions.Candidate(text: "\(scope)::\($0.name)", detail: $0.detail) }
      return (partial.start, unique(members + (await names("\(scope)::\(partial.stem)", isType: isType))))
    case .name: return (partial.start, await names(partial.stem, isType: isType))
    }
  }

  /// Names of the selected frame and of the program; types come first where one is asked for.
  private func names(_ stem: String, isType: Bool = false) async -> [Completions.Candidate] {
    if stem.hasPrefix("$") {
      let bare = String(stem.dropFirst())
      let registers = await session.completions(.register, prefix: bare, limit: 100)
      let variables = await session.completions(.convenience, prefix: bare, limit: 100)
      return registers.map { .init(text: "$" + $0, detail: "register") }
        + variables.map { .init(text: "$" + $0, detail: "convenience variable") }
    }
    func found(_ kind: DebugSession.CompletionKind, _ detail: String) async -> [Completions.Candidate] {
      await session.completions(kind, prefix: stem, limit: 100).map { .init(text: $0, detail: detail) }
    }
    let members = await session.ownMembers(prefix: stem, limit: 100)
    let near = await found(.variable, "variable") + members.map { .init(text: $0.name, detail: $0.detail) }
    guard !stem.isEmpty else { return unique(near) }
    let types = await found(.type, "type")
    let others = await found(.global, "variable") + found(.function, "function")
    return unique(isType ? types + near + others : near + others + types)
  }

  private func unique(_ candidates: [Completions.Candidate]) -> [Completions.Candidate] {
    var seen: Set<String> = []
    return candidates.filter { seen.insert($0.text).inserted }
  }

  /// The word that ends at the line's end, and how many characters precede it.
  private static func lastWord(of line: Substring) -> (start: Int, word: String) {
    let word = line.reversed().prefix { !$0.isWhitespace }
    return (line.count - word.count, String(word.reversed()))
  }

  /// The identifier (with `::` and `$`) that ends at the line's end.
  private static func lastIdentifier(of line: Substring, notBefore limit: Int) -> (start: Int, stem: String) {
    let stem = line.dropFirst(limit).reversed().prefix { $0.isLetter || $0.isNumber || "_:$.~-".contains($0) }
    var text = String(stem.reversed())
    // `p->x` and `a.b` are members: what follows the last of them is no symbol, but neither is it all one name.
    while let first = text.first, "-:.".contains(first) { text.removeFirst() }
    return (line.count - text.count, text)
  }
}
