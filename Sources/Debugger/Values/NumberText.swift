import DebugInfo
import Glibc

/// Numbers as gdb writes them.
enum NumberText {
  /// With as many digits as tell any two values of the format apart: C's `%.17g` for a `double`.
  static func floating(_ bits: UInt128, _ format: FloatingFormat) -> String {
    if let text = format.notANumber(bits) { return text }
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

  /// With C's leading zero.
  static func octal(_ bits: UInt128) -> String { bits == 0 ? "0" : "0" + String(bits, radix: 8) }
  static func binary(_ bits: UInt128, digits: Int = 1) -> String {
    let text = String(bits, radix: 2)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
