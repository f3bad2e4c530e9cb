/// A base type of a typed stack element (DWARF 5 §2.5.1).
struct ExpressionType: Hashable {
  enum Form { case signed, unsigned, float }
  let form: Form
  /// In bytes, 1…16.
  let size: Int

  /// nil where an expression can't compute with such a type.
  init?(_ encoding: DataType.Encoding, size: UInt64) {
    guard (1...16).contains(size) else { return nil }
    switch encoding {
    case .signed, .signedCharacter: form = .signed
    case .unsigned, .unsignedCharacter, .boolean, .address, .utf: form = .unsigned
    case .float where [4, 8, 10, 16].contains(size): form = .float
    case .float, .complexFloat, .complexInteger, .decimal: return nil
    }
    self.size = Int(size)
  }
}

/// An element of the expression stack: a number of the generic type (an address wide, its sign left to
/// the operation), or one of a base type.
struct StackValue: Equatable {
  /// nil: generic.
  let type: ExpressionType?
  /// The value's bits, zero-extended.
  let bits: UInt128

  init(_ value: UInt64) {
    type = nil
    bits = UInt128(value)
  }
  init(_ value: Int64) { self.init(UInt64(bitPattern: value)) }
  init(_ value: Bool) { self.init(value ? 1 as UInt64 : 0) }

  /// Bits past the type's size are dropped.
  init(bits: UInt128, type: ExpressionType?) {
    self.type = type
    self.bits = bits & Self.mask(type?.size ?? 8)
  }

  init(_ value: Float80, type: ExpressionType) {
    switch type.size {
    case 4: self.init(bits: UInt128(Float(value).bitPattern), type: type)
    case 8: self.init(bits: UInt128(Double(value).bitPattern), type: type)
    default:
      let exponent = UInt128(value.exponentBitPattern) | (value.sign == .minus ? 0x8000 : 0)
      self.init(bits: exponent << 64 | UInt128(value.significandBitPattern), type: type)
    }
  }

  private static func mask(_ size: Int) -> UInt128 { size >= 16 ? .max : (1 << UInt128(8 * size)) - 1 }

  var size: Int { type?.size ?? 8 }

  /// The low 64 bits: an address, a count.
  var unsigned: UInt64 { UInt64(truncatingIfNeeded: bits) }

  /// Sign-extended from the value's size.
  var signed: Int128 {
    let unused = UInt128(128 - 8 * size)
    return Int128(truncatingIfNeeded: bits << unused) >> Int128(unused)
  }

  /// Least significant byte first, as many as the type has.
  var bytes: [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) } }

  var isFloat: Bool { type?.form == .float }

  /// Of a value whose type is a floating-point one.
  var float: Float80 {
    switch size {
    case 4: Float80(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case 8: Float80(Double(bitPattern: UInt64(truncatingIfNeeded: bits)))
    default:
      Float80(
        sign: bits >> 79 & 1 == 1 ? .minus : .plus, exponentBitPattern: UInt(bits >> 64 & 0x7fff),
        significandBitPattern: UInt64(truncatingIfNeeded: bits))
    }
  }

  /// The number, in another type (DW_OP_convert).
  func converted(to target: ExpressionType?) -> StackValue {
    if let target, target.form == .float {
      guard !isFloat else { return StackValue(float, type: target) }
      return StackValue(type?.form == .signed ? Float80(signed) : Float80(bits), type: target)
    }
    guard isFloat else { return StackValue(bits: UInt128(truncatingIfNeeded: integer), type: target) }
    return StackValue(bits: UInt128(truncatingIfNeeded: Int128(exactly: float.rounded(.towardZero)) ?? 0), type: target)
  }

  /// An integer as its type understands it; generic values are unsigned.
  private var integer: Int128 { type?.form == .signed ? signed : Int128(truncatingIfNeeded: bits) }
}

// MARK: Arithmetic (DWARF 5 §2.5.1.4)

extension StackValue {
  enum Operation { case and, or, xor, plus, minus, multiply, divide, modulo, shiftLeft, shiftRight, arithmeticRight }
  enum Relation { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual }

  /// `self` is the second element of the stack, `right` its top. Division and relations take generic values as
  /// signed, remainders as unsigned.
  func applying(_ operation: Operation, _ right: StackValue) throws(ExpressionFailure) -> StackValue {
    switch operation {
    case .shiftLeft, .shiftRight, .arithmeticRight: return try shifted(operation, by: right)
    default: break
    }
    guard type == right.type else { throw .unavailable("a DWARF expression mixes types") }
    if let type, isFloat { return StackValue(try computed(operation, right), type: type) }
    let result: UInt128
    switch operation {
    case .and: result = bits & right.bits
    case .or: result = bits | right.bits
    case .xor: result = bits ^ right.bits
    case .plus: result = bits &+ right.bits
    case .minus: result = bits &- right.bits
    case .multiply: result = bits &* right.bits
    case .divide, .modulo:
      guard right.bits != 0 else { throw .unavailable("a DWARF expression divides by zero") }
      if operation == .modulo {
        result =
          type?.form == .signed
          ? UInt128(truncatingIfNeeded: signed.remainderReportingOverflow(dividingBy: right.signed).partialValue)
          : bits % right.bits
      } else {
        result =
          type?.form == .unsigned
          ? bits / right.bits
          : UInt128(truncatingIfNeeded: signed.dividedReportingOverflow(by: right.signed).partialValue)
      }
    case .shiftLeft, .shiftRight, .arithmeticRight: result = 0
    }
    return StackValue(bits: result, type: type)
  }

  private func computed(_ operation: Operation, _ right: StackValue) throws(ExpressionFailure) -> Float80 {
    switch operation {
    case .plus: float + right.float
    case .minus: float - right.float
    case .multiply: float * right.float
    case .divide: float / right.float
    default: throw .unavailable("a DWARF expression needs an integer")
    }
  }

  /// The count may be of another type than the value.
  private func shifted(_ operation: Operation, by count: StackValue) throws(ExpressionFailure) -> StackValue {
    guard !isFloat, !count.isFloat else { throw .unavailable("a DWARF expression needs an integer") }
    let count = min(count.bits, 128)
    let result: UInt128 =
      switch operation {
      case .shiftLeft: bits << count
      case .shiftRight: bits >> count
      default: UInt128(truncatingIfNeeded: signed >> Int128(count))
      }
    return StackValue(bits: result, type: type)
  }

  func compared(_ relation: Relation, _ right: StackValue) throws(ExpressionFailure) -> StackValue {
    guard type == right.type else { throw .unavailable("a DWARF expression mixes types") }
    func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
      switch relation {
      case .equal: left == right
      case .notEqual: left != right
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      }
    }
    if isFloat { return StackValue(holds(float, right.float)) }
    return StackValue(type?.form == .unsigned ? holds(bits, right.bits) : holds(signed, right.signed))
  }

  var negated: StackValue {
    if let type, isFloat { return StackValue(-float, type: type) }
    return StackValue(bits: 0 &- bits, type: type)
  }

  var magnitude: StackValue {
    if let type, isFloat { return StackValue(float.magnitude, type: type) }
    return type?.form != .unsigned && signed < 0 ? negated : self
  }

  func complemented() throws(ExpressionFailure) -> StackValue {
    guard !isFloat else { throw .unavailable("a DWARF expression needs an integer") }
    return StackValue(bits: ~bits, type: type)
  }
}
