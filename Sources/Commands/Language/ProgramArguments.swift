package import Debugger

/// What follows `run`: arguments and redirections, split as a shell would, by ourselves: blanks separate, `'…'`,
/// `"…"` and `\` quote, `< FILE`, `> FILE`, `>> FILE`, `2> FILE` redirect. Nothing is expanded.
package struct ProgramArguments: Sendable, Equatable {
  package var arguments: [String] = []
  package var standardInput: String?
  package var standardOutput: String?
  package var appendsOutput = false
  package var standardError: String?

  package init() {}

  package init(parsing text: String) throws(CommandError) {
    var tokens = try Self.tokens(text)[...]
    while let token = tokens.popFirst() {
      guard case .redirection(let symbol) = token else {
        if case .word(let word) = token { arguments.append(word) }
        continue
      }
      guard case .word(let file)? = tokens.popFirst() else {
        throw CommandError("A file's name is missing after \"\(symbol)\".")
      }
      switch symbol {
      case "<": standardInput = file
      case "2>": standardError = file
      default:
        standardOutput = file
        appendsOutput = symbol == ">>"
      }
    }
  }

  /// Replaces arguments and redirections; the rest of `launch` stays.
  package func apply(to launch: inout LaunchConfiguration) {
    launch.arguments = arguments
    launch.standardInput = standardInput
    launch.standardOutput = standardOutput
    launch.appendsOutput = appendsOutput
    launch.standardError = standardError
  }

  private enum Token {
    case word(String)
    case redirection(String)
  }

  private static func tokens(_ text: String) throws(CommandError) -> [Token] {
    var tokens: [Token] = []
    var word: String?
    var rest = text[...]
    func isRedirection() -> String? {
      if word == nil, rest.hasPrefix("2>") { return "2>" }
      return rest.hasPrefix(">>") ? ">>" : rest.hasPrefix(">") ? ">" : rest.hasPrefix("<") ? "<" : nil
    }
    while let character = rest.first {
      if let symbol = isRedirection() {
        if let finished = word { tokens.append(.word(finished)) }
        word = nil
        tokens.append(.redirection(symbol))
        rest = rest.dropFirst(symbol.count)
        continue
      }
      rest = rest.dropFirst()
      switch character {
      case "'":
        guard let end = rest.firstIndex(of: "'") else { throw CommandError("Unterminated ' in the arguments.") }
        word = (word ?? "") + rest[..<end]
        rest = rest[rest.index(after: end)...]
      case "\"":
        word = (word ?? "") + (try doubleQuoted(&rest))
      case "\\":
        word = (word ?? "") + (rest.popFirst().map { String($0) } ?? "\\")
      case _ where character.isWhitespace:
        if let finished = word { tokens.append(.word(finished)) }
        word = nil
      default:
        word = (word ?? "") + String(character)
      }
    }
    if let finished = word { tokens.append(.word(finished)) }
    return tokens
  }

  /// Up to the closing quote; a backslash quotes `"`, `\` and `$` only (POSIX shell, §2.2.3).
  private static func doubleQuoted(_ rest: inout Substring) throws(CommandError) -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      if character == "\\", let next = rest.first, "\"\\$`".contains(next) {
        text.append(next)
        rest = rest.dropFirst()
      } else {
        text.append(character)
      }
    }
    throw CommandError("Unterminated \" in the arguments.")
  }

  /// The words as one could type them again.
  package static func quote(_ launch: LaunchConfiguration) -> String {
    var words = launch.arguments.map(shellQuoted)
    if let file = launch.standardInput { words += ["<", shellQuoted(file)] }
    if let file = launch.standardOutput { words += [launch.appendsOutput ? ">>" : ">", shellQuoted(file)] }
    if let file = launch.standardError { words += ["2>", shellQuoted(file)] }
    return words.joined(separator: " ")
  }

  private static func shellQuoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:+@%".contains($0) }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
