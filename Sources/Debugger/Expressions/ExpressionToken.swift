import DebugInfo

/// A word of an expression.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    case identifier(String)
    /// `$`, `$$3`, `$rip`: the text without the first `$`.
    case dollar(String)
    case integer(UInt64, suffix: String, isDecimal: Bool)
    case floating(Float80, suffix: String)
    case character(UInt32, prefix: String)
    case string([UInt8], prefix: String)
    /// `'tour.c'`: a name in quotes.
    case quotedName(String)
    case symbol(String)
    case end
  }
  let kind: Kind
  /// UTF-8 bytes from the expression's start.
  let range: Range<Int>
}

/// Splits an expression into words.
struct ExpressionLexer {
  let bytes: [UInt8]
  private let language: SourceLanguage
  var position = 0
  /// True behind what may have members.
  private var followsValue = false
  /// True behind a `.`, where Rust's digits number a field.
  private(set) var followsDot = false

  /// Words that C++ has for operators ([lex.digraph]).
  private static let alternatives = [
    "and": "&&", "or": "||", "not": "!", "bitand": "&", "bitor": "|", "xor": "^", "compl": "~", "not_eq": "!=",
    "and_eq": "&=", "or_eq": "|=", "xor_eq": "^=",
  ]

  /// Text longer than this is no expression.
  static let lengthLimit = 1 << 16

  private init(_ text: String, language: SourceLanguage) {
    bytes = Array(text.utf8)
    self.language = language
  }

  static func tokens(of text: String, language: SourceLanguage) throws(ExpressionError) -> [ExpressionToken] {
    guard text.utf8.count <= lengthLimit else { throw ExpressionError("The expression is too long.") }
    var lexer = ExpressionLexer(text, language: language)
    var tokens: [ExpressionToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func next() throws(ExpressionError) -> ExpressionToken {
    while let byte = peek(), byte == 0x20 || (0x09...0x0d).contains(byte) { position += 1 }
    let start = position
    guard let byte = peek() else { return ExpressionToken(kind: .end, range: start..<start) }
    // `.1` behind a name is a tuple's member, elsewhere a number.
    let isMember = followsValue && byte == UInt8(ascii: ".") && start > 0 && bytes[start - 1].isNameEnd
    let kind: ExpressionToken.Kind
    if let own = try ownToken(byte) {
      kind = own
    } else if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1)?.isDigit == true && !isMember) {
      kind = try number()
    } else if let prefix = literalPrefix() {
      position += prefix.utf8.count
      kind = try quoted(prefix: prefix)
    } else if byte.isNameStart {
      let word = name()
      kind = (language == .cpp ? Self.alternatives[word] : nil).map { .symbol($0) } ?? .identifier(word)
    } else if byte == UInt8(ascii: "$") {
      kind = dollar()
    } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      kind = try quoted(prefix: "")
    } else {
      kind = try symbol()
    }
    if case .identifier = kind { followsValue = true } else { followsValue = kind == .symbol(")") || isMember }
    followsDot = kind == .symbol(".")
    return ExpressionToken(kind: kind, range: start..<position)
  }

  /// A word that the language has and C has not, or reads otherwise; nil for any other.
  private mutating func ownToken(_ byte: UInt8) throws(ExpressionError) -> ExpressionToken.Kind? {
    switch language {
    case .rust: try rustToken(byte)
    case .fortran: try fortranToken(byte)
    case .swift: try swiftToken(byte)
    default: nil
    }
  }

  mutating func name() -> String {
    let start = position
    while let byte = peek(), byte.isNameStart || byte.isDigit { position += 1 }
    return text(start..<position)
  }

  private mutating func dollar() -> ExpressionToken.Kind {
    let start = position + 1
    position += 1
    while let byte = peek(), byte.isNameStart || byte.isDigit || byte == UInt8(ascii: "$") { position += 1 }
    return .dollar(text(start..<position))
  }

  /// `L`, `u`, `U` or `u8` right before a quote.
  private func literalPrefix() -> String? {
    ["u8", "L", "u", "U"].first { prefix in
      let width = prefix.utf8.count
      return bytes[position...].starts(with: prefix.utf8)
        && (peek(width) == UInt8(ascii: "'") || peek(width) == UInt8(ascii: "\""))
    }
  }

  private static let symbols = [
    "<<=", ">>=", "->*", "...", "::", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", ".*",
  ]

  private mutating func symbol() throws(ExpressionError) -> ExpressionToken.Kind {
    for symbol in Self.symbols where bytes[position...].starts(with: symbol.utf8) {
      position += symbol.utf8.count
      return .symbol(symbol)
    }
    let character = text(position..<(position + 1))
    guard "+-*/%&|^~!<>=?:,.()[]{}@".contains(character) else {
      throw ExpressionError("Invalid character '\(character)' in expression.", at: position)
    }
    position += 1
    return .symbol(character)
  }

  // MARK: Numbers

  private mutating func number() throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    let isHexadecimal = peek() == UInt8(ascii: "0") && (peek(1).map { $0 | 0x20 } == UInt8(ascii: "x"))
    var isFloating = false
    while let byte = peek() {
      let lower = byte | 0x20
      let isExponent = lower == UInt8(ascii: isHexadecimal ? "p" : "e")
      if byte == UInt8(ascii: ".") {
        guard !isFloating else { break }
        isFloating = true
      } else if isExponent, peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") {
        isFloating = true
        position += 1
      } else if isExponent {
        isFloating = true
      } else if !byte.isDigit && !byte.isNameStart {
        break
      }
      position += 1
    }
    let word = text(start..<position)
    let kind = isFloating ? Self.floating(word) : try Self.integer(word)
    guard let kind else { throw ExpressionError("Invalid number \"\(word)\".", at: start) }
    return kind
  }

  private static func floating(_ word: String) -> ExpressionToken.Kind? {
    var digits = Substring(word)
    var suffix = ""
    if let last = word.last, "fFlL".contains(last), !(word.lowercased().hasPrefix("0x") && !word.contains("p")) {
      digits = digits.dropLast()
      suffix = last.lowercased()
    }
    if digits.hasSuffix(".") { digits += "0" }
    let spelled = digits.hasPrefix(".") ? "0" + digits : String(digits)
    return Float80(spelled).map { .floating($0, suffix: suffix) }
  }

  /// nil where it is no number.
  private static func integer(_ word: String) throws(ExpressionError) -> ExpressionToken.Kind? {
    let lower = word.lowercased()
    let end = lower.lastIndex { !"ul".contains($0) }.map(lower.index(after:)) ?? lower.startIndex
    let suffix = String(lower[end...].sorted().reversed())
    guard ["", "u", "l", "ul", "ll", "ull"].contains(suffix) else { return nil }
    var digits = lower[..<end]
    var radix = 10
    if digits.hasPrefix("0x") {
      (radix, digits) = (16, digits.dropFirst(2))
    } else if digits.hasPrefix("0b") {
      (radix, digits) = (2, digits.dropFirst(2))
    } else if digits.hasPrefix("0"), digits.count > 1 {
      (radix, digits) = (8, digits.dropFirst())
    }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isHexDigit && $0.hexDigitValue ?? radix < radix }) else { return nil }
    guard let value = UInt64(digits, radix: radix) else { throw ExpressionError("Numeric constant too large.") }
    return .integer(value, suffix: suffix, isDecimal: radix == 10)
  }

  // MARK: Quotes

  mutating func quoted(prefix: String) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    let quote = bytes[position]
    let isString = quote == UInt8(ascii: "\"")
    position += 1
    // What has no prefix consists of bytes; Rust's and Swift's characters are code points all the same.
    let isBytes = (prefix.isEmpty || prefix == "u8") && (isString || language != .rust && language != .swift)
    var units: [UInt32] = []
    var characters = 0
    var isPlain = true
    while let byte = peek(), byte != quote {
      characters += 1
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        units.append(try escape(from: start))
      } else {
        let start = position
        let codes = character()
        units += isBytes ? bytes[start..<position].map(UInt32.init) : codes
      }
    }
    guard peek() == quote else {
      throw ExpressionError(isString ? "Unterminated string in expression." : "Unmatched single quote.", at: start)
    }
    position += 1
    if isString { return .string(Self.encode(units, prefix: prefix), prefix: prefix) }
    if units.count == 1 { return .character(units[0], prefix: prefix) }
    guard isPlain, prefix.isEmpty, characters > 1 else {
      throw ExpressionError(
        units.isEmpty ? "A character constant must contain at least one character." : "Invalid character constant.",
        at: start)
    }
    return .quotedName(text((start + 1)..<(position - 1)))
  }

  /// A character as written: its code.
  private mutating func character() -> [UInt32] {
    let first = bytes[position]
    let length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    let end = min(position + length, bytes.count)
    defer { position = end }
    return text(position..<end).unicodeScalars.map(\.value)
  }

  private mutating func escape(from start: Int) throws(ExpressionError) -> UInt32 {
    position += 1
    guard let byte = peek() else { throw ExpressionError("Unmatched single quote.", at: start) }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "v"): return 11
    case UInt8(ascii: "e"): return 27
    case UInt8(ascii: "x"):
      let digits = take(radix: 16, limit: 8)
      guard let value = UInt32(digits, radix: 16) else {
        throw ExpressionError("\\x escape without a following hex digit", at: start)
      }
      return value
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      return UInt32(take(radix: 8, limit: 3), radix: 8) ?? 0
    default: return UInt32(byte)
    }
  }

  private mutating func take(radix: Int, limit: Int) -> String {
    let start = position
    while position - start < limit, let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
      digit < radix
    {
      position += 1
    }
    return text(start..<position)
  }

  /// The code units of a string literal, least significant byte first, without a terminating zero.
  private static func encode(_ units: [UInt32], prefix: String) -> [UInt8] {
    units.flatMap { unit -> [UInt8] in
      switch prefix {
      case "L", "U": (0..<4).map { UInt8(truncatingIfNeeded: unit >> UInt32($0 * 8)) }
      case "u":
        (Unicode.Scalar(unit).map { Array(String($0).utf16) } ?? [UInt16(truncatingIfNeeded: unit)]).flatMap {
          [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
        }
      // Up to 0xff it may be an escape, which means the byte itself.
      default:
        unit < 0x80
          ? [UInt8(unit)] : unit <= 0xff ? [UInt8(unit)] : Unicode.Scalar(unit).map { Array(String($0).utf8) } ?? []
      }
    }
  }
}

extension UInt8 {
  fileprivate var isNameEnd: Bool { isNameStart || isDigit || self == UInt8(ascii: ")") }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  /// A letter, `_`, or a part of a character past ASCII (Swift's and Rust's names have them).
  var isNameStart: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) && self < 0x80 || self == UInt8(ascii: "_")
      || self >= 0x80
  }
}
