import DebugInfo

/// What `ptype/o` writes in front of each line: offsets and sizes, the holes between members and behind the last.
struct MemberLayout {
  /// The margin of lines without an offset.
  static let blank = String(repeating: " ", count: 27)
  static let heading = "/* offset      |    size */  "

  let isUnion: Bool
  let isHexadecimal: Bool
  /// Of the aggregate in the outermost one, in bits.
  let base: UInt64
  /// Past the last member that was told of, in bits, within the aggregate.
  private var end: UInt64 = 0

  init(of type: DataType, base: UInt64, isHexadecimal: Bool) {
    isUnion = type.kind == .aggregate(.union)
    self.isHexadecimal = isHexadecimal
    self.base = base
  }

  /// The lines of holes before a member, if there are any, and the begin of its own.
  mutating func lead(_ member: DataType.Member) -> String {
    guard member.kind == .field else { return Self.blank }
    let size = member.type.size ?? 0
    if isUnion { return "/*" + right(number(size, digits: 4), 22) + " */" }
    let start = member.offset &* 8 &+ member.bitOffset
    let holes = hole(before: start, "hole")
    end = start &+ (member.bitSize ?? size &* 8)
    let place = base &+ start
    let bit = member.bitSize.map { _ in
      isHexadecimal ? ": " + hexadecimal(place % 8, digits: 1) + " " : ":" + right("\(place % 8)", 2) + "   "
    }
    return holes + "/* " + right(number(place / 8, digits: 4), 6) + (bit ?? "      ") + "|  "
      + right(number(size, digits: 4), 6)
      + " */"
  }

  /// What follows the last member: padding and the size of all.
  mutating func trailer(_ type: DataType, margin: String) -> String {
    let size = type.size ?? 0
    let padding = isUnion ? "" : hole(before: size &* 8, "padding")
    return padding + "\n" + Self.blank + margin + "    /* total size (bytes): " + right("\(size)", 4) + " */\n"
  }

  private func hole(before start: UInt64, _ what: String) -> String {
    // A class may begin with a pointer to its virtual table, which is no hole.
    guard end > 0, end < start else { return "" }
    let (bytes, bits) = (start - end).quotientAndRemainder(dividingBy: 8)
    let word = what + String(repeating: " ", count: max(0, 7 - what.count))
    return (bits > 0 ? "/* XXX " + right("\(bits)", 2) + "-bit " + word + "    */\n" : "")
      + (bytes > 0 ? "/* XXX " + right("\(bytes)", 2) + "-byte " + word + "   */\n" : "")
  }

  private func number(_ value: UInt64, digits: Int) -> String {
    isHexadecimal ? hexadecimal(value, digits: digits) : "\(value)"
  }

  private func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
