/// Words of Swift that C has not, or spells otherwise ("The Swift Programming Language", Lexical Structure).
extension ExpressionLexer {
  /// nil where the word is one of C's too.
  mutating func swiftToken(_ byte: UInt8) throws(ExpressionError) -> ExpressionToken.Kind? {
    if byte.isDigit { return followsDot ? try fieldNumber() : try digitGroups() }
    for symbol in ["===", "!==", "??"] where bytes[position...].starts(with: symbol.utf8) {
      position += symbol.utf8.count
      return .symbol(symbol)
    }
    // `` `default` `` is a name.
    guard byte == UInt8(ascii: "`") else { return nil }
    position += 1
    let word = name()
    guard peek() == byte else { throw ExpressionError("Unmatched backquote.", at: position) }
    position += 1
    return .identifier(word)
  }

  /// `1_000`, `0o17`, `0b1_01`; nil for what C writes alike.
  private mutating func digitGroups() throws(ExpressionError) -> ExpressionToken.Kind? {
    var end = position
    while end < bytes.count, bytes[end].isDigit || bytes[end].isNameStart { end += 1 }
    let word = text(position..<end)
    guard word.contains("_") || word.hasPrefix("0o"), end >= bytes.count || bytes[end] != UInt8(ascii: ".") else {
      return nil
    }
    let radixes = ["0x": 16, "0o": 8, "0b": 2]
    let radix = radixes[String(word.prefix(2))]
    let digits = word.dropFirst(radix == nil ? 0 : 2).filter { $0 != "_" }
    guard let value = UInt64(digits, radix: radix ?? 10) else {
      throw ExpressionError("Invalid number \"\(word)\".", at: position)
    }
    position = end
    return .integer(value, suffix: "", isDecimal: radix == nil)
  }
}
