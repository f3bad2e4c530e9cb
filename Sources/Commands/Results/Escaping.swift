/// Text fit for a terminal: control characters (C0 but newline and tab, DEL, C1) and those that reorder or hide text are shown
/// escaped, in octal as gdb has them or as `\u{…}`. The one way for anything from outside to the screen.
package func escaped(_ text: String) -> String { escape(text) { $0 == "\n" || $0 == "\t" } }

/// `escaped` for a name that stands within a line: newlines and tabs are shown escaped too.
package func escapedName(_ name: String) -> String { escape(name) { _ in false } }

private func escape(_ text: String, keeping: (Unicode.Scalar) -> Bool) -> String {
  guard text.unicodeScalars.contains(where: { isUnsafe($0) && !keeping($0) }) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if !isUnsafe(scalar) || keeping(scalar) {
      result.unicodeScalars.append(scalar)
    } else if scalar.value < 0x100 {
      let digits = String(scalar.value, radix: 8)
      result += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    } else {
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }
  return result
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: true
  // Arabic letter mark, line and paragraph separators, the controls of the bidirectional algorithm (UAX #9); zero-width
  // space, word joiner, byte-order mark, tags: all could make text look other than it is.
  case 0x61C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
    true
  default: false
  }
}
