import DebugInfo
import Glibc
import MachineModel

/// Operators on numbers and pointers, by C's rules as gdb applies them. Integers wrap.
extension ExpressionEvaluator {
  func unary(_ operation: Expression.Unary, _ operand: Value) throws(ExpressionError) -> Value {
    if let result = try overloaded(operation.rawValue, [operand]) { return result }
    if operation == .not, operand.type.stripped.isAggregate { try refuseAggregate(operand, "operator!") }
    if operation == .not { return truthValue(!(try isTrue(operand))) }
    if operand.type.stripped.layout.isVector {
      return try vector(like: operand) { (element) throws(ExpressionError) in try unary(operation, element) }
    }
    try refuseAggregate(operand, "operator\(operation.rawValue)")
    let type = operand.type.stripped
    if operation == .minus || operation == .complement, type.isComplex {
      // `~` is the conjugate, as in gcc's C.
      let (real, imaginary) = try complexNumbers(operand)
      return try complex(operation == .minus ? -real : real, -imaginary, operand.type)
    }
    if type.isFloating, operation != .complement {
      guard case .floating(let number) = try scalar(operand) else { return operand }
      return Value(type: operand.type, floating: operation == .minus ? -number : number, source: scope)
    }
    guard type.isIntegral else {
      throw ExpressionError(
        operation == .complement
          ? "Argument to complement operation not an integer, boolean."
          : "Argument to arithmetic operation not a number or boolean.")
    }
    let promoted = Self.promoted(type)
    let bits = try integer(operand)
    let result: Int128 =
      switch operation {
      case .minus: 0 &- bits.signed
      case .complement: ~bits.signed
      case .plus, .not: bits.signed
      }
    return number(result, promoted)
  }

  func binary(_ operation: Expression.Binary, _ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    if isSwift, let result = try swiftOperation(operation, left, right) { return result }
    if let result = try overloaded(operation.rawValue, [left, right]) { return result }
    try refuseAggregate(left, "operator\(operation.rawValue)")
    try refuseAggregate(right, "operator\(operation.rawValue)")
    if let result = try complexOperation(operation, left, right) { return result }
    if isFortran, let result = try compareTexts(operation, left, right) { return result }
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    guard !isFortran || !leftType.isArray && !rightType.isArray else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    if leftType.layout.isVector || rightType.layout.isVector { return try vectorOperation(operation, left, right) }
    if leftType.isAddress || rightType.isAddress { return try pointerOperation(operation, left, right) }
    guard leftType.isNumber, rightType.isNumber else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    if leftType.isFloating || rightType.isFloating { return try floatingOperation(operation, left, right) }
    return try integerOperation(operation, left, right)
  }

  private func scalar(_ value: Value) throws(ExpressionError) -> Scalar {
    try wrap { () throws(Unavailability) in try value.scalar() }
  }

  private func refuseAggregate(_ value: Value, _ name: String) throws(ExpressionError) {
    guard value.type.stripped.isAggregate else { return }
    guard scope.language == .cpp else { throw ExpressionError("Structure has no component named \(name).") }
    guard scope.functions(named: name, inFile: nil).isEmpty else {
      throw ExpressionError("Cannot resolve function \(name) to any overloaded instance")
    }
    throw Self.noSymbol(name)
  }

  private func number(_ value: Int128, _ type: DataType) -> Value {
    let bits = IntegerBits(bits: UInt128(bitPattern: value), width: 128, isSigned: true)
    return Value(type: isSwift && type.name == "long" ? SwiftPrimitive.int : type, integer: bits, source: scope)
  }

  // MARK: Integers

  /// C's integer promotions: nothing is narrower than `int`.
  static func promoted(_ type: DataType) -> DataType {
    let size = type.size ?? 4
    if size < 4 { return .int }
    return integerType(size: size, isSigned: type.isSigned)
  }

  private static func integerType(size: UInt64, isSigned: Bool) -> DataType {
    switch size {
    case ...4: isSigned ? .int : .unsignedInt
    case ...8: isSigned ? .long : .unsignedLong
    default:
      DataType(.base(isSigned ? .signed : .unsigned), name: isSigned ? "__int128" : "unsigned __int128", byteSize: 16)
    }
  }

  /// C's usual arithmetic conversions of two promoted types.
  static func common(_ left: DataType, _ right: DataType) -> DataType {
    let (left, right) = (promoted(left), promoted(right))
    let (leftSize, rightSize) = (left.size ?? 4, right.size ?? 4)
    if leftSize != rightSize { return leftSize > rightSize ? left : right }
    return left.isSigned ? right : left
  }

  private func integerOperation(_ operation: Expression.Binary, _ left: Value, _ right: Value)
    throws(ExpressionError) -> Value
  {
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    if operation == .shiftLeft || operation == .shiftRight { return try shift(operation, left, right) }
    let type = Self.common(leftType, rightType)
    let width = Int(type.size ?? 4) * 8
    let first = try integer(left).resized(width: width, isSigned: type.isSigned)
    let second = try integer(right).resized(width: width, isSigned: type.isSigned)
    if operation.isComparison {
      return truthValue(
        type.isSigned
          ? Self.compare(operation, first.signed, second.signed) : Self.compare(operation, first.bits, second.bits))
    }
    if operation == .power {
      return number(Self.power(first.signed, second.signed), type)
    }
    if operation == .divide || operation == .remainder {
      guard second.bits != 0 else { throw ExpressionError("Division by zero") }
      return quotient(operation, first, second, type)
    }
    let (a, b) = (first.signed, second.signed)
    let result: Int128 =
      switch operation {
      case .multiply: a &* b
      case .add: a &+ b
      case .subtract: a &- b
      case .and: a & b
      case .or: a | b
      default: a ^ b
      }
    return number(result, type)
  }

  /// By squaring; wraps, as all arithmetic of integers.
  private static func power(_ base: Int128, _ exponent: Int128) -> Int128 {
    // A fraction is cut: of 1 and -1 alone something is left.
    guard exponent >= 0 else { return base == 1 ? 1 : base == -1 ? (exponent & 1 == 0 ? 1 : -1) : 0 }
    var (result, square, rest) = (Int128(1), base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }

  private func quotient(_ operation: Expression.Binary, _ first: IntegerBits, _ second: IntegerBits, _ type: DataType)
    -> Value
  {
    if type.isSigned {
      // The one quotient that does not fit wraps.
      let (quotient, remainder) = (
        first.signed.dividedReportingOverflow(by: second.signed),
        first.signed.remainderReportingOverflow(dividingBy: second.signed)
      )
      return number(operation == .divide ? quotient.partialValue : remainder.partialValue, type)
    }
    let result = operation == .divide ? first.bits / second.bits : first.bits % second.bits
    return number(Int128(bitPattern: result), type)
  }

  /// The type is the left operand's; too far a shift leaves nothing but the sign.
  private func shift(_ operation: Expression.Binary, _ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    let type = Self.promoted(left.type.stripped)
    let width = Int(type.size ?? 4) * 8
    let bits = try integer(left).resized(width: width, isSigned: type.isSigned)
    let count = try integer(right).signed
    let name = operation == .shiftLeft ? "left" : "right"
    if count < 0 {
      scope.warn("\(name) shift count is negative")
      return number(0, type)
    }
    if count >= Int128(width) { scope.warn("\(name) shift count >= width of type") }
    if operation == .shiftLeft { return number(count >= Int128(width) ? 0 : bits.signed << count, type) }
    guard type.isSigned else {
      return number(count >= Int128(width) ? 0 : Int128(bitPattern: bits.bits >> UInt128(count)), type)
    }
    return number(bits.signed >> min(count, 127), type)
  }

  static func compare<Number: Comparable>(_ operation: Expression.Binary, _ left: Number, _ right: Number)
    -> Bool
  {
    switch operation {
    case .less: left < right
    case .greater: left > right
    case .lessOrEqual: left <= right
    case .greaterOrEqual: left >= right
    case .notEqual: left != right
    default: left == right
    }
  }

  // MARK: Floating point

  private func floatingOperation(_ operation: Expression.Binary, _ left: Value, _ right: Value)
    throws(ExpressionError) -> Value
  {
    let (first, second) = (try floating(left), try floating(right))
    if operation.isComparison { return truthValue(Self.compare(operation, first, second)) }
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    let isLeft = leftType.isFloating && (!rightType.isFloating || (leftType.size ?? 0) >= (rightType.size ?? 0))
    let type = isLeft ? leftType : rightType
    let result: Float80
    switch operation {
    case .add: result = first + second
    case .subtract: result = first - second
    case .multiply: result = first * second
    case .divide: result = first / second
    case .power: result = powl(first, second)
    default: throw ExpressionError("Integer-only operation on floating point number.")
    }
    return Value(type: type, floating: result, source: scope)
  }

  // MARK: Pointers

  private func pointerOperation(_ operation: Expression.Binary, _ left: Value, _ right: Value)
    throws(ExpressionError) -> Value
  {
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    if operation.isComparison {
      let (first, second) = (try address(ofPlain: left), try address(ofPlain: right))
      return truthValue(Self.compare(operation, first, second))
    }
    switch (operation, leftType.isAddress, rightType.isAddress) {
    case (.add, true, false), (.subtract, true, false):
      return try move(left, by: right, backwards: operation == .subtract)
    case (.add, false, true): return try move(right, by: left, backwards: false)
    case (.subtract, true, true):
      let size = Self.pointeeSize(leftType)
      guard size == Self.pointeeSize(rightType) else {
        throw ExpressionError(
          """
          First argument of `-' is a pointer and second argument is neither
          an integer nor a pointer of the same type.
          """)
      }
      let distance = Int64(bitPattern: try address(ofPlain: left) - address(ofPlain: right))
      return Value(type: .long, integer: distance / Int64(max(1, min(size, UInt64(Int64.max)))), source: scope)
    default: break
    }
    // What is no arithmetic of pointers is one of their numbers (`p & ~7`), but two pointers have no sum.
    guard operation != .add, !(leftType.isAddress && rightType.isAddress) else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    func number(_ value: Value) throws(ExpressionError) -> Value {
      guard value.type.stripped.isAddress else { return value }
      return Value(type: .long, address: try address(ofPlain: value), source: scope)
    }
    return try binary(operation, number(left), number(right))
  }

  /// What a step over one element is: `void` and functions count as a byte.
  private static func pointeeSize(_ type: DataType) -> UInt64 {
    // A function's target is what it returns.
    type.isFunction ? 1 : max(1, type.target?.size ?? 1)
  }

  private func move(_ pointer: Value, by offset: Value, backwards: Bool) throws(ExpressionError) -> Value {
    guard offset.type.stripped.isIntegral else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    let type = pointer.type.stripped
    let steps = Int64(truncatingIfNeeded: try integer(offset).signed)
    let distance = UInt64(bitPattern: backwards ? 0 &- steps : steps) &* Self.pointeeSize(type)
    let result = type.kind == .pointer ? pointer.type : .pointer(to: type.isArray ? type.target ?? .void : type)
    return Value(type: result, address: try address(ofPlain: pointer) + distance, source: scope)
  }
}

extension DataType {
  /// True for what turns into an address in arithmetic.
  var isAddress: Bool { kind == .pointer || isArray || isFunction }
  var isNumber: Bool { isIntegral || isFloating }
  static let unknownDataName = "<data variable, no debug info>"
  /// True for a variable that only the linker knows.
  var isUnknownData: Bool { kind == .unspecified && name == Self.unknownDataName }
}
