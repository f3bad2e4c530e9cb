/// A number's exact decimal digits, however many.
struct DecimalExpansion {
  /// Nine digits each, the least significant first.
  private var limbs: [UInt32] = []
  /// How many of the digits stand behind the point.
  private var fractionDigits = 0

  private static let base: UInt64 = 1_000_000_000

  /// `significand` × 2^`exponent`. Costs the square of the exponent: milliseconds for a quadruple's largest.
  init(significand: UInt128, exponent: Int) {
    var rest = significand
    while rest > 0 {
      limbs.append(UInt32(rest % UInt128(Self.base)))
      rest /= UInt128(Self.base)
    }
    // m × 2^-n is m × 5^n, with n digits behind the point.
    fractionDigits = max(0, -exponent)
    let factor: UInt64 = exponent < 0 ? 5 : 2
    var left = exponent.magnitude
    while left > 0 {
      let step = min(left, 12)
      multiply(by: (0..<step).reduce(1) { power, _ in power * factor })
      left -= step
    }
  }

  /// `factor` and `addend` are of 32 bits at most.
  mutating func multiply(by factor: UInt64, adding addend: UInt64 = 0) {
    var carry = addend
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * factor + carry
      limbs[index] = UInt32(product % Self.base)
      carry = product / Self.base
    }
    while carry > 0 {
      limbs.append(UInt32(carry % Self.base))
      carry /= Self.base
    }
  }

  /// All digits, without the point.
  var digits: String {
    guard let first = limbs.last else { return "0" }
    return limbs.dropLast().reversed().reduce(into: String(first)) { text, limb in
      let part = String(limb)
      text += String(repeating: "0", count: 9 - part.utf8.count) + part
    }
  }

  /// C's `%.*g`: `count` significant digits, rounded to the nearest, ties to even.
  func general(digits count: Int) -> String {
    var digits = Array(self.digits.utf8)
    guard digits != [UInt8(ascii: "0")] else { return "0" }
    var exponent = digits.count - 1 - fractionDigits
    if digits.count > count {
      let dropped = digits[count...]
      digits = Array(digits[..<count])
      let half = UInt8(ascii: "5")
      let isAboveHalf = dropped[count] > half || dropped[count] == half && dropped.dropFirst().contains { $0 != 0x30 }
      let isTie = dropped[count] == half && !isAboveHalf
      if isAboveHalf || isTie && digits[count - 1] % 2 == 1, Self.roundUp(&digits) { exponent += 1 }
    }
    while digits.last == UInt8(ascii: "0"), digits.count > 1 { digits.removeLast() }
    let text = String(decoding: digits, as: UTF8.self)
    if exponent < -4 || exponent >= count {
      let fraction = digits.count > 1 ? "." + text.dropFirst() : ""
      let power = String(exponent.magnitude)
      return text.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + (power.utf8.count < 2 ? "0" : "") + power
    }
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
    let whole = text.prefix(exponent + 1)
    let padding = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
    return whole + padding + (digits.count > exponent + 1 ? "." + text.dropFirst(exponent + 1) : "")
  }

  /// True where the number has grown by a digit (999 to 1000), of which the last is dropped.
  private static func roundUp(_ digits: inout [UInt8]) -> Bool {
    for index in digits.indices.reversed() {
      if digits[index] < UInt8(ascii: "9") {
        digits[index] += 1
        return false
      }
      digits[index] = UInt8(ascii: "0")
    }
    digits.insert(UInt8(ascii: "1"), at: 0)
    digits.removeLast()
    return true
  }
}
