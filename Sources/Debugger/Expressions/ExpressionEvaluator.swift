package import DebugInfo
package import MachineModel

/// Evaluates expressions of C and C++ (and what other languages share with them) in a scope.
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

  package init(scope: any EvaluationScope) { self.scope = scope }

  /// The value of an expression; assignments in it are carried out.
  package func evaluate(_ text: String) throws(ExpressionError) -> Value {
    try value(of: ExpressionParser.parse(text, scope: scope))
  }

  /// As `evaluate`, but a type's name is an answer too, and nothing is written: `whatis`, `ptype`.
  package func evaluateOrType(_ text: String) throws(ExpressionError) -> Outcome {
    let expression = try ExpressionParser.parse(text, scope: scope)
    if case .type(let type) = expression { return .type(type) }
    var quiet = self
    quiet.isSideEffectFree = true
    return .value(try quiet.value(of: expression))
  }

  /// The address that an expression means, for `x`, `break *`, `disassemble`: a pointer's value, an array's or
  /// function's place, an integer.
  package func address(_ text: String) throws(ExpressionError) -> VirtualAddress {
    let value = try plain(evaluate(text))
    let type = value.type.stripped
    if type.isAggregate {
      guard let address = value.address else { throw ExpressionError("Value can't be converted to integer.") }
      return address
    }
    guard type.kind != .void else { throw ExpressionError("Value can't be converted to integer.") }
    return try wrap { () throws(Unavailability) in try value.pointed() }
  }

  /// True where the value is not zero, for conditions.
  package func truth(_ text: String) throws(ExpressionError) -> Bool { try isTrue(evaluate(text)) }

  // MARK: The tree

  func value(of expression: Expression) throws(ExpressionError) -> Value {
    switch expression {
    case .integer, .floating, .character, .string, .boolean, .nullPointer: return literal(expression)
    case .name(let name, let file): return try lookUp(name, inFile: file)
    case .scoped(let function, let name):
      guard let value = scope.variable(named: name, inFunction: function) else {
        guard scope.function(named: function, inFile: nil) != nil else { throw Self.noSymbol(function) }
        throw ExpressionError("No symbol \"\(name)\" in specified context.")
      }
      return value
    case .dollar(let name): return try dollar(name)
    case .type: throw ExpressionError("Attempt to use a type name as an expression")
    case .unary(let operation, let operand): return try unary(operation, plain(value(of: operand)))
    case .dereference(let operand): return try value(of: operand).dereferenced()
    case .address(let operand): return try address(of: operand)
    case .sizeOf(let operand): return try size(of: operand)
    case .binary(let operation, let left, let right):
      return try binary(operation, plain(value(of: left)), plain(value(of: right)))
    case .logicalAnd(let left, let right):
      return truthValue(try isTrue(value(of: left)) ? try isTrue(value(of: right)) : false)
    case .logicalOr(let left, let right):
      return truthValue(try isTrue(value(of: left)) ? true : try isTrue(value(of: right)))
    case .conditional(let condition, let first, let second):
      return try isTrue(value(of: condition)) ? value(of: first) : value(of: second)
    case .comma(let first, let second):
      _ = try value(of: first)
      return try value(of: second)
    default: return try place(expression)
    }
  }

  /// The expressions that lead to a place, or change one.
  private func place(_ expression: Expression) throws(ExpressionError) -> Value {
    switch expression {
    case .assign(let target, let source): return try assign(value(of: source), to: target)
    case .modify(let operation, let target, let operand):
      let old = try plain(value(of: target))
      return try assign(binary(operation, old, plain(value(of: operand))), to: target)
    case .step(let step, let target, let isPrefix):
      let old = try plain(value(of: target))
      let kept = Value(type: old.type, bytes: try bytes(of: old), source: scope)
      let one = Value(type: .int, integer: 1, source: scope)
      let new = try assign(binary(step == .increment ? .add : .subtract, kept, one), to: target)
      return isPrefix ? new : kept
    case .cast(let type, let operand): return try cast(value(of: operand), to: type)
    case .typedMemory(let type, let operand):
      let address = try address(ofPlain: plain(value(of: operand)))
      return Value(type: type, location: .memory(address), source: scope)
    case .subscripted(let base, let index): return try element(plain(value(of: base)), plain(value(of: index)))
    case .member(let object, let name, let isArrow): return try member(name, of: value(of: object), isArrow: isArrow)
    case .memberPointer(let object, let pointer):
      return try member(of: plain(value(of: object)), at: value(of: pointer))
    case .repeated(let first, let count): return try array(from: value(of: first), count: plain(value(of: count)))
    case .call(let callee, _):
      _ = try value(of: callee)
      throw ExpressionError("Calling functions in the program is not supported yet.")
    default: throw ExpressionError("Unsupported expression.")
    }
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
    try wrap { () throws(Unavailability) in try value.pointed() }
  }

  /// C has `int` for the result of a comparison, the others a truth value.
  func truthValue(_ isTrue: Bool) -> Value {
    let isC = scope.language == .c || scope.language == .assembler
    return Value(type: isC ? .int : .bool, integer: isTrue ? 1 : 0, source: scope)
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

  static func noSymbol(_ name: String) -> ExpressionError {
    ExpressionError("No symbol \"\(name)\" in current context.")
  }
}
