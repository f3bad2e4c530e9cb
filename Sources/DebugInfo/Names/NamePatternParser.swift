/// A regular expression, taken apart.
indirect enum NamePatternTree {
  case empty
  case set(ByteSet)
  case assertion(NamePattern.Assertion)
  case sequence([NamePatternTree])
  case alternatives([NamePatternTree])
  /// nil: without end.
  case repetition(NamePatternTree, least: Int, most: Int?)
}

/// Reads GNU's basic regular expressions (regex(7), grep(1)).
struct NamePatternParser {
  /// RE_DUP_MAX is more than anybody wants.
  private static let mostRepeats = 1000
  private static let deepestGroup = 100
  private let text: [UInt8]
  private var at = 0
  private var depth = 0

  init(_ text: [UInt8]) { self.text = text }

  mutating func parse() throws(NamePattern.Failure) -> NamePatternTree {
    let tree = try alternatives()
    guard at == text.count else { throw NamePattern.Failure(reason: "Unmatched ) or \\)") }
    return tree
  }

  private mutating func alternatives() throws(NamePattern.Failure) -> NamePatternTree {
    var choices = [try sequence()]
    while accept("|", escaped: true) { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .alternatives(choices)
  }

  private mutating func sequence() throws(NamePattern.Failure) -> NamePatternTree {
    var parts: [NamePatternTree] = []
    while at < text.count, !peeks(")", escaped: true), !peeks("|", escaped: true) {
      // At the begin, a star is only a star.
      let part = try parts.isEmpty && accept("*", escaped: false) ? .set(Self.one("*")) : atom(isFirst: parts.isEmpty)
      parts.append(try repeated(part))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ part: NamePatternTree) throws(NamePattern.Failure) -> NamePatternTree {
    var part = part
    while true {
      if accept("*", escaped: false) {
        part = .repetition(part, least: 0, most: nil)
      } else if accept("+", escaped: true) {
        part = .repetition(part, least: 1, most: nil)
      } else if accept("?", escaped: true) {
        part = .repetition(part, least: 0, most: 1)
      } else if accept("{", escaped: true) {
        part = try interval(part)
      } else {
        return part
      }
    }
  }

  /// `\{2,5\}`, past its opening.
  private mutating func interval(_ part: NamePatternTree) throws(NamePattern.Failure) -> NamePatternTree {
    let least = number()
    var most = least
    if accept(",", escaped: false) { most = number() }
    guard accept("}", escaped: true) else { throw NamePattern.Failure(reason: "Unmatched \\{") }
    guard (least ?? 0) <= (most ?? .max), max(least ?? 0, most ?? 0) <= Self.mostRepeats else {
      throw NamePattern.Failure(reason: "Invalid content of \\{\\}")
    }
    return .repetition(part, least: least ?? 0, most: most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while at < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[at]) {
      value = min((value ?? 0) * 10 + Int(text[at] - UInt8(ascii: "0")), Self.mostRepeats + 1)
      at += 1
    }
    return value
  }

  private mutating func atom(isFirst: Bool) throws(NamePattern.Failure) -> NamePatternTree {
    let byte = text[at]
    at += 1
    switch byte {
    case UInt8(ascii: "."): return .set(.all)
    case UInt8(ascii: "["): return .set(try bracket())
    case UInt8(ascii: "^") where isFirst: return .assertion(.start)
    case UInt8(ascii: "$") where at == text.count || peeks(")", escaped: true) || peeks("|", escaped: true):
      return .assertion(.end)
    case UInt8(ascii: "\\"): return try escape()
    default: return .set(Self.one(byte))
    }
  }

  private mutating func escape() throws(NamePattern.Failure) -> NamePatternTree {
    guard at < text.count else { throw NamePattern.Failure(reason: "Trailing backslash") }
    let byte = text[at]
    at += 1
    switch byte {
    case UInt8(ascii: "("):
      depth += 1
      guard depth <= Self.deepestGroup else { throw NamePattern.Failure(reason: "Regular expression too big") }
      let group = try alternatives()
      guard accept(")", escaped: true) else { throw NamePattern.Failure(reason: "Unmatched ( or \\(") }
      depth -= 1
      return group
    case UInt8(ascii: "<"): return .assertion(.wordStart)
    case UInt8(ascii: ">"): return .assertion(.wordEnd)
    case UInt8(ascii: "b"): return .assertion(.wordBoundary)
    case UInt8(ascii: "B"): return .assertion(.notWordBoundary)
    case UInt8(ascii: "w"): return .set(.word)
    case UInt8(ascii: "W"): return .set(ByteSet.word.inverted)
    case UInt8(ascii: "s"): return .set(ByteSet { $0 == 0x20 || (9...13).contains($0) })
    case UInt8(ascii: "S"): return .set(ByteSet { $0 != 0x20 && !(9...13).contains($0) })
    case UInt8(ascii: "1")...UInt8(ascii: "9"): throw NamePattern.Failure(reason: "Invalid back reference")
    default: return .set(Self.one(byte))
    }
  }

  /// `[a-z_]`, past its opening.
  private mutating func bracket() throws(NamePattern.Failure) -> ByteSet {
    let isInverted = accept("^", escaped: false)
    var set = ByteSet { _ in false }
    var isFirst = true
    while at < text.count, text[at] != UInt8(ascii: "]") || isFirst {
      isFirst = false
      if text[at...].starts(with: "[:".utf8), let named = try characterClass() {
        for byte in UInt8.min...UInt8.max where named.contains(byte) { set.insert(byte) }
        continue
      }
      let low = text[at]
      at += 1
      var high = low
      if at + 1 < text.count, text[at] == UInt8(ascii: "-"), text[at + 1] != UInt8(ascii: "]") {
        high = text[at + 1]
        at += 2
      }
      guard low <= high else { throw NamePattern.Failure(reason: "Invalid range end") }
      for byte in low...high { set.insert(byte) }
    }
    guard at < text.count else { throw NamePattern.Failure(reason: "Unmatched [, [^, [:, [., or [=") }
    at += 1
    return isInverted ? set.inverted : set
  }

  /// `[:alpha:]`; nil where it is not closed, and is text.
  private mutating func characterClass() throws(NamePattern.Failure) -> ByteSet? {
    let rest = text[(at + 2)...]
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: ":]".utf8) else { return nil }
    let name = String(decoding: rest[..<colon], as: UTF8.self)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let lower = UInt8(ascii: "a")...UInt8(ascii: "z")
    let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let set: ByteSet
    switch name {
    case "alpha": set = ByteSet { lower.contains($0) || upper.contains($0) }
    case "digit": set = ByteSet { digits.contains($0) }
    case "alnum": set = ByteSet { lower.contains($0) || upper.contains($0) || digits.contains($0) }
    case "lower": set = ByteSet { lower.contains($0) }
    case "upper": set = ByteSet { upper.contains($0) }
    case "space": set = ByteSet { $0 == 0x20 || (9...13).contains($0) }
    case "blank": set = ByteSet { $0 == 0x20 || $0 == 9 }
    case "xdigit":
      set = ByteSet { digits.contains($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0) }
    case "punct":
      set = ByteSet { (0x21...0x7e).contains($0) && !(lower.contains($0) || upper.contains($0) || digits.contains($0)) }
    default: throw NamePattern.Failure(reason: "Invalid character class name")
    }
    at = colon + 2
    return set
  }

  private static func one(_ byte: UInt8) -> ByteSet { ByteSet { $0 == byte } }
  private static func one(_ character: Unicode.Scalar) -> ByteSet { one(UInt8(ascii: character)) }

  private func peeks(_ character: Unicode.Scalar, escaped: Bool) -> Bool {
    let token = (escaped ? [UInt8(ascii: "\\")] : []) + [UInt8(ascii: character)]
    return text[at...].starts(with: token)
  }

  private mutating func accept(_ character: Unicode.Scalar, escaped: Bool) -> Bool {
    guard peeks(character, escaped: escaped) else { return false }
    at += escaped ? 2 : 1
    return true
  }
}
