import DebugInfo
import Glibc

/// Numbers as gdb writes them.
enum NumberText {
  /// With as many digits as tell any two values of the format apart: C's `%.17g` for a `double`.
  static func floating(_ bits: UInt128, _ format: FloatingFormat) -> String {
    if let text = format.notANumber(bits) { return text }
    // A quadruple has more digits than an x87 number holds.
    if format == .quadruple, let number = format.parts(bits) {
      let text = DecimalExpansion(significand: number.significand, exponent: number.exponent)
        .general(digits: format.significantDigits)
      return (number.isNegative ? "-" : "") + text
    }
    return general(format.decode(bits), digits: format.significantDigits)
  }

  /// C's `%.*Lg`.
  private static func general(_ value: Float80, digits: Int) -> String {
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      let length = withVaList([Int32(digits), value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*Lg", $0) }
      return String(
        decoding: buffer.prefix(max(0, min(Int(length), buffer.count - 1))).lazy.map(UInt8.init(bitPattern:)),
        as: UTF8.self)
    }
  }

  /// An integer of any width, least significant byte first.
  static func decimal(_ bytes: some BidirectionalCollection<UInt8>, isSigned: Bool) -> String {
    let isNegative = isSigned && (bytes.last ?? 0) >= 0x80
    if bytes.count <= 16 { return IntegerBits(littleEndian: bytes, isSigned: isSigned).decimal }
    var magnitude = Array(bytes)
    if isNegative {
      var carry: UInt16 = 1
      for index in magnitude.indices {
        let sum = UInt16(~magnitude[index]) + carry
        magnitude[index] = UInt8(truncatingIfNeeded: sum)
        carry = sum >> 8
      }
    }
    var number = DecimalExpansion(significand: 0, exponent: 0)
    for byte in magnitude.reversed() { number.multiply(by: 256, adding: UInt64(byte)) }
    return (isNegative ? "-" : "") + number.digits
  }

  /// With C's leading zero.
  static func octal(_ bits: UInt128) -> String { bits == 0 ? "0" : "0" + String(bits, radix: 8) }
  static func binary(_ bits: UInt128, digits: Int = 1) -> String {
    let text = String(bits, radix: 2)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
