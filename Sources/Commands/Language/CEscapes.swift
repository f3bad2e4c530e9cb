/// C's escape sequences, as `echo` and `printf` take them.
enum CEscapes {
  private static let letters: [Character: Character] = [
    "n": "\n", "t": "\t", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "r": "\r", "v": "\u{B}", "e": "\u{1B}",
  ]

  /// Replaces `\n`, `\101`, `\"` and so on; a backslash before any other character stands for that character, one at
  /// the end for nothing.
  static func decode(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.first else {
        if character != "\\" { result.append(character) }
        continue
      }
      let digits = rest.prefix(3).prefix { ("0"..."7").contains($0) }
      if let code = UInt32(digits, radix: 8), let scalar = Unicode.Scalar(code & 0xFF) {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(digits.count)
      } else {
        result.append(letters[next] ?? next)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
