/// A JSON document being built. Objects keep the order in which their keys were written, so that a line of output
/// reads as `docs/JSON.md` documents it, and is the same in each run.
final class JSONNode {
  enum Content {
    case null
    /// A literal that needs no quotes: `true`, `12`, `-0.5`.
    case literal(String)
    case string(String)
    case array([JSONNode])
    case object([(key: String, value: JSONNode)])
  }
  var content: Content

  init(_ content: Content = .null) { self.content = content }

  /// The document on one line, with a space after each colon and comma.
  func write(to text: inout String) {
    switch content {
    case .null: text += "null"
    case .literal(let literal): text += literal
    case .string(let string): Self.quote(string, to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        element.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// RFC 8259 §7; DEL and the C1 controls are escaped too, as the line may be looked at in a terminal.
  private static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
