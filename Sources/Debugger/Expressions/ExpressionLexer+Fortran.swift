/// Words of Fortran (Fortran 2018, ISO/IEC 1539-1, clauses 6 and 7): operators between dots, numbers with kinds, text
/// in either quote. What has a meaning in C, too, is given C's name.
extension ExpressionLexer {
  private static let dotted: [String: ExpressionToken.Kind] = [
    ".and.": .symbol("&&"), ".or.": .symbol("||"), ".not.": .symbol("!"), ".eqv.": .symbol(".eqv."),
    ".neqv.": .symbol(".neqv."), ".xor.": .symbol(".neqv."), ".eq.": .symbol("=="), ".ne.": .symbol("!="),
    ".lt.": .symbol("<"), ".le.": .symbol("<="), ".gt.": .symbol(">"), ".ge.": .symbol(">="),
    ".true.": .identifier("true"), ".false.": .identifier("false"),
  ]

  /// nil where the word is one of C's too.
  mutating func fortranToken(_ byte: UInt8) throws(ExpressionError) -> ExpressionToken.Kind? {
    if let word = dottedWord() {
      position += word.utf8.count
      return Self.dotted[word]
    }
    if byte.isDigit || byte == UInt8(ascii: ".") && peek(1)?.isDigit == true { return try fortranNumber() }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return try fortranText(quote: byte) }
    for (symbol, meaning) in [("**", "**"), ("/=", "!="), ("%", ".")] where bytes[position...].starts(with: symbol.utf8)
    {
      position += symbol.utf8.count
      return .symbol(meaning)
    }
    return nil
  }

  /// `.and.` and its like, in small letters.
  private func dottedWord() -> String? {
    guard peek() == UInt8(ascii: ".") else { return nil }
    var end = position + 1
    while end < bytes.count, end - position < 6, bytes[end].isNameStart { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ".") else { return nil }
    let word = text(position..<(end + 1)).lowercased()
    return Self.dotted[word] == nil ? nil : word
  }

  /// `12`, `1.5`, `1d3`, `2.5e-3_8`, `5_8`. The suffix is the kind, in bytes.
  private mutating func fortranNumber() throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    var digits = digits()
    var isFloating = false
    // `1.eq.2` compares two integers.
    if peek() == UInt8(ascii: "."), dottedWord() == nil {
      position += 1
      isFloating = true
      digits = (digits.isEmpty ? "0" : digits) + "." + (peek()?.isDigit == true ? self.digits() : "0")
    }
    if let letter = peek().map({ $0 | 0x20 }), "edq".utf8.contains(letter) {
      let isSigned = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
      if peek(isSigned ? 2 : 1)?.isDigit == true {
        isFloating = true
        digits += "e" + text((position + 1)..<(position + (isSigned ? 2 : 1)))
        position += isSigned ? 2 : 1
        digits += self.digits()
      }
    }
    var kind = ""
    if peek() == UInt8(ascii: "_"), peek(1)?.isDigit == true {
      position += 1
      kind = self.digits()
    }
    let word = text(start..<position)
    if let byte = peek(), byte.isNameStart { throw ExpressionError("Invalid number \"\(word + name())\".", at: start) }
    guard kind.isEmpty || FortranType.sizes.contains(kind) else {
      throw ExpressionError("There is no kind \(kind) of numbers.", at: start)
    }
    if isFloating, let value = Float80(digits) { return .floating(value, suffix: kind) }
    guard let value = UInt64(digits) else { throw ExpressionError("Numeric constant too large.") }
    return .integer(value, suffix: kind, isDecimal: true)
  }

  private mutating func digits() -> String {
    let start = position
    while let byte = peek(), byte.isDigit { position += 1 }
    return text(start..<position)
  }

  /// A quote in the text is written twice. `'file.f90'::name` is a name.
  private mutating func fortranText(quote: UInt8) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    var text: [UInt8] = []
    position += 1
    while let byte = peek() {
      position += 1
      guard byte == quote else {
        text.append(byte)
        continue
      }
      guard peek() == quote else {
        let isName = bytes[position...].starts(with: "::".utf8)
        return isName ? .quotedName(String(decoding: text, as: UTF8.self)) : .string(text, prefix: "")
      }
      text.append(quote)
      position += 1
    }
    throw ExpressionError("Unterminated string in expression.", at: start)
  }
}
