package import DebugInfo

/// A number as arithmetic and the formatter take it from a value's bytes.
package enum Scalar {
  case integer(IntegerBits)
  /// Wide enough for `float`, `double` and x87's `long double`; a `_Float128` is rounded to it.
  case floating(Float80)
}

/// An integer of 1…128 bits, with its signedness.
package struct IntegerBits: Equatable, Sendable {
  /// Zero-extended.
  package let bits: UInt128
  /// 0…128.
  package let width: Int
  package let isSigned: Bool

  /// Keeps the low `width` bits.
  package init(bits: UInt128, width: Int, isSigned: Bool) {
    self.width = min(max(width, 0), 128)
    self.bits = self.width == 128 ? bits : bits & ((1 << UInt128(self.width)) - 1)
    self.isSigned = isSigned
  }

  /// The number itself where it is signed (or fits); otherwise modulo 2¹²⁸.
  package var signed: Int128 {
    let value = Int128(bitPattern: bits)
    guard isSigned, width > 0, width < 128, bits >> UInt128(width - 1) & 1 == 1 else { return value }
    return value | (-1 << Int128(width))
  }
  package var isNegative: Bool { isSigned && signed < 0 }
  package var decimal: String { isSigned ? String(signed) : String(bits) }
  package var floating: Float80 { isSigned ? Float80(signed) : Float80(bits) }

  /// The same number in another width: sign-extended where it is signed.
  package func resized(width: Int, isSigned: Bool) -> IntegerBits {
    IntegerBits(bits: UInt128(bitPattern: signed), width: width, isSigned: isSigned)
  }
  /// The same bits, read with or without a sign.
  package func reinterpreted(isSigned: Bool) -> IntegerBits {
    IntegerBits(bits: bits, width: width, isSigned: isSigned)
  }

  /// Least significant byte first.
  package var littleEndian: [UInt8] { (0..<(width + 7) / 8).map { UInt8(truncatingIfNeeded: bits >> UInt128($0 * 8)) } }

  package init(littleEndian bytes: some Sequence<UInt8>, isSigned: Bool) {
    var bits: UInt128 = 0
    var count = 0
    for byte in bytes.prefix(16) {
      bits |= UInt128(byte) << UInt128(count * 8)
      count += 1
    }
    self.init(bits: bits, width: count * 8, isSigned: isSigned)
  }
}

/// The floating-point formats that x86-64 programs use.
package enum FloatingFormat: Equatable, Sendable {
  case half, brain, single, double, extended, quadruple

  package init?(_ type: DataType) {
    switch type.size {
    case 2: self = type.name == "bfloat16" || type.name == "__bf16" ? .brain : .half
    case 4: self = .single
    case 8: self = .double
    case 10, 12: self = .extended
    case 16:
      let name = type.name ?? ""
      // Fortran's kind 10 takes as many bytes.
      self = name.contains("128") || name.contains("=16") || name.contains("*16") ? .quadruple : .extended
    default: return nil
    }
  }

  /// Bits that hold the value; the rest of a 16-byte x87 number is padding.
  private var layout: (exponent: Int, fraction: Int) {
    switch self {
    case .half: (5, 10)
    case .brain: (8, 7)
    case .single: (8, 23)
    case .double: (11, 52)
    case .extended: (15, 64)
    case .quadruple: (15, 112)
    }
  }
  /// Digits after which no two values look the same.
  package var significantDigits: Int {
    switch self {
    case .half: 5
    case .brain: 4
    case .single: 9
    case .double: 17
    case .extended: 21
    case .quadruple: 36
    }
  }

  /// The value of a number's bits; a NaN's payload is for `notANumber`.
  package func decode(_ bits: UInt128) -> Float80 {
    let (exponentBits, fractionBits) = layout
    let fraction = bits & ((1 << UInt128(fractionBits)) - 1)
    let exponent = Int(bits >> UInt128(fractionBits) & ((1 << UInt128(exponentBits)) - 1))
    let sign: FloatingPointSign = bits >> UInt128(fractionBits + exponentBits) & 1 == 1 ? .minus : .plus
    let largest = (1 << exponentBits) - 1
    let bias = largest / 2
    // x87 states the leading one; the others leave it out.
    let hasLeadingBit = self == .extended
    let payload = hasLeadingBit ? fraction & ~(1 << 63) : fraction
    if exponent == largest {
      let special = payload == 0 ? Float80.infinity : .nan
      return sign == .minus ? -special : special
    }
    let significand = hasLeadingBit || exponent == 0 ? fraction : fraction | 1 << UInt128(fractionBits)
    let scale = max(exponent, 1) - bias - (hasLeadingBit ? 63 : fractionBits)
    return Float80(sign: sign, exponent: scale, significand: Float80(significand))
  }

  /// A finite number as sign, whole significand and power of two; nil for an infinity or a NaN.
  func parts(_ bits: UInt128) -> (isNegative: Bool, significand: UInt128, exponent: Int)? {
    let (exponentBits, fractionBits) = layout
    let exponent = Int(bits >> UInt128(fractionBits) & ((1 << UInt128(exponentBits)) - 1))
    let largest = (1 << exponentBits) - 1
    guard exponent != largest, self != .extended else { return nil }
    let fraction = bits & ((1 << UInt128(fractionBits)) - 1)
    let isNegative = bits >> UInt128(fractionBits + exponentBits) & 1 == 1
    let significand = exponent == 0 ? fraction : fraction | 1 << UInt128(fractionBits)
    return (isNegative, significand, max(exponent, 1) - largest / 2 - fractionBits)
  }

  /// A NaN's sign and the bits of its significand, as they are written in `-nan(0x8000000000000)`.
  package func notANumber(_ bits: UInt128) -> String? {
    guard decode(bits).isNaN else { return nil }
    let (exponentBits, fractionBits) = layout
    let isNegative = bits >> UInt128(fractionBits + exponentBits) & 1 == 1
    return (isNegative ? "-" : "") + "nan(0x" + String(bits & ((1 << UInt128(fractionBits)) - 1), radix: 16) + ")"
  }

  /// The bytes of a number, least significant first, rounded to the format.
  package func encode(_ value: Float80, size: Int) -> [UInt8] {
    var bytes: [UInt8]
    switch self {
    case .single: bytes = IntegerBits(bits: UInt128(Float(value).bitPattern), width: 32, isSigned: false).littleEndian
    case .double: bytes = IntegerBits(bits: UInt128(Double(value).bitPattern), width: 64, isSigned: false).littleEndian
    case .extended:
      let bits = UInt128(value.significandBitPattern | (value.isFinite && value.exponentBitPattern == 0 ? 0 : 1 << 63))
      let top = UInt128(value.exponentBitPattern) | (value.sign == .minus ? 1 << 15 : 0)
      bytes = IntegerBits(bits: bits | top << 64, width: 80, isSigned: false).littleEndian
    case .half, .brain, .quadruple: bytes = encodeGeneric(value)
    }
    bytes += [UInt8](repeating: 0, count: max(0, size - bytes.count))
    return Array(bytes.prefix(size))
  }

  private func encodeGeneric(_ value: Float80) -> [UInt8] {
    let (exponentBits, fractionBits) = layout
    let width = 1 + exponentBits + fractionBits
    let largest = (1 << exponentBits) - 1
    let sign: UInt128 = value.sign == .minus ? 1 << UInt128(width - 1) : 0
    func result(_ exponent: Int, _ fraction: UInt128) -> [UInt8] {
      // A fraction rounded up to one carries into the exponent, as it should.
      let bits = sign + (UInt128(exponent) << UInt128(fractionBits)) + fraction
      return IntegerBits(bits: bits, width: width, isSigned: false).littleEndian
    }
    if value.isNaN { return result(largest, 1 << UInt128(fractionBits - 1)) }
    if value.isInfinite { return result(largest, 0) }
    if value == 0 { return result(0, 0) }
    let exponent = Int(value.exponent) + largest / 2
    if exponent >= largest { return result(largest, 0) }
    guard exponent > 0 else {
      let scaled = Float80(sign: .plus, exponent: largest / 2 - 1 + fractionBits, significand: value.magnitude)
      return result(0, UInt128(scaled.rounded(.toNearestOrEven)))
    }
    let fraction = Float80(sign: .plus, exponent: fractionBits, significand: value.significand - 1)
    return result(exponent, UInt128(fraction.rounded(.toNearestOrEven)))
  }
}
