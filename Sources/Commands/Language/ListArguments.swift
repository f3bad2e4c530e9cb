package import Debugger

/// What `list` is asked for.
package enum ListArguments: Sendable, Equatable {
  /// What follows the last lines, or the surroundings of where the program is.
  case more
  /// What precedes the last lines.
  case before
  case around(LocationSpecification)
  /// `FIRST,`
  case from(LocationSpecification)
  /// `,LAST`
  case upTo(LocationSpecification)
  case between(LocationSpecification, LocationSpecification)

  package init(parsing text: String) throws(CommandError) {
    let text = text.trimmed
    switch text {
    case "", "+": self = .more
    case "-": self = .before
    case _ where Self.comma(in: text) == nil: self = .around(try LocationSpecification(parsing: text))
    default:
      let comma = Self.comma(in: text) ?? text.endIndex
      let first = text[..<comma].trimmed
      let last = text[comma...].dropFirst().trimmed
      switch (first.isEmpty, last.isEmpty) {
      case (true, true): throw CommandError("Argument required (a range of lines).")
      case (true, false): self = .upTo(try LocationSpecification(parsing: last))
      case (false, true): self = .from(try LocationSpecification(parsing: first))
      case (false, false):
        self = .between(try LocationSpecification(parsing: first), try LocationSpecification(parsing: last))
      }
    }
  }

  /// The first comma outside of parentheses and template arguments.
  private static func comma(in text: String) -> String.Index? {
    var depth = 0
    for (index, character) in zip(text.indices, text) {
      if "(<".contains(character) { depth += 1 }
      if ")>".contains(character) { depth -= 1 }
      if character == ",", depth <= 0 { return index }
    }
    return nil
  }
}
