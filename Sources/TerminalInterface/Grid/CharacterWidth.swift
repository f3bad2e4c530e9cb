extension Unicode.Scalar {
  /// Columns that the scalar takes in a terminal: 0 for marks that combine with what is before, 2 for East
  /// Asian wide ones and emoji, else 1. It holds for what `caretNotation(_:)` lets through.
  ///
  /// The rule is that of wcwidth(3), without depending on the locale: categories Mn, Me and Cf take no room
  /// (Unicode 15 §4.5), nor do Hangul vowels and finals that join the syllable before; wide are the blocks that
  /// UAX #11 gives W or F and all scalars that are drawn as emoji by default (UTS #51 §4).
  package var columnWidth: Int {
    if value < 0x300 { return value == 0xad ? 1 : value < 0x20 ? 0 : 1 }
    if (0x1160...0x11ff).contains(value) || (0xd7b0...0xd7ff).contains(value) { return 0 }
    if isWide { return 2 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    // These format characters are visible signs, such as the Arabic end of verse.
    case .format: return (0x600...0x8e2).contains(value) ? 1 : 0
    default: return 1
    }
  }

  private var isWide: Bool {
    if value < 0x1100 { return false }
    if Self.wideBlocks.contains(where: { $0.contains(value) }) {
      return properties.generalCategory != .nonspacingMark
    }
    // Regional indicators are narrow one by one; a pair makes a flag two columns wide.
    return properties.isEmojiPresentation && !(0x1f1e6...0x1f1ff).contains(value)
  }

  private static let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x3247, 0x3250...0x4dbf, 0x4e00...0xa4c6,
    0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6b, 0xff01...0xff60,
    0xffe0...0xffe6, 0x16fe0...0x18d08, 0x1aff0...0x1b2fb, 0x1f200...0x1f265, 0x20000...0x2fffd, 0x30000...0x3fffd,
  ]

  /// Whether it joins the character before it in one cell, whatever its own width: skin tones.
  var isEmojiModifier: Bool { properties.isEmojiModifier }
}

/// Columns that `text` takes on a line, tabs counted to the next multiple of `tabWidth`.
/// Control characters count as they show. Cost: grows with the text.
package func columnWidth(of text: some StringProtocol, tabWidth: Int = 8) -> Int {
  var clusters = ClusterScanner(text, tabWidth: tabWidth)
  var width = 0
  while let cluster = clusters.next() { width += cluster.width }
  return width
}
