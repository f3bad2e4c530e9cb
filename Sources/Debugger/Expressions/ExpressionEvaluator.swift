package import DebugInfo
package import MachineModel

/// Evaluates expressions of C, C++ and Rust (and what other languages share with them) in a scope.
package struct ExpressionEvaluator {
  /// What `evaluateOrType` found.
  package enum Outcome {
    case value(Value)
    /// The expression is the name of a type (`ptype struct point`, `whatis int *`).
    case type(DataType)
  }
  package let scope: any EvaluationScope
  /// True while only the type is wanted (`whatis`, `sizeof`): nothing is written.
  var isSideEffectFree = false
  /// Where there is one, expressions can call functions of the program.
  var journal: EvaluationJournal?

  package init(scope: any EvaluationScope, journal: EvaluationJournal? = nil) {
    self.scope = scope
    self.journal = journal
  }

  /// The same, but nothing is written or called: only types are wanted.
  var quiet: ExpressionEvaluator {
    var quiet = self
    quiet.isSideEffectFree = true
    quiet.journal = nil
    return quiet
  }

  /// The value of an expression; assignments in it are carried out.
  package func evaluate(_ text: String) throws(ExpressionError) -> Value {
    try value(of: ExpressionParser.parse(text, scope: scope))
  }

  /// As `evaluate`, but a type's name is an answer too, and nothing is written: `whatis`, `ptype`.
  package func evaluateOrType(_ text: String) throws(ExpressionError) -> Outcome {
    let expression = try ExpressionParser.parse(text, scope: scope)
    if case .type(let type) = expression { return .type(type) }
    return .value(try quiet.value(of: expression))
  }

  /// The address that an expression means, for `x`, `break *`, `disassemble`: a pointer's value, an array's or
  /// function's place, an integer.
  package func address(_ text: String) throws(ExpressionError) -> VirtualAddress {
    var value = try plain(evaluate(text))
    // A string of the expression's own is examined in the program's memory, as gdb does.
    if value.type.stripped.isArray, value.address == nil { value = try placed(value) }
    let type = value.type.stripped
    guard !type.isAggregate, type.kind != .void else { throw ExpressionError("Value can't be converted to integer.") }
    if type.isFloating { return VirtualAddress(UInt64(truncatingIfNeeded: try whole(value).signed)) }
    return try wrap { () throws(Unavailability) in try value.pointed() }
  }

  /// True where the value is not zero, for conditions.
  package func truth(_ text: String) throws(ExpressionError) -> Bool { try isTrue(evaluate(text)) }

  // MARK: The tree

  func value(of expression: Expression) throws(ExpressionError) -> Value {
    guard let journal else { return try evaluated(expression) }
    return try journal.step { () throws(ExpressionError) in try evaluated(expression) }
  }

  /// What decides how the evaluation goes on: read once, whatever a call may change later.
  private func decides(_ expression: Expression) throws(ExpressionError) -> Bool {
    guard let journal else { return try isTrue(value(of: expression)) }
    let decision = try journal.step { () throws(ExpressionError) in
      truthValue(try isTrue(evaluated(expression)))
    }
    return try isTrue(decision)
  }

  /// The same for what gives the value a type, or wants its address alone: a symbol without debug information will do.
  func place(named expression: Expression) throws(ExpressionError) -> Value {
    guard case .name(let name, let file) = expression else { return try value(of: expression) }
    return try lookUp(name, inFile: file)
  }

  private func evaluated(_ expression: Expression) throws(ExpressionError) -> Value {
    switch expression {
    case .integer, .floating, .character, .string, .boolean, .nullPointer: return literal(expression)
    case .record(let type, let fields, let rest): return try record(type, fields, rest: rest)
    case .tuple(let elements): return try tuple(elements)
    case .range(let lower, let upper, nil, let isClosed) where isRust:
      return try range(from: lower, to: upper, isClosed: isClosed)
    case .complex(let real, let imaginary): return try complex(plain(value(of: real)), plain(value(of: imaginary)))
    case .name(let name, let file):
      let value = try lookUp(name, inFile: file)
      guard isSideEffectFree || !value.type.isUnknownData else {
        throw Self.unknownType(name)
      }
      return value
    case .scoped(let function, let name):
      guard let value = scope.variable(named: name, inFunction: function) else {
        guard scope.function(named: function, inFile: nil) != nil else { throw Self.noSymbol(function) }
        throw ExpressionError("No symbol \"\(name)\" in specified context.")
      }
      return value
    case .overload(let function, let parameters, let isVariadic):
      return try overload(function, parameters, isVariadic: isVariadic)
    case .dollar(let name): return try dollar(name)
    case .type: throw ExpressionError("Attempt to use a type name as an expression")
    case .unary(let operation, let operand):
      let value = try plain(value(of: operand))
      return try unary(isRust ? Self.rustMeaning(of: operation, on: value.type.stripped) : operation, value)
    case .dereference(let operand):
      let pointer = try value(of: operand)
      if let result = try overloaded("*", [pointer]) { return result }
      return try pointer.dereferenced()
    case .address(let operand): return try address(of: operand)
    case .sizeOf(let operand): return try size(of: operand)
    case .alignOf(let type):
      return Value(type: .unsignedLong, integer: Int64(clamping: type.alignment), source: scope)
    case .list(let elements): return try array(of: elements)
    case .binary(let operation, let left, .nullPointer)
    where isSwift && (operation == .equal || operation == .notEqual):
      return truthValue((try payload(of: plain(value(of: left))) == nil) == (operation == .equal))
    case .unwrapped(let operand): return try unwrapped(plain(value(of: operand)))
    case .coalesced(let optional, let other):
      guard let payload = try payload(of: plain(value(of: optional))) else { return try value(of: other) }
      return payload
    case .binary(let operation, let left, let right):
      return try binary(operation, plain(value(of: left)), plain(value(of: right)))
    case .logicalAnd(let left, let right):
      if let result = try overloadedLogical("&&", left, right) { return result }
      return truthValue(try decides(left) ? try decides(right) : false)
    case .logicalOr(let left, let right):
      if let result = try overloadedLogical("||", left, right) { return result }
      return truthValue(try decides(left) ? true : try decides(right))
    case .conditional(let condition, let first, let second):
      return try decides(condition) ? value(of: first) : value(of: second)
    case .comma(let first, let second):
      _ = try value(of: first)
      return try value(of: second)
    default: return try place(expression)
    }
  }

  /// The expressions that lead to a place, or change one.
  private func place(_ expression: Expression) throws(ExpressionError) -> Value {
    switch expression {
    case .assign(let target, let source):
      let value = try assign(target, source)
      return isRust ? void : value
    case .modify(let operation, let target, let operand):
      let value = try modify(operation, target, operand)
      return isRust ? void : value
    case .step(let step, let target, let isPrefix): return try increment(step, target, isPrefix: isPrefix)
    case .cast(let type, .call(let callee, let arguments)): return try call(callee, arguments, declared: type)
    case .cast(let type, let operand): return try cast(place(named: operand), to: type)
    case .dynamicCast(let type, let operand): return try dynamicCast(value(of: operand), to: type)
    case .reinterpretCast(let type, let operand): return try reinterpretCast(value(of: operand), to: type)
    case .typedMemory(let type, let operand):
      let address = try address(ofPlain: plain(value(of: operand)))
      return Value(type: type, location: .memory(address), source: scope)
    case .subscripted(let base, .range(let lower, let upper, _, let isClosed)) where isRust:
      return try slice(base, from: lower, to: upper, isClosed: isClosed).elements(in: scope)
    case .subscripted(let base, let index):
      let (object, position) = (try plain(value(of: base)), try plain(value(of: index)))
      if let result = try overloaded("[]", [object, position]) { return result }
      return try element(object, position)
    case .member(let object, let name, let isArrow): return try member(name, of: value(of: object), isArrow: isArrow)
    case .memberPointer(let object, let pointer):
      return try member(of: plain(value(of: object)), at: value(of: pointer))
    case .repeated(let first, let count): return try array(from: value(of: first), count: plain(value(of: count)))
    case .call(let callee, let arguments): return try call(callee, arguments, declared: nil)
    default: throw ExpressionError("Unsupported expression.")
    }
  }

  private func modify(
    _ operation: Expression.Binary, _ target: Expression, _ operand: Expression
  ) throws(ExpressionError) -> Value {
    let (old, amount) = (try plain(value(of: target)), try plain(value(of: operand)))
    if let result = try overloaded(operation.rawValue + "=", [old, amount]) { return result }
    return try store(binary(operation, old, amount), in: old, target)
  }

  private func increment(
    _ step: Expression.Step, _ target: Expression, isPrefix: Bool
  ) throws(ExpressionError) -> Value {
    let old = try plain(value(of: target))
    // The second argument of a postfix operator only tells it apart.
    let mark = isPrefix ? [] : [Value(type: .int, integer: 0, source: scope)]
    if let result = try overloaded(step == .increment ? "++" : "--", [old] + mark) { return result }
    let kept = Value(type: old.type, bytes: try bytes(of: old), source: scope)
    let one = Value(type: .int, integer: 1, source: scope)
    let new = try store(binary(step == .increment ? .add : .subtract, kept, one), in: old, target)
    return isPrefix ? new : kept
  }

  // MARK: Help for all of it

  /// Without its reference.
  func plain(_ value: Value) throws(ExpressionError) -> Value {
    try wrap { () throws(Unavailability) in try value.withoutReference() }
  }

  func wrap<Result>(_ body: () throws(Unavailability) -> Result) throws(ExpressionError) -> Result {
    do throws(Unavailability) { return try body() } catch { throw ExpressionError(error) }
  }

  func bytes(of value: Value) throws(ExpressionError) -> [UInt8] {
    if value.bitField != nil {
      let bits = try integer(value)
      let width = Int(min(value.type.size ?? 8, 16)) * 8
      return bits.resized(width: width, isSigned: bits.isSigned).littleEndian
    }
    return try wrap { () throws(Unavailability) in
      let contents = try value.contents()
      if let reason = contents.missing { throw reason }
      return Array(contents.bytes)
    }
  }

  func integer(_ value: Value) throws(ExpressionError) -> IntegerBits {
    try wrap { () throws(Unavailability) in try value.integer() }
  }

  func address(ofPlain value: Value) throws(ExpressionError) -> VirtualAddress {
    var value = value
    // An array that stands in the expression alone gets a place when one is needed.
    if case .value = value.location, value.type.stripped.isArray { value = try placed(value) }
    return try wrap { () throws(Unavailability) in try value.pointed() }
  }

  /// C has `int` for the result of a comparison, the others a truth value.
  func truthValue(_ isTrue: Bool) -> Value {
    let isC = scope.language == .c || scope.language == .assembler
    let type = isC ? .int : isFortran ? FortranType.logical : isSwift ? SwiftPrimitive.bool : DataType.bool
    return Value(type: type, integer: isTrue ? 1 : 0, source: scope)
  }

  func isTrue(_ value: Value) throws(ExpressionError) -> Bool {
    let value = try plain(value)
    let type = value.type.stripped
    if type.isArray || type.isFunction { return try address(ofPlain: value).rawValue != 0 }
    guard !type.isAggregate, type.kind != .void else {
      throw ExpressionError("Attempt to take the truth value of something that is not a number.")
    }
    switch try wrap({ () throws(Unavailability) in try value.scalar() }) {
    case .integer(let bits): return bits.bits != 0
    case .floating(let number): return number != 0
    }
  }

  static func unknownType(_ name: String) -> ExpressionError {
    ExpressionError("'\(name)' has unknown type; cast it to its declared type")
  }

  static func noSymbol(_ name: String) -> ExpressionError {
    ExpressionError("No symbol \"\(name)\" in current context.")
  }
}
