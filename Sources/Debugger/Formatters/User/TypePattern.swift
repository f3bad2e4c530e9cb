import Glibc

/// Which types a user's formatter is for: a name (`vec3`, `geo::vec<int, 3>`), a name with `*` for anything
/// (`vec<*>`), or an extended regular expression between slashes (`/^geo::.*Id$/`, regex(7)).
package struct TypePattern: Sendable {
  private enum Kind: Sendable {
    case name(String)
    case wildcard([String])
    case regex(RegularExpression)
  }

  /// As it is written.
  package let text: String
  private let kind: Kind

  /// Longer names are not looked at: matching costs time that grows with them.
  private static let longestName = 4096

  package init(_ text: String) throws(SummaryTemplate.Problem) {
    self.text = text
    if text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") {
      kind = .regex(try RegularExpression(String(text.dropFirst().dropLast())))
      return
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw SummaryTemplate.Problem(reason: "the name of a type is missing")
    }
    let name = Self.normalized(text)
    let parts = name.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    kind = parts.count > 1 ? .wildcard(parts) : .name(name)
  }

  /// The name where it is one; such patterns are found at once.
  var exactName: String? {
    if case .name(let name) = kind { name } else { nil }
  }

  /// - Parameter name: normalized.
  func matches(_ name: String) -> Bool {
    guard name.utf8.count <= Self.longestName else { return false }
    switch kind {
    case .name(let own): return own == name
    case .wildcard(let parts): return Self.matches(name, parts)
    case .regex(let expression): return expression.matches(name)
    }
  }

  /// The first part begins the name, the last ends it, the others follow each other as early as they can.
  private static func matches(_ name: String, _ parts: [String]) -> Bool {
    guard let first = parts.first, let last = parts.last, name.hasPrefix(first) else { return false }
    var rest = name.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  /// Without the blanks that compilers set differently, and without `struct` and the like.
  static func normalized(_ name: String) -> String {
    var result = ""
    var pendingBlank = false
    for character in name {
      if character == " " || character == "\t" {
        pendingBlank = true
        continue
      }
      if pendingBlank, let last = result.last, isIdentifier(last), isIdentifier(character) { result.append(" ") }
      pendingBlank = false
      result.append(character)
    }
    for keyword in ["struct ", "class ", "union "] where result.hasPrefix(keyword) {
      return String(result.dropFirst(keyword.count))
    }
    return result
  }

  private static func isIdentifier(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}

/// A compiled expression of regex(3). Matching leaves it as it is, so any thread may.
private final class RegularExpression: @unchecked Sendable {
  private var compiled = regex_t()

  init(_ pattern: String) throws(SummaryTemplate.Problem) {
    let failure = regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB)
    guard failure == 0 else {
      var words = [CChar](repeating: 0, count: 128)
      regerror(failure, &compiled, &words, words.count)
      let reason = String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw SummaryTemplate.Problem(reason: "the regular expression is wrong: \(reason)")
    }
  }

  deinit { regfree(&compiled) }

  func matches(_ text: String) -> Bool { regexec(&compiled, text, 0, nil, 0) == 0 }
}
