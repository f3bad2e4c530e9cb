/// A control sequence while it is read: `ESC [`, a leader, parameters, an intermediate byte, a final byte
/// (ECMA-48 §5.4).
struct ControlSequence {
  /// A number, or none where it was left out.
  struct Parameter {
    var value: Int?
    /// Whether a colon, not a semicolon, comes after it: it is followed by a sub-parameter.
    var hasMore = false
  }

  /// What one more byte did.
  enum Progress {
    case unfinished
    case finished
    case invalid
  }

  /// `?`, `>`, `<` or `=`.
  private(set) var leader: UInt8?
  private(set) var parameters: [Parameter] = []
  private(set) var intermediate: UInt8?
  private var isTooLong = false

  /// No terminal has more rows or columns than this.
  private static let largest = 9999
  /// What libvterm has room for.
  private static let mostParameters = 16

  mutating func take(_ byte: UInt8) -> Progress {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      guard intermediate == nil else { return .invalid }
      if parameters.isEmpty { parameters.append(Parameter()) }
      let value = parameters[parameters.count - 1].value ?? 0
      if !isTooLong { parameters[parameters.count - 1].value = min(Self.largest, value * 10 + Int(byte) - 0x30) }
    case UInt8(ascii: ";"), UInt8(ascii: ":"):
      guard intermediate == nil else { return .invalid }
      if parameters.isEmpty { parameters.append(Parameter()) }
      isTooLong = isTooLong || parameters.count == Self.mostParameters
      guard !isTooLong else { break }
      parameters[parameters.count - 1].hasMore = byte == UInt8(ascii: ":")
      parameters.append(Parameter())
    case 0x3c...0x3f:
      guard leader == nil, parameters.isEmpty, intermediate == nil else { return .invalid }
      leader = byte
    case 0x20...0x2f:
      guard intermediate == nil else { return .invalid }
      intermediate = byte
    case 0x40...0x7e: return .finished
    default: return .invalid
    }
    return .unfinished
  }

  /// The sequence as a terminal reads it, with this final letter and no intermediate.
  func text(_ final: Character) -> String {
    var text = "\u{1b}["
    if let leader { text.unicodeScalars.append(Unicode.Scalar(leader)) }
    for (index, parameter) in parameters.enumerated() {
      if let value = parameter.value { text += String(value) }
      if index < parameters.count - 1 { text += parameter.hasMore ? ":" : ";" }
    }
    text.append(final)
    return text
  }
}
