/// Text as it may be drawn: control characters become visible signs (`^A`, `\e`, `^?`, `\x9b`), so do those that
/// would reorder or hide text (`\u{202e}`). Tabs stay, as a grid gives them their columns.
///
/// All text that comes from the debuggee, its files or its output passes here before it is drawn; grids also
/// apply it to whatever is written into them. Cost: one pass; none but the pass where nothing has to change.
package func caretNotation(_ text: some StringProtocol) -> String {
  var result = ""
  var changed = false
  for scalar in text.unicodeScalars {
    if let sign = scalar.visibleSign {
      result += sign
      changed = true
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return changed ? result : String(text)
}

extension Unicode.Scalar {
  /// How the scalar is shown if it must not reach a terminal as it is; nil for ordinary ones and for tabs.
  var visibleSign: String? {
    switch value {
    case 0x20..<0x7f, 0x09: return nil
    case 0x1b: return "\\e"
    case 0..<0x20: return "^" + String(Unicode.Scalar(UInt8(value) + 0x40))
    case 0x7f: return "^?"
    case 0x80..<0xa0: return "\\x" + String(value, radix: 16)
    // Arabic letter mark, bidirectional embeddings, overrides and isolates, line and paragraph separators
    // (UAX #9 §2); zero-width space, byte-order mark, tags: all could make text look other than it is.
    case 0x61c, 0x200b, 0x200e...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f:
      return "\\u{" + String(value, radix: 16) + "}"
    default: return nil
    }
  }
}
