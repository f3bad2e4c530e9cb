/// The scan of one line.
struct LineScan {
  private let bytes: [UInt8]
  private let rules: LanguageRules
  private let language: SourceLanguage
  private(set) var state: LexerState
  private(set) var spans: [ColourSpan] = []
  private var position = 0
  /// Whether a directive was begun on this line or goes on on it.
  private var isDirective = false
  /// Assembler: whether the mnemonic of the line is still to come.
  private var expectsMnemonic = true

  init(bytes: [UInt8], rules: LanguageRules, language: SourceLanguage, state: LexerState) {
    self.bytes = bytes
    self.rules = rules
    self.language = language
    self.state = state
  }

  mutating func run() {
    switch state {
    case .code: break
    case .comment(let depth): comment(from: 0, depth: depth)
    case .string(let close, let escapes): string(from: 0, close: close, escapes: escapes, isMultiline: true)
    case .directive:
      isDirective = true
      state = .code
    }
    if !isDirective { beginDirective() }
    while position < bytes.count { step() }
    if isDirective, state == .code, bytes.last == UInt8(ascii: "\\") { state = .directive }
  }

  // MARK: Steps

  private mutating func step() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
    case _ where takeComment() || takeRawString() || takeString() || takeAttribute(): break
    case _ where Self.isWordStart(byte): word()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "%") where rules.isAssembler: register()
    case UInt8(ascii: ".") where rules.isAssembler: assemblerDirective()
    default: operators()
    }
  }

  private mutating func beginDirective() {
    guard rules.hasDirectives, position == 0 || state == .code else { return }
    guard let first = bytes[position...].firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
      bytes[first] == UInt8(ascii: "#")
    else { return }
    isDirective = true
    var end = first + 1
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[(first + 1)..<end], as: UTF8.self)
    add(first..<end, .sourcePreprocessor)
    position = end
    // The file of an include in angle brackets is a string.
    if name.hasSuffix("include") || name.hasSuffix("include_next") {
      while position < bytes.count, bytes[position] == 0x20 { position += 1 }
      if position < bytes.count, bytes[position] == UInt8(ascii: "<") {
        let close = bytes[position...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
        add(position..<close, .sourceString)
        position = close
      }
    }
  }

  // MARK: Comments

  private mutating func takeComment() -> Bool {
    if rules.lineComments.contains(where: { starts(with: $0) }), !isImmediate {
      add(position..<bytes.count, .sourceComment)
      position = bytes.count
      return true
    }
    guard rules.blockComments, starts(with: "/*") else { return false }
    comment(from: position, depth: 0)
    return true
  }

  /// ARM writes immediates with `#`; a digit behind it is no comment there.
  private var isImmediate: Bool {
    rules.isAssembler && bytes[position] == UInt8(ascii: "#") && position + 1 < bytes.count
      && position > 0 && (0x30...0x39).contains(bytes[position + 1])
  }

  /// A block comment to its end or that of the line; it begins with its opening if `depth` is 0.
  private mutating func comment(from start: Int, depth: Int) {
    var depth = depth
    position = start
    while position < bytes.count {
      if starts(with: "/*"), depth == 0 || rules.nestedComments {
        depth += 1
        position += 2
      } else if starts(with: "*/") {
        depth -= 1
        position += 2
        if depth <= 0 { break }
      } else {
        position += 1
      }
    }
    add(start..<position, .sourceComment)
    state = depth > 0 ? .comment(depth: depth) : .code
  }

  // MARK: Strings

  private mutating func takeString() -> Bool {
    guard let rule = rules.strings.first(where: { starts(with: $0.open) }) else { return false }
    if rule.open == "'", language == .rust || language == .assembler, !isCharacter { return false }
    let start = position
    position += rule.open.utf8.count
    string(from: start, close: Array(rule.close.utf8), escapes: rule.escapes, isMultiline: rule.isMultiline)
    return true
  }

  /// Whether a quote begins a character, not a lifetime such as `'a`.
  private var isCharacter: Bool {
    guard position + 2 < bytes.count else { return false }
    if bytes[position + 1] == UInt8(ascii: "\\") { return true }
    return bytes[(position + 2)...].prefix(4).contains(UInt8(ascii: "'")) && !Self.isWordStart(bytes[position + 1])
      || bytes[position + 2] == UInt8(ascii: "'")
      || bytes[position + 1] >= 0x80
  }

  /// A string from `start`, whose opening lies behind `position`, to its end or that of the line.
  private mutating func string(from start: Int, close: [UInt8], escapes: Bool, isMultiline: Bool) {
    state = .code
    while position < bytes.count {
      if escapes, bytes[position] == UInt8(ascii: "\\") {
        position = min(bytes.count, position + 2)
        // C goes on after a backslash at the end of the line.
        if position == bytes.count, bytes.last == UInt8(ascii: "\\"), !isMultiline {
          add(start..<position, .sourceString)
          state = .string(close: close, escapes: escapes)
          return
        }
      } else if bytes[position...].starts(with: close) {
        position += close.count
        add(start..<position, .sourceString)
        return
      } else {
        position += 1
      }
    }
    add(start..<position, .sourceString)
    if isMultiline { state = .string(close: close, escapes: escapes) }
  }

  /// `R"tag(…)tag"`, `r#"…"#`, `#"…"#`, `r"…"`: strings whose end depends on their beginning.
  private mutating func takeRawString() -> Bool {
    var end = position
    switch language {
    case .cPlusPlus:
      for prefix in ["u8R\"", "uR\"", "UR\"", "LR\"", "R\""] where starts(with: prefix) {
        let from = position + prefix.utf8.count
        // A tag has at most 16 characters (C++ standard, lex.string).
        guard let open = bytes[from...].prefix(17).firstIndex(of: UInt8(ascii: "(")) else { return false }
        return rawString(
          openEnd: open + 1, close: [UInt8(ascii: ")")] + bytes[from..<open] + [UInt8(ascii: "\"")], isMultiline: true)
      }
      return false
    case .rust:
      if starts(with: "br") || starts(with: "cr") { end += 2 } else if starts(with: "r") { end += 1 }
      guard end > position else { return false }
    case .swift:
      guard starts(with: "#") else { return false }
    case .python:
      guard let quote = bytes[position...].prefix(3).firstIndex(where: { $0 == 0x22 || $0 == 0x27 }) else {
        return false
      }
      let prefix = String(decoding: bytes[position..<quote], as: UTF8.self)
      guard quote > position, rules.prefixes.contains(prefix) else { return false }
      let isTriple = bytes[quote...].prefix(3).allSatisfy { $0 == bytes[quote] } && bytes.count >= quote + 3
      return rawString(
        openEnd: quote + (isTriple ? 3 : 1), close: Array(repeating: bytes[quote], count: isTriple ? 3 : 1),
        isMultiline: isTriple, escapes: true)
    case .c, .go, .assembler: return false
    }
    var hashes = 0
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") {
      hashes += 1
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return false }
    let count = language == .swift && bytes[end...].starts(with: "\"\"\"".utf8) ? 3 : 1
    let close = Array(repeating: UInt8(ascii: "\""), count: count) + Array(repeating: UInt8(ascii: "#"), count: hashes)
    return rawString(openEnd: end + count, close: close, isMultiline: language == .rust || count == 3)
  }

  private mutating func rawString(openEnd: Int, close: [UInt8], isMultiline: Bool, escapes: Bool = false) -> Bool {
    let start = position
    position = openEnd
    string(from: start, close: close, escapes: escapes, isMultiline: isMultiline)
    return true
  }

  // MARK: Words and numbers

  private mutating func takeAttribute() -> Bool {
    guard let opening = rules.attributes.first(where: { starts(with: $0) }) else { return false }
    let start = position
    if opening.hasSuffix("[") {
      let close = bytes[position...].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? bytes.count
      position = close
    } else {
      position += 1
      guard position < bytes.count, Self.isWordStart(bytes[position]) else { return true }
      // Python multiplies matrices with `@`; a decorator is first on its line.
      let isFirst = bytes[..<start].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      guard language != .python || isFirst else { return true }
      while position < bytes.count, Self.isWord(bytes[position]) || bytes[position] == UInt8(ascii: ".") {
        position += 1
      }
    }
    add(start..<position, .sourceAttribute)
    return true
  }

  private mutating func word() {
    let start = position
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    if rules.isAssembler {
      assemblerWord(start)
      return
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if rules.prefixes.contains(text), position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 {
      add(start..<position, .sourceString)
    } else if rules.keywords.contains(text) {
      add(start..<position, .sourceKeyword)
    } else if rules.types.contains(text) || text.hasSuffix("_t") {
      add(start..<position, .sourceType)
    } else if rules.capitalTypes, (0x41...0x5a).contains(bytes[start]) {
      add(start..<position, .sourceType)
    } else if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
      add(start..<position, .sourceFunction)
    }
  }

  private mutating func number() {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      // A sign belongs to an exponent: e, or p in a hexadecimal number.
      let afterExponent = position > start && [0x65, 0x45, 0x70, 0x50].contains(bytes[position - 1])
      let isHexadecimal = start + 1 < bytes.count && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
      let isExponent = isSign && afterExponent && !(isHexadecimal && bytes[position - 1] | 0x20 == 0x65)
      // `0..<n` is a range, no fraction.
      let isRange = byte == UInt8(ascii: ".") && position + 1 < bytes.count && bytes[position + 1] == byte
      let isSeparator = byte == UInt8(ascii: "'") && language == .cPlusPlus
      guard Self.isWord(byte) || (byte == UInt8(ascii: ".") && !isRange) || isExponent || isSeparator else { break }
      position += 1
    }
    add(start..<position, .sourceNumber)
  }

  private mutating func operators() {
    let start = position
    position += 1
    if "+-*/%=<>!&|^~?:".utf8.contains(bytes[start]) { add(start..<position, .sourceOperator) }
  }

  // MARK: Assembler

  private mutating func register() {
    let start = position
    position += 1
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    add(start..<position, .sourceRegister)
  }

  private mutating func assemblerDirective() {
    let start = position
    position += 1
    while position < bytes.count, Self.isWord(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
      add(start..<position, .sourceLabel)
    } else if expectsMnemonic {
      expectsMnemonic = false
      add(start..<position, .sourcePreprocessor)
    }
  }

  private mutating func assemblerWord(_ start: Int) {
    if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
      add(start..<position, .sourceLabel)
    } else if expectsMnemonic {
      expectsMnemonic = false
      add(start..<position, .sourceKeyword)
    }
  }

  // MARK: Helpers

  private static func isWordStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5a, 0x61...0x7a, 0x5f, 0x80...: true
    default: false
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isWordStart(byte) || (0x30...0x39).contains(byte)
  }

  private func starts(with text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  /// Neighbours of one scope become one span.
  private mutating func add(_ range: Range<Int>, _ scope: Scope) {
    guard !range.isEmpty else { return }
    if let last = spans.last, last.scope == scope, last.range.upperBound == range.lowerBound {
      spans[spans.count - 1] = ColourSpan(range: last.range.lowerBound..<range.upperBound, scope: scope)
    } else {
      spans.append(ColourSpan(range: range, scope: scope))
    }
  }
}
