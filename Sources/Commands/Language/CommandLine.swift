/// A line, taken apart: the command's name, its `/FMT`, and the rest as it was written.
package struct CommandLine: Sendable, Equatable {
  package let name: String
  /// From the first character after the name, without leading and trailing blanks.
  package let rest: String

  /// nil for an empty line and for a comment.
  package init?(_ line: String) {
    let line = line.trimmed
    guard let first = line.first, first != "#" else { return nil }
    if first == "!" {
      name = "shell"
      rest = line.dropFirst().trimmed
      return
    }
    let end = line.firstIndex { !($0.isLetter || $0.isNumber || "-_.".contains($0)) } ?? line.endIndex
    // A line that begins with no name at all (`+3`): its first word is what can't be found.
    let stop = end > line.startIndex ? end : line.firstIndex(where: \.isWhitespace) ?? line.endIndex
    name = String(line[..<stop])
    rest = line[stop...].trimmed
  }

  /// `/FMT` off the front of `rest`: `("x", "foo + 1")` of `/x foo + 1`; nil where there is none.
  package static func splitFormat(_ rest: String) -> (format: String, rest: String)? {
    guard rest.hasPrefix("/") else { return nil }
    let end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
    return (String(rest[rest.index(after: rest.startIndex)..<end]), rest[end...].trimmed)
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }

  /// The first word, and what follows it.
  package var firstWord: (word: String, rest: String) {
    let text = trimmed
    let end = text.firstIndex(where: \.isWhitespace) ?? text.endIndex
    return (String(text[..<end]), text[end...].trimmed)
  }

  /// What lies between blanks.
  package var words: [String] { split { $0.isWhitespace }.map { String($0) } }
}
