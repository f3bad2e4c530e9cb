import DebugInfo
import MachineModel

/// Calls of functions in the program.
extension ExpressionEvaluator {
  /// - Parameter declared: the type that the call is cast to, which tells what a function without debug information
  ///   returns.
  func call(_ callee: Expression, _ operands: [Expression], declared: DataType?) throws(ExpressionError) -> Value {
    let value = try callResult(callee, operands, declared: declared)
    guard let declared, !(declared.stripped.kind == .void && value.type.stripped.kind == .void) else { return value }
    return try cast(value, to: declared)
  }

  private func callResult(
    _ callee: Expression, _ operands: [Expression], declared: DataType?
  ) throws(ExpressionError) -> Value {
    if isFortran, let result = try fortranReference(callee, operands) { return result }
    switch callee {
    case .member(let object, let name, let isArrow):
      if let result = try callMethod(named: name, of: object, isArrow: isArrow, operands) { return result }
    case .memberPointer(let object, let pointer):
      let (object, pointer) = (try plain(value(of: object)), try value(of: pointer))
      if pointer.type.stripped.target?.stripped.isFunction == true {
        return try callMember(of: object, at: pointer, arguments(operands))
      }
    case .name(let name, let file):
      if let result = try callNamed(name, inFile: file, operands, declared) { return result }
    case .dollar(let name):
      if let result = try callInternal(name, operands) { return result }
    default: break
    }
    let function = try plain(value(of: callee))
    // A number may be meant as an address, but not one that is found by the name of a method.
    if case .member = callee, function.type.stripped.isNumber {
      throw ExpressionError("Invalid data type for function to be called.")
    }
    let values = try arguments(operands)
    if function.type.stripped.isAggregate {
      let operators = methods(named: "operator()", of: function)
      if !operators.isEmpty { return try call(operators, values, isQualified: false) }
    }
    return try call(function, type: try functionType(of: function), values, declared: declared)
  }

  private func arguments(_ operands: [Expression]) throws(ExpressionError) -> [Value] {
    var values: [Value] = []
    for operand in operands { values.append(try plain(value(of: operand))) }
    return values
  }

  /// nil where the object has no such method: it may have a member that can be called.
  private func callMethod(
    named name: String, of object: Expression, isArrow: Bool, _ operands: [Expression]
  ) throws(ExpressionError) -> Value? {
    var this = try plain(value(of: object))
    if isArrow { this = try followed(this) }
    if this.type.stripped.kind == .pointer { this = try plain(this.dereferenced()) }
    if isRust { return try callRustMethod(named: name, of: this, operands) }
    let candidates = methods(named: name, of: this)
    guard !candidates.isEmpty || CppMethod(name, of: this) != nil else { return nil }
    let values = try arguments(operands)
    if let result = try libraryResult(name, of: this, values, besides: candidates) { return result }
    return try call(candidates, values, isQualified: name.contains("::"))
  }

  /// nil where the name is no function's: it may be a pointer's to one.
  private func callNamed(
    _ name: String, inFile file: String?, _ operands: [Expression], _ declared: DataType?
  ) throws(ExpressionError) -> Value? {
    guard file != nil || scope.variable(named: name) == nil else { return nil }
    if file == nil, let this = scope.variable(named: "this"), let object = try? this.dereferenced() {
      if object.member(named: name) != nil { return nil }
      let candidates = methods(named: name, of: object)
      if !candidates.isEmpty { return try call(candidates, arguments(operands), isQualified: false) }
    }
    // `Type::method(…)`: a static one.
    if let (outer, last) = ExpressionParser.split(name), let owner = scope.type(named: outer),
      owner.stripped.isAggregate
    {
      let object = Value(type: owner, location: .memory(VirtualAddress(0)), source: scope)
      let candidates = methods(named: last, of: object).filter(\.method.isStatic)
      if !candidates.isEmpty { return try call(candidates, arguments(operands), isQualified: true) }
      if operands.isEmpty, !methods(named: last, of: object).isEmpty {
        throw ExpressionError("Cannot resolve method \(name) to any overloaded instance")
      }
    }
    let functions = scope.functions(named: name, inFile: file)
    guard !functions.isEmpty else { return nil }
    return try call(functions, named: name, arguments(operands), declared: declared)
  }

  /// `(object.*pointer)(…)`: Itanium C++ ABI §2.3.
  private func callMember(
    of object: Value, at pointer: Value, _ arguments: [Value]
  ) throws(ExpressionError) -> Value {
    let type = pointer.type.stripped
    guard type.kind == .memberPointer, let target = type.target?.stripped, target.isFunction else {
      throw ExpressionError("Non-pointer-to-member value used in pointer-to-member construct")
    }
    if isSideEffectFree { return result(of: target) }
    let bits = try integer(pointer).bits
    let owner = try owner(of: type, in: object)
    let this = try address(ofPlain: owner.addressed()) + UInt64(truncatingIfNeeded: bits >> 64)
    var function = UInt64(truncatingIfNeeded: bits)
    guard function != 0 else { throw ExpressionError("Attempt to call a null pointer to a member function.") }
    if function & 1 == 1 {
      function = try wrap { () throws(Unavailability) in
        let table = try Value(type: .pointer(to: .void), location: .memory(this), source: scope).pointed()
        let slot = Value(type: .pointer(to: .void), location: .memory(table + (function - 1)), source: scope)
        return try slot.pointed().rawValue
      }
    }
    let code = Value(type: target, location: .memory(VirtualAddress(function)), source: scope)
    return try call(
      code, type: target, [Value(type: .pointer(to: owner.type), address: this, source: scope)] + arguments)
  }

  /// What is called: a function, or what a pointer leads to. A number is an address of unknown code.
  private func functionType(of value: Value) throws(ExpressionError) -> DataType {
    let type = value.type.stripped
    if type.isFunction { return type }
    if type.kind == .pointer, let target = type.target?.stripped, target.isFunction { return target }
    guard type.isIntegral && !type.isEnumeration || type.kind == .pointer else {
      throw ExpressionError("Invalid data type for function to be called.")
    }
    let at = try address(ofPlain: value)
    return DataType(.function(isVariadic: true), name: "<at 0x\(at)>", target: .int)
  }

  // MARK: One function

  /// What a call's value is like where it isn't made.
  func result(of function: DataType) -> Value {
    let type = function.stripped.target ?? .void
    let size = Int(min(type.size ?? 0, 1 << 16))
    return Value(type: type, bytes: [UInt8](repeating: 0, count: type.stripped.kind == .void ? 0 : size), source: scope)
  }

  func call(
    _ function: Value, type: DataType, _ arguments: [Value], declared: DataType? = nil
  ) throws(ExpressionError) -> Value {
    let type = type.stripped
    var result = type.target ?? .void
    // Only what has no debug information has a name; of assembler's functions it says no more than where they are.
    if type.name?.hasPrefix("<") == true || result.kind == .unspecified {
      guard let declared else {
        let name = type.name ?? ""
        let shown = name.hasPrefix("<at ") ? String(name.dropFirst().dropLast()) : calleeName(function)
        throw ExpressionError(
          "'\(shown)' has unknown return type; cast the call to its declared return type")
      }
      result = declared
    }
    let byReference = try fortranArguments(arguments, of: type)
    guard byReference != nil || arguments.count >= type.parameters.count else {
      throw ExpressionError("Too few arguments in function call.")
    }
    if isSideEffectFree { return self.result(of: DataType(.function(isVariadic: false), target: result)) }
    guard scope.hasRegisters else { throw ExpressionError("You can't do that without a process to debug.") }
    guard let journal else { throw ExpressionError("Functions of the program are called by commands only.") }
    var passed = byReference ?? []
    var copies: [Value] = []
    for (index, argument) in arguments.enumerated() where byReference == nil {
      let parameter = type.parameters.indices.contains(index) ? type.parameters[index] : nil
      if let copy = try constructedCopy(of: argument, for: parameter) {
        copies.append(copy)
        passed.append(.value(try copy.addressed()))
      } else {
        passed.append(try self.argument(argument, for: parameter))
      }
    }
    let entry = try resolved(address(ofPlain: function))
    let answer = try journal.call(
      FunctionCall(function: entry, name: calleeName(function), result: result.withoutTypedefs, arguments: passed))
    for copy in copies { try destroy(copy) }
    return answer
  }

  // MARK: Objects with constructors

  /// A copy, by the class's own constructor, for a parameter that takes such an object by value (Itanium C++ ABI
  /// §3.1.1); nil where the parameter is no such.
  private func constructedCopy(of value: Value, for parameter: DataType?) throws(ExpressionError) -> Value? {
    guard let type = parameter?.stripped, type.isAggregate, value.address != nil, PassedClass(type) == .reference,
      let object = value.base(type), let name = type.name?.unscopedName.prefix(while: { $0 != "<" })
    else { return nil }
    let copying = methods(named: String(name), of: object).first { candidate in
      let parameters = candidate.method.type.parameters
      return parameters.count == 2 && parameters[1].kind == .reference
        && parameters[1].target.map { $0.stripped.isSame(as: type) } ?? false
    }
    guard let journal, let copying, let code = try? code(of: copying, isQualified: true) else { return nil }
    return try journal.call(
      FunctionCall(
        function: address(ofPlain: code), name: calleeName(code), result: type,
        arguments: [.value(object.addressed())]))
  }

  private func destroy(_ object: Value) throws(ExpressionError) {
    guard let journal, let name = object.type.stripped.name?.unscopedName.prefix(while: { $0 != "<" }),
      let destructor = methods(named: "~\(name)", of: object).first,
      let code = try? code(of: destructor, isQualified: true)
    else { return }
    _ = try journal.call(
      FunctionCall(
        function: address(ofPlain: code), name: calleeName(code), result: .void,
        arguments: [.value(object.addressed())]))
  }

  /// As messages name it.
  private func calleeName(_ function: Value) -> String {
    guard let address = try? address(ofPlain: function) else { return "at ?" }
    guard let (symbol, offset) = scope.symbol(at: address), offset == 0 else { return "at \(address)" }
    return symbol.name
  }

  /// The function that an indirect one's resolver chooses (STT_GNU_IFUNC).
  private func resolved(_ address: VirtualAddress) throws(ExpressionError) -> VirtualAddress {
    guard let (symbol, offset) = scope.symbol(at: address), offset == 0, symbol.isIndirect, let journal else {
      return address
    }
    let resolver = FunctionCall(
      function: address, name: symbol.name, result: .pointer(to: .void), arguments: [])
    return try self.address(ofPlain: journal.call(resolver))
  }

  /// An argument as the function takes it; one that no parameter is for as C's variadic functions do.
  private func argument(_ value: Value, for parameter: DataType?) throws(ExpressionError) -> FunctionCall.Argument {
    let given = value.type.stripped
    guard let parameter else {
      if given.isFloating, (given.size ?? 8) < 8 { return .value(try cast(value, to: .double)) }
      if given.isIntegral, !given.isEnumeration { return .value(try cast(value, to: Self.promoted(given))) }
      return .value(try decayed(value))
    }
    let wanted = parameter.stripped
    if wanted.isReference {
      let target = wanted.target ?? given
      if value.address != nil, value.bitField == nil { return .value(try cast(value, to: parameter)) }
      return .copy(given.isAggregate ? value : try cast(value, to: target.unqualified))
    }
    // `this`: the object itself, or a copy where it is in no memory.
    if wanted.kind == .pointer, given.isAggregate, wanted.target.map({ given.isSame(as: $0.stripped) }) ?? false {
      return value.address == nil ? .copy(value) : .value(try value.addressed())
    }
    if wanted.kind == .pointer { return .value(try cast(decayed(value), to: parameter)) }
    if wanted.isAggregate, given.isAggregate, let base = value.base(wanted) { return .value(base) }
    return .value(try cast(value, to: parameter))
  }

  /// An array as a pointer to its first element: a string that stands in the expression alone is given a place.
  func decayed(_ value: Value) throws(ExpressionError) -> Value {
    let type = value.type.stripped
    if type.isFunction { return try value.addressed() }
    guard type.isArray, !type.layout.isVector else { return value }
    let place = try placed(value)
    return Value(type: .pointer(to: type.target ?? .void), address: try address(ofPlain: place), source: scope)
  }

  /// The same value in the program's memory, which its own `malloc` gives: it may keep the address.
  func placed(_ value: Value) throws(ExpressionError) -> Value {
    guard value.address == nil else { return value }
    let bytes = try bytes(of: value)
    guard !isSideEffectFree else { return Value(type: value.type, location: .memory(VirtualAddress(0)), source: scope) }
    guard let journal, scope.hasRegisters else {
      throw ExpressionError("evaluation of this expression requires the target program to be active")
    }
    let placed = try journal.step { () throws(ExpressionError) in
      guard
        let allocator = scope.functions(named: "malloc", inFile: nil).first
          ?? scope.minimalSymbol(named: "malloc").map(code)
      else {
        throw ExpressionError(
          "evaluation of this expression requires the program to have a function \"malloc\".")
      }
      let size = Value(type: .unsignedLong, integer: Int64(bytes.count), source: scope)
      let request = FunctionCall(
        function: try resolved(address(ofPlain: allocator)), name: "malloc", result: .pointer(to: .void),
        arguments: [.value(size)])
      let address = try address(ofPlain: journal.call(request))
      guard address.rawValue != 0 else {
        throw ExpressionError("No memory available to program: call to malloc failed")
      }
      let copy = Value(type: value.type, location: .memory(address), source: scope)
      try copy.write(bytes)
      return copy
    }
    return placed
  }

  private func code(_ symbol: SymbolAddress) -> Value {
    Value(type: DataType(.function(isVariadic: true), target: .void), location: .memory(symbol.address), source: scope)
  }
}
