extension CommandInterpreter {
  /// `define NAME`: keeps the body; one that exists is replaced, its documentation kept.
  func define(_ name: String, body: [String]) throws(CommandError) {
    guard !name.isEmpty else { throw CommandError("Argument required (name of command to define).") }
    guard Self.isCommandName(name) else { throw CommandError("Junk in argument list: \"\(name)\"") }
    if case .found(let known) = table.lookUp(name), known.name == name {
      throw CommandError("\"\(name)\" is a command of sdb's own and cannot be redefined.")
    }
    state.aliases[name] = nil
    state.userCommands[name, default: .init(body: [])].body = body
  }

  /// `document NAME`: the text that `help NAME` prints.
  func document(_ name: String, text: [String]) throws(CommandError) {
    guard state.userCommands[name] != nil else {
      if case .found = table.lookUp(name) { throw CommandError("Command \"\(name)\" is built-in.") }
      throw CommandError("Undefined command: \"\(name)\".  Try \"help\".")
    }
    state.userCommands[name]?.documentation = text
  }

  /// `alias NAME = COMMAND …`.
  func alias(_ name: String, meaning: String) throws(CommandError) {
    guard Self.isCommandName(name) else { throw CommandError("Invalid command name: \(name)") }
    if case .found(let known) = table.lookUp(name), ([known.name] + known.aliases).contains(name) {
      throw CommandError("Alias already exists: \(name)")
    }
    if state.aliases[name] != nil || state.userCommands[name] != nil {
      throw CommandError("Alias already exists: \(name)")
    }
    guard let line = CommandLine(expandingAliases(meaning)),
      state.userCommands[line.name] != nil || (try? resolve(line)) != nil
    else { throw CommandError("Invalid command to alias to: \(meaning)") }
    state.aliases[name] = meaning
  }

  static func isCommandName(_ name: String) -> Bool {
    !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }
}

/// `$arg0`, `$arg1`, …, `$argc` and `$argN` of a user-defined command.
struct UserCommandArguments {
  private let arguments: [String]

  /// Blanks separate, quotes hold together (and stay).
  init(_ text: String) {
    var arguments: [String] = []
    var word = ""
    var quote: Character?
    for character in text {
      if let open = quote {
        word.append(character)
        if character == open { quote = nil }
      } else if character.isWhitespace {
        if !word.isEmpty { arguments.append(word) }
        word = ""
      } else {
        if "\"'".contains(character) { quote = character }
        word.append(character)
      }
    }
    if !word.isEmpty { arguments.append(word) }
    self.arguments = arguments
  }

  func substitute(in lines: [String]) -> [String] { lines.map(substitute) }

  private func substitute(in line: String) -> String {
    var result = ""
    var rest = line[...]
    while let dollar = rest.range(of: "$arg") {
      result += rest[..<dollar.lowerBound]
      let tail = rest[dollar.upperBound...]
      let digits = tail.prefix { ("0"..."9").contains($0) }
      let next = tail.dropFirst(digits.count).first
      let endsHere = next.map { !($0.isLetter || $0 == "_") } ?? true
      if tail.first == "c", tail.dropFirst().first.map({ !($0.isLetter || $0.isNumber || $0 == "_") }) ?? true {
        result += String(arguments.count)
        rest = tail.dropFirst()
      } else if let index = Int(digits), endsHere, arguments.indices.contains(index) {
        result += arguments[index]
        rest = tail.dropFirst(digits.count)
      } else {
        result += rest[dollar]
        rest = tail
      }
    }
    return result + rest
  }
}

extension Substring {
  /// Where `needle` first stands.
  fileprivate func range(of needle: String) -> Range<Index>? { firstRange(of: needle) }
}
