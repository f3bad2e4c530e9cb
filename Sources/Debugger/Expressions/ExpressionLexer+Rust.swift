/// Words that Rust has and C has not, or spells otherwise: numbers (Rust Reference, "Tokens"), byte and raw literals,
/// ranges.
extension ExpressionLexer {
  /// nil where the word is one of C's too.
  mutating func rustToken(_ byte: UInt8) throws(ExpressionError) -> ExpressionToken.Kind? {
    if byte.isDigit { return followsDot ? try fieldNumber() : try rustNumber() }
    for symbol in ["..=", "..", ".", ";"] where bytes[position...].starts(with: symbol.utf8) {
      position += symbol.utf8.count
      return .symbol(symbol)
    }
    if let raw = try rawString() { return raw }
    guard byte == UInt8(ascii: "b"), peek(1) == UInt8(ascii: "'") || peek(1) == UInt8(ascii: "\"") else { return nil }
    position += 1
    return try quoted(prefix: "b")
  }

  /// `tuple.0.1` numbers two fields: it has no fraction in it.
  mutating func fieldNumber() throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    let digits = take { $0.isDigit }
    guard let number = UInt64(digits) else { throw ExpressionError("Numeric constant too large.", at: start) }
    return .integer(number, suffix: "", isDecimal: true)
  }

  private mutating func rustNumber() throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    let radixes: [UInt8: Int] = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]
    let radix = bytes[position] == UInt8(ascii: "0") ? peek(1).flatMap { radixes[$0] } : nil
    if radix != nil { position += 2 }
    var digits = take { $0.isDigit || radix == 16 && $0.isHexadecimalLetter }
    var isFloating = false
    if radix == nil {
      // `1..3` is a range, `1.max` a method.
      if peek() == UInt8(ascii: "."), peek(1) != UInt8(ascii: "."), !(peek(1)?.isNameStart ?? false) {
        position += 1
        isFloating = true
        digits += "." + take { $0.isDigit }
        if digits.hasSuffix(".") { digits += "0" }
      }
      if let exponent = exponent() {
        isFloating = true
        digits += exponent
      }
    }
    let suffix = name()
    let word = text(start..<position)
    guard suffix.isEmpty || RustPrimitive.isNumber(suffix) else {
      throw ExpressionError("Invalid number \"\(word)\".", at: start)
    }
    if isFloating || radix == nil && suffix.hasPrefix("f") {
      guard suffix.isEmpty || suffix.hasPrefix("f"), let value = Float80(digits) else {
        throw ExpressionError("Invalid number \"\(word)\".", at: start)
      }
      return .floating(value, suffix: suffix)
    }
    guard !digits.isEmpty, digits.allSatisfy({ ($0.hexDigitValue ?? 16) < radix ?? 10 }) else {
      throw ExpressionError("Invalid number \"\(word)\".", at: start)
    }
    guard let value = UInt64(digits, radix: radix ?? 10) else {
      throw ExpressionError("Integer literal is too large", at: start)
    }
    return .integer(value, suffix: suffix, isDecimal: radix == nil)
  }

  /// `e5`, `E-3`; nil where none follows.
  private mutating func exponent() -> String? {
    guard let byte = peek(), byte | 0x20 == UInt8(ascii: "e") else { return nil }
    let isSigned = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
    guard peek(isSigned ? 2 : 1)?.isDigit ?? false else { return nil }
    let sign = peek(1) == UInt8(ascii: "-") ? "-" : ""
    position += isSigned ? 2 : 1
    return "e" + sign + take { $0.isDigit }
  }

  /// `r"…"`, `r#"…"#`, `br"…"`; nil where there is none.
  private mutating func rawString() throws(ExpressionError) -> ExpressionToken.Kind? {
    let isBytes = peek() == UInt8(ascii: "b")
    var distance = isBytes ? 1 : 0
    guard peek(distance) == UInt8(ascii: "r") else { return nil }
    distance += 1
    let marks = bytes[(position + distance)...].prefix { $0 == UInt8(ascii: "#") }.count
    guard peek(distance + marks) == UInt8(ascii: "\"") else { return nil }
    let start = position + distance + marks + 1
    var end = start
    let close = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "#"), count: marks)
    while end < bytes.count, !bytes[end...].starts(with: close) { end += 1 }
    guard end < bytes.count else { throw ExpressionError("Unterminated string in expression.", at: position) }
    position = end + close.count
    return .string(Array(bytes[start..<end]), prefix: isBytes ? "b" : "")
  }

  /// Digits, without the `_` between them.
  private mutating func take(while isPart: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = peek(), byte == UInt8(ascii: "_") || isPart(byte) { position += 1 }
    return text(start..<position).filter { $0 != "_" }
  }
}

extension UInt8 {
  fileprivate var isHexadecimalLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
