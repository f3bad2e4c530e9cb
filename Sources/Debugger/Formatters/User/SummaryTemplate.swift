/// A summary as a user writes it: `({x}, {y:x})`. `{EXPRESSION}` stands for a value, `{EXPRESSION:F}` for one in the
/// format that `print /F` has; a brace itself is written `{{` or `}}`.
package struct SummaryTemplate: Sendable, Equatable {
  package enum Piece: Sendable, Equatable {
    case text(String)
    case value(String, ValueFormat.Letter)
  }

  /// What is wrong with a template, in a user's words.
  package struct Problem: Error, Equatable { package let reason: String }

  package let pieces: [Piece]

  package init(_ template: String) throws(Problem) {
    var pieces: [Piece] = []
    var text = ""
    var rest = Substring(template)
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        text.append(character)
        rest.removeFirst()
      } else if character == "}" {
        throw Problem(reason: "a } has no { before it; a brace itself is written }}")
      } else if character == "{" {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(try Self.value(&rest))
      } else {
        text.append(character)
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  /// The one expression that a template consists of; nil for any other. For children, which are values.
  package var soleExpression: String? {
    if pieces.count == 1, case .value(let expression, .natural) = pieces[0] { expression } else { nil }
  }

  /// What follows a `{`, up to the `}` that closes it.
  private static func value(_ rest: inout Substring) throws(Problem) -> Piece {
    var depth = 1
    var expression = ""
    while let character = rest.popFirst() {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth == 0 { return try piece(expression) }
      expression.append(character)
    }
    throw Problem(reason: "a { has no } behind it; a brace itself is written {{")
  }

  private static func piece(_ text: String) throws(Problem) -> Piece {
    var expression = Substring(text)
    var letter = ValueFormat.Letter.natural
    // A colon and one letter at the end; two colons are part of a name.
    if let colon = expression.lastIndex(of: ":"), expression[colon...].count == 2,
      expression.last?.isLetter == true, !expression[..<colon].hasSuffix(":")
    {
      guard let format = expression.last.flatMap(ValueFormat.Letter.init(rawValue:)), format != .instruction else {
        throw Problem(reason: "\(expression[colon...]) is no format; there are x d u o t a c f s z r")
      }
      letter = format
      expression = expression[..<colon]
    }
    guard expression.contains(where: { !$0.isWhitespace }) else { throw Problem(reason: "{} holds no expression") }
    return .value(String(expression), letter)
  }
}
