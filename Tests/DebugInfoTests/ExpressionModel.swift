import CDw

@testable import DebugInfo

/// Expressions made at random together with their values, which are computed on the way by other means: as trees,
/// not on a stack.
struct ExpressionModel {
  /// The types of values, each at an offset of its own in the unit.
  enum Kind: UInt8, CaseIterable {
    case generic, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float, double

    /// DW_OP_const_type's operand.
    var offset: UInt8 { rawValue }
    var size: Int { [8, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8][Int(rawValue)] }
    var isFloat: Bool { self == .float || self == .double }
    /// Generic values are unsigned but in division and comparison (DWARF 5 §2.5.1.4, §2.5.1.5).
    var isSigned: Bool { [.int8, .int16, .int32, .int64].contains(self) }

    var type: ExpressionType? {
      guard self != .generic else { return nil }
      return ExpressionType(isFloat ? .float : isSigned ? .signed : .unsigned, size: UInt64(size))
    }

    /// What is left of a number in a value of this type.
    func wrapped(_ number: Int128) -> Int128 {
      let bits = UInt128(truncatingIfNeeded: number) & (UInt128.max >> UInt128(128 - 8 * size))
      let sign = UInt128(1) << UInt128(8 * size - 1)
      return isSigned && bits & sign != 0 ? Int128(bits) - Int128(sign) * 2 : Int128(bits)
    }
    func signed(_ number: Int128) -> Int128 {
      let sign = Int128(1) << Int128(8 * size - 1)
      return number >= sign ? number - sign * 2 : number
    }
  }

  enum Number: Equatable {
    case integer(Int128)
    case real(Double)
  }

  struct Made {
    var code: [UInt8]
    let kind: Kind
    let number: Number

    /// As the evaluator answers it.
    var bytes: [UInt8] {
      let bits: UInt128 =
        switch number {
        case .integer(let value): UInt128(truncatingIfNeeded: value)
        case .real(let value): kind == .float ? UInt128(Float(value).bitPattern) : UInt128(value.bitPattern)
        }
      return (0..<kind.size).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) }
    }
  }

  var random: SmallRandom

  /// An expression of that type, with up to `depth` operations above one another.
  mutating func expression(_ kind: Kind, depth: Int) -> Made {
    guard depth > 0 else { return literal(kind) }
    var made: Made
    switch random.next(below: 6) {
    case 0 where kind == .generic: made = relation(depth)
    case 0: made = conversion(to: kind, depth)
    case 1: made = unary(kind, depth)
    case 2: made = conversion(to: kind, depth)
    case 3 where !kind.isFloat: made = shift(kind, depth)
    default: made = binary(kind, depth)
    }
    made.code = disguised(made.code)
    return made
  }

  // MARK: Leaves

  private mutating func literal(_ kind: Kind) -> Made {
    let small = Int128(random.next(below: 512)) - 256
    if kind.isFloat {
      // Halves have no rounding to speak of.
      let value = Double(small) / 2
      let made = Made(code: [], kind: kind, number: .real(value))
      return Made(
        code: [UInt8(DW_OP_const_type), kind.offset, UInt8(kind.size)] + made.bytes, kind: kind, number: made.number)
    }
    let number = kind.wrapped(random.next(below: 3) == 0 ? small << Int128(random.next(below: 56)) : small)
    let made = Made(code: [], kind: kind, number: .integer(number))
    return Made(code: code(of: made), kind: kind, number: made.number)
  }

  private mutating func code(of made: Made) -> [UInt8] {
    guard made.kind == .generic, case .integer(let number) = made.number else {
      return [UInt8(DW_OP_const_type), made.kind.offset, UInt8(made.kind.size)] + made.bytes
    }
    switch random.next(below: 4) {
    case 0 where number < 32: return [UInt8(DW_OP_lit0) + UInt8(number)]
    case 0 where number < 256: return [UInt8(DW_OP_const1u), UInt8(number)]
    case 1: return [UInt8(DW_OP_constu)] + unsignedLEB(UInt64(number))
    case 2: return [UInt8(DW_OP_consts)] + signedLEB(Int64(truncatingIfNeeded: number))
    default: return [UInt8(DW_OP_const8u)] + made.bytes
    }
  }

  // MARK: Operations

  private mutating func binary(_ kind: Kind, _ depth: Int) -> Made {
    let (left, right) = (expression(kind, depth: depth - 1), expression(kind, depth: depth - 1))
    let code = left.code + right.code
    func made(_ operation: Int, _ number: Number) -> Made {
      Made(code: code + [UInt8(operation)], kind: kind, number: number)
    }
    switch (left.number, right.number) {
    case (.real(let left), .real(let right)):
      // The evaluator has more bits than the type: sums and products of few halves are exact in all of them.
      let exact = abs(left) < 1000 && abs(right) < 1000
      return exact && random.next(below: 2) == 0
        ? made(DW_OP_mul, .real(rounded(left * right, kind))) : made(DW_OP_plus, .real(rounded(left + right, kind)))
    case (.integer(let left), .integer(let right)):
      switch random.next(below: 8) {
      case 0: return made(DW_OP_plus, .integer(kind.wrapped(left + right)))
      case 1: return made(DW_OP_minus, .integer(kind.wrapped(left - right)))
      case 2: return made(DW_OP_mul, .integer(kind.wrapped(left.multipliedReportingOverflow(by: right).partialValue)))
      case 3: return made(DW_OP_and, .integer(kind.wrapped(left & right)))
      case 4: return made(DW_OP_or, .integer(kind.wrapped(left | right)))
      case 5 where right != 0:
        let quotient = kind == .generic ? kind.signed(left) / kind.signed(right) : left / right
        return made(DW_OP_div, .integer(kind.wrapped(quotient)))
      case 6 where right != 0: return made(DW_OP_mod, .integer(kind.wrapped(left % right)))
      default: return made(DW_OP_xor, .integer(kind.wrapped(left ^ right)))
      }
    default: return left
    }
  }

  private func rounded(_ value: Double, _ kind: Kind) -> Double { kind == .float ? Double(Float(value)) : value }

  private mutating func unary(_ kind: Kind, _ depth: Int) -> Made {
    let operand = expression(kind, depth: depth - 1)
    let which = random.next(below: kind.isFloat ? 2 : 4)
    func made(_ operation: [UInt8], _ number: Number) -> Made {
      Made(code: operand.code + operation, kind: kind, number: number)
    }
    switch operand.number {
    case .real(let value):
      return which == 0 ? made([UInt8(DW_OP_neg)], .real(-value)) : made([UInt8(DW_OP_abs)], .real(value.magnitude))
    case .integer(let value):
      switch which {
      case 0: return made([UInt8(DW_OP_neg)], .integer(kind.wrapped(-value)))
      case 1:
        let absolute = kind == .generic ? abs(kind.signed(value)) : abs(value)
        return made([UInt8(DW_OP_abs)], .integer(kind.wrapped(absolute)))
      case 2: return made([UInt8(DW_OP_not)], .integer(kind.wrapped(~value)))
      default:
        let more = UInt64(random.next(below: 1000))
        return made(
          [UInt8(DW_OP_plus_uconst)] + unsignedLEB(more), .integer(kind.wrapped(value + kind.wrapped(Int128(more)))))
      }
    }
  }

  private mutating func shift(_ kind: Kind, _ depth: Int) -> Made {
    let operand = expression(kind, depth: depth - 1)
    guard case .integer(let value) = operand.number else { return operand }
    let count = random.next(below: 8 * kind.size)
    let code = operand.code + [UInt8(DW_OP_const1u), UInt8(count)]
    let unsigned = value & (Int128(UInt128.max >> UInt128(128 - 8 * kind.size)))
    let (operation, result): (Int, Int128) =
      switch random.next(below: 3) {
      case 0: (DW_OP_shl, unsigned << Int128(count))
      case 1: (DW_OP_shr, unsigned >> Int128(count))
      default: (DW_OP_shra, kind.signed(unsigned) >> Int128(count))
      }
    return Made(code: code + [UInt8(operation)], kind: kind, number: .integer(kind.wrapped(result)))
  }

  private mutating func relation(_ depth: Int) -> Made {
    let kind = Kind.allCases[random.next(below: Kind.allCases.count)]
    let (left, right) = (expression(kind, depth: depth - 1), expression(kind, depth: depth - 1))
    let relations: [(Int, (Double, Double) -> Bool, (Int128, Int128) -> Bool)] = [
      (DW_OP_eq, { $0 == $1 }, { $0 == $1 }), (DW_OP_ne, { $0 != $1 }, { $0 != $1 }),
      (DW_OP_lt, { $0 < $1 }, { $0 < $1 }), (DW_OP_le, { $0 <= $1 }, { $0 <= $1 }),
      (DW_OP_gt, { $0 > $1 }, { $0 > $1 }), (DW_OP_ge, { $0 >= $1 }, { $0 >= $1 }),
    ]
    let (operation, ofReals, ofIntegers) = relations[random.next(below: relations.count)]
    let holds: Bool
    switch (left.number, right.number) {
    case (.real(let left), .real(let right)): holds = ofReals(left, right)
    case (.integer(let left), .integer(let right)):
      holds = kind == .generic ? ofIntegers(kind.signed(left), kind.signed(right)) : ofIntegers(left, right)
    default: holds = false
    }
    return Made(code: left.code + right.code + [UInt8(operation)], kind: .generic, number: .integer(holds ? 1 : 0))
  }

  private mutating func conversion(to kind: Kind, _ depth: Int) -> Made {
    let source = expression(Kind.allCases[random.next(below: Kind.allCases.count)], depth: depth - 1)
    let code = source.code + [UInt8(DW_OP_convert), kind.offset]
    switch source.number {
    case .integer(let value) where kind.isFloat:
      return Made(code: code, kind: kind, number: .real(kind == .float ? Double(Float(value)) : Double(value)))
    case .integer(let value): return Made(code: code, kind: kind, number: .integer(kind.wrapped(value)))
    case .real(let value) where kind.isFloat:
      return Made(code: code, kind: kind, number: .real(rounded(value, kind)))
    // What no integer can hold is nobody's to say.
    case .real(let value) where abs(value) >= 0x1p63: return literal(kind)
    case .real(let value): return Made(code: code, kind: kind, number: .integer(kind.wrapped(Int128(value))))
    }
  }

  // MARK: Disguises

  /// The same value, by a way round the stack.
  private mutating func disguised(_ code: [UInt8]) -> [UInt8] {
    func operations(_ codes: Int...) -> [UInt8] { codes.map { UInt8($0) } }
    let junk = (0..<random.next(below: 6)).map { _ in UInt8(random.next(below: 256)) }
    let distance = [UInt8(junk.count), 0]
    switch random.next(below: 14) {
    case 0: return code + operations(DW_OP_dup, DW_OP_drop)
    case 1: return operations(DW_OP_lit7) + code + operations(DW_OP_swap, DW_OP_drop)
    case 2: return operations(DW_OP_lit1, DW_OP_lit2) + code + operations(DW_OP_rot, DW_OP_drop, DW_OP_drop)
    case 3: return code + operations(DW_OP_lit3, DW_OP_over, DW_OP_swap, DW_OP_drop, DW_OP_drop)
    case 4: return code + operations(DW_OP_lit4, DW_OP_pick, 1, DW_OP_drop, DW_OP_drop)
    case 5: return code + operations(DW_OP_skip) + distance + junk
    case 6: return code + operations(DW_OP_lit9, DW_OP_bra) + distance + junk
    case 7: return code + operations(DW_OP_lit0, DW_OP_bra) + distance + junk.map { _ in UInt8(DW_OP_nop) }
    case 8: return code + operations(DW_OP_nop)
    default: return code
    }
  }
}
