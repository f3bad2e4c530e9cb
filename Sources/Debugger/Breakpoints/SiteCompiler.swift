import DebugInfo
import MachineModel

/// Compiles expressions of C's kind over integers and pointers for one place in the program, by the same rules as
/// `ExpressionEvaluator` evaluates them. What it leaves alone (calls, numbers with a fraction, operators of the program's,
/// convenience variables) is answered by that.
struct SiteCompiler {
  /// Not to be compiled.
  struct Declined: Error {}

  private let probe: SiteProbe
  private let evaluator: ExpressionEvaluator
  private let scope: FrameScope

  init(_ probe: SiteProbe) {
    self.probe = probe
    scope = probe.first
    evaluator = ExpressionEvaluator(scope: scope)
  }

  /// A program for an expression's value, an integer or a pointer; nil where it has to be evaluated at each hit.
  func number(_ text: String) -> (program: SiteProgram, type: DataType)? {
    guard [.c, .cpp].contains(scope.language), let expression = try? ExpressionParser.parse(text, scope: scope),
      let number = try? value(expression), let program = SiteProgram(number.code)
    else { return nil }
    return (program, number.type)
  }

  private typealias Code = [SiteProgram.Operation]

  /// Code that leaves a number of that type.
  private struct Number {
    let type: DataType
    let code: Code
    var width: Int { Int(type.stripped.size ?? 8) * 8 }
  }

  /// Something with a type: its address, or itself.
  private struct Operand {
    let type: DataType
    let code: Code
    var isValue = false
    var bitField: Value.BitField?
  }

  // MARK: Values

  private func value(_ expression: Expression) throws(Declined) -> Number {
    switch expression {
    case .integer, .character, .boolean, .nullPointer: return try constant(evaluator.literal(expression))
    case .unary(let operation, let operand): return try unary(operation, value(operand))
    case .binary(let operation, let left, let right): return try binary(operation, value(left), value(right))
    case .logicalAnd(let left, let right): return try logical(value(left), value(right), isAnd: true)
    case .logicalOr(let left, let right): return try logical(value(left), value(right), isAnd: false)
    case .conditional(let condition, let then, let otherwise):
      let (then, otherwise) = (try value(then), try value(otherwise))
      let code = try value(condition).code
      return Number(
        type: then.type, code: code + Self.choose(then.code, otherwise.code))
    case .cast(let type, let operand):
      let operand = try value(operand)
      guard type.stripped.kind == .pointer || type.stripped.isIntegral, type.stripped.kind != .base(.boolean) else {
        throw Declined()
      }
      return Number(type: type, code: operand.code + (try Self.narrowed(to: type)))
    case .address(let operand):
      let operand = try place(operand)
      guard !operand.isValue, operand.bitField == nil else { throw Declined() }
      return Number(type: .pointer(to: operand.type), code: operand.code)
    case .sizeOf(let operand):
      guard let size = try type(of: operand).size else { throw Declined() }
      return Number(type: .unsignedLong, code: [.constant(size)])
    case .dollar(let name): return try register(name)
    default: return try loaded(place(expression))
    }
  }

  private func type(of expression: Expression) throws(Declined) -> DataType {
    if case .type(let type) = expression { return type }
    if let place = try? place(expression) { return place.type }
    return try value(expression).type
  }

  private func constant(_ value: Value) throws(Declined) -> Number {
    guard let bits = try? value.scalar(), case .integer(let integer) = bits, integer.width <= 64 else {
      if value.type.stripped.kind == .pointer, let pointed = try? value.pointed() {
        return Number(type: value.type, code: [.constant(pointed.rawValue)])
      }
      throw Declined()
    }
    return Number(type: value.type, code: [.constant(UInt64(truncatingIfNeeded: integer.signed))])
  }

  private func register(_ name: String) throws(Declined) -> Number {
    let roles: [String: GeneralRegister] = ["pc": .rip, "sp": .rsp, "fp": .rbp]
    guard let register = roles[name] ?? GeneralRegister(name: name), register.rawValue <= GeneralRegister.rip.rawValue
    else { throw Declined() }
    return Number(type: .long, code: [.register(register)])
  }

  /// What an operand holds.
  private func loaded(_ operand: Operand) throws(Declined) -> Number {
    let type = operand.type.stripped
    if type.isArray {
      guard !operand.isValue, let element = type.target else { throw Declined() }
      return Number(type: .pointer(to: element), code: operand.code)
    }
    guard type.isIntegral || type.kind == .pointer, let size = type.size, [1, 2, 4, 8].contains(size) else {
      throw Declined()
    }
    let isSigned = type.isSigned
    if let field = operand.bitField {
      guard !operand.isValue, field.size > 0, field.offset + field.size <= 64 else { throw Declined() }
      let bytes = [1, 2, 4, 8].first { UInt64($0) * 8 >= field.offset + field.size } ?? 8
      return Number(
        type: operand.type,
        code: operand.code + [
          .load(size: bytes, isSigned: false),
          .extract(shift: Int(field.offset), bits: Int(field.size), isSigned: isSigned),
        ])
    }
    if operand.isValue { return Number(type: operand.type, code: operand.code + (try Self.narrowed(to: type))) }
    return Number(type: operand.type, code: operand.code + [.load(size: Int(size), isSigned: isSigned)])
  }

  private static func narrowed(to type: DataType) throws(Declined) -> Code {
    guard let size = type.stripped.size, size <= 8 else { throw Declined() }
    return size == 8 ? [] : [.extract(shift: 0, bits: Int(size) * 8, isSigned: type.stripped.isSigned)]
  }

  // MARK: Places

  private func place(_ expression: Expression) throws(Declined) -> Operand {
    switch expression {
    case .name(let name, let file): return try named(name, file)
    case .dereference(let operand):
      let pointer = try value(operand)
      guard pointer.type.stripped.kind == .pointer, let target = pointer.type.stripped.target else { throw Declined() }
      return try direct(Operand(type: target, code: pointer.code))
    case .member(let object, let name, let isArrow):
      if isArrow {
        let pointer = try value(object)
        guard pointer.type.stripped.kind == .pointer, let target = pointer.type.stripped.target else {
          throw Declined()
        }
        return try member(name, of: Operand(type: target, code: pointer.code))
      }
      return try member(name, of: place(object))
    case .subscripted(let base, let index):
      let (base, index) = (try value(base), try value(index))
      guard base.type.stripped.kind == .pointer, let target = base.type.stripped.target else { throw Declined() }
      return try direct(Operand(type: target, code: try moved(base, by: index, backwards: false).code))
    default: throw Declined()
    }
  }

  /// Names in the order in which expressions look them up.
  private func named(_ name: String, _ file: String?) throws(Declined) -> Operand {
    guard file == nil else { throw Declined() }
    if let local = scope.variable(named: name), let other = probe.second.variable(named: name) {
      return try located(local, other)
    }
    if let this = scope.variable(named: "this"), let owner = this.type.stripped.target?.stripped {
      let object = Value(type: owner, location: .memory(VirtualAddress(0)), source: scope)
      if object.member(named: name) != nil {
        return try place(.member(.name("this", file: nil), name, isArrow: true))
      }
    }
    if let global = scope.global(named: name, inFile: nil), let other = probe.second.global(named: name, inFile: nil) {
      return try located(global, other)
    }
    guard scope.functions(named: name, inFile: nil).isEmpty, let enumerator = scope.enumerator(named: name) else {
      throw Declined()
    }
    let number = try constant(enumerator)
    return Operand(type: number.type, code: number.code, isValue: true)
  }

  private func located(_ left: Value, _ right: Value) throws(Declined) -> Operand {
    guard left.offset == 0, left.bitField == nil, let (place, isValue) = probe.place(left, right) else {
      throw Declined()
    }
    let code: Code =
      switch place {
      case .constant(let word): [.constant(word)]
      case .register(let register, 0): [.register(register)]
      case .register(let register, let offset): [.register(register), .constant(offset), .arithmetic(.add)]
      }
    return try direct(Operand(type: left.type, code: code, isValue: isValue))
  }

  /// What a reference refers to.
  private func direct(_ operand: Operand) throws(Declined) -> Operand {
    let type = operand.type.stripped
    guard type.isReference else { return operand }
    guard let target = type.target else { throw Declined() }
    return Operand(
      type: target, code: operand.isValue ? operand.code : operand.code + [.load(size: 8, isSigned: false)])
  }

  private func member(_ name: String, of object: Operand) throws(Declined) -> Operand {
    guard !object.isValue, object.bitField == nil, object.type.stripped.isAggregate, !scope.seesWholeObjects else {
      throw Declined()
    }
    // A member's distance is that from an object at 0; one of a virtual base class depends on more.
    let model = Value(type: object.type, location: .memory(VirtualAddress(0)), source: scope)
    guard let member = model.member(named: name), case .memory(let offset) = member.location else { throw Declined() }
    let code: Code = offset.rawValue == 0 ? [] : [.constant(offset.rawValue), .arithmetic(.add)]
    return try direct(Operand(type: member.type, code: object.code + code, bitField: member.bitField))
  }

  // MARK: Operators

  private func unary(_ operation: Expression.Unary, _ operand: Number) throws(Declined) -> Number {
    if operation == .not { return Number(type: .int, code: operand.code + [.not]) }
    guard operand.type.stripped.isIntegral else { throw Declined() }
    let type = ExpressionEvaluator.promoted(operand.type.stripped)
    let code: Code =
      switch operation {
      case .minus: [.negate]
      case .complement: [.complement]
      case .plus, .not: []
      }
    return Number(type: type, code: operand.code + code + (try Self.narrowed(to: type)))
  }

  private func binary(_ operation: Expression.Binary, _ left: Number, _ right: Number) throws(Declined) -> Number {
    try refuseOverloads(operation, left, right)
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    if leftType.kind == .pointer || rightType.kind == .pointer { return try pointers(operation, left, right) }
    if operation == .shiftLeft || operation == .shiftRight {
      let type = ExpressionEvaluator.promoted(leftType)
      let bits = Int(type.size ?? 4) * 8
      let shift: SiteProgram.Operation =
        operation == .shiftLeft ? .shiftLeft(bits: bits) : .shiftRight(bits: bits, isSigned: type.isSigned)
      return Number(type: type, code: left.code + right.code + [shift] + (try Self.narrowed(to: type)))
    }
    let type = ExpressionEvaluator.common(leftType, rightType)
    let operands = left.code + (try Self.narrowed(to: type)) + right.code + (try Self.narrowed(to: type))
    if let comparison = Self.comparison(operation) {
      return Number(type: .int, code: operands + [.arithmetic(.compare(comparison, isSigned: type.isSigned))])
    }
    let arithmetic: SiteProgram.Arithmetic
    switch operation {
    case .add: arithmetic = .add
    case .subtract: arithmetic = .subtract
    case .multiply: arithmetic = .multiply
    case .divide: arithmetic = .divide(isSigned: type.isSigned)
    case .remainder: arithmetic = .remainder(isSigned: type.isSigned)
    case .and: arithmetic = .and
    case .or: arithmetic = .or
    case .exclusiveOr: arithmetic = .exclusiveOr
    default: throw Declined()
    }
    return Number(type: type, code: operands + [.arithmetic(arithmetic)] + (try Self.narrowed(to: type)))
  }

  /// The program may have operators of its own for enumerations.
  private func refuseOverloads(_ operation: Expression.Binary, _ left: Number, _ right: Number) throws(Declined) {
    func isEnumeration(_ type: DataType) -> Bool { if case .enumeration = type.stripped.kind { true } else { false } }
    guard scope.language == .cpp, isEnumeration(left.type) || isEnumeration(right.type) else { return }
    guard scope.functions(named: "operator\(operation.rawValue)", inFile: nil).isEmpty else { throw Declined() }
  }

  private static func comparison(_ operation: Expression.Binary) -> SiteProgram.Comparison? {
    switch operation {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  private func pointers(_ operation: Expression.Binary, _ left: Number, _ right: Number) throws(Declined) -> Number {
    if let comparison = Self.comparison(operation) {
      return Number(
        type: .int, code: left.code + right.code + [.arithmetic(.compare(comparison, isSigned: false))])
    }
    let isLeft = left.type.stripped.kind == .pointer
    guard isLeft != (right.type.stripped.kind == .pointer), operation == .add || operation == .subtract && isLeft else {
      throw Declined()
    }
    return try moved(isLeft ? left : right, by: isLeft ? right : left, backwards: operation == .subtract)
  }

  private func moved(_ pointer: Number, by steps: Number, backwards: Bool) throws(Declined) -> Number {
    guard steps.type.stripped.isIntegral, let target = pointer.type.stripped.target, !target.stripped.isFunction,
      !target.stripped.isReference
    else { throw Declined() }
    let size = max(1, target.size ?? 1)
    let scaled = size == 1 ? steps.code : steps.code + [.constant(size), .arithmetic(.multiply)]
    return Number(
      type: pointer.type, code: pointer.code + scaled + [.arithmetic(backwards ? .subtract : .add)])
  }

  /// The right side is looked at only where the left one does not decide.
  private func logical(_ left: Number, _ right: Number, isAnd: Bool) throws(Declined) -> Number {
    let truth: Code = right.code + [.not, .not]
    return Number(
      type: .int, code: left.code + (isAnd ? Self.choose(truth, [.constant(0)]) : Self.choose([.constant(1)], truth)))
  }

  /// The one where the topmost word is not 0, the other where it is.
  private static func choose(_ then: Code, _ otherwise: Code) -> Code {
    [.skip(then.count + 1, ifZero: true)] + then + [.skipAlways(otherwise.count)] + otherwise
  }
}
