import DebugInfo
import MachineModel

/// Methods, overloads and operators of the program.
extension ExpressionEvaluator {
  // MARK: Finding

  /// The methods of a name that an object has: those of its class hide those of its base classes. `Base::name` asks a
  /// base class.
  func methods(named name: String, of object: Value) -> [MethodCandidate] {
    if let (outer, last) = ExpressionParser.split(name) {
      guard let base = object.base(named: outer) else { return [] }
      return methods(named: last, of: base, depth: 0)
    }
    return methods(named: name, of: object, depth: 0)
  }

  private func methods(named name: String, of object: Value, depth: Int) -> [MethodCandidate] {
    let type = object.type.stripped
    guard type.isAggregate, depth < 16 else { return [] }
    let own = type.methods.filter { $0.name == name || $0.name.hasPrefix(name + "<") }
    if !own.isEmpty { return own.map { MethodCandidate(object: object, method: $0) } }
    return type.members.filter(\.isBase).flatMap { member in
      object.part(member).map { methods(named: name, of: $0, depth: depth + 1) } ?? []
    }
  }

  /// The one method that `Class::name` means, without an object, and the class that declares it; nil for any other name.
  func method(named name: String) throws(ExpressionError) -> (owner: DataType, method: DataType.Method)? {
    guard scope.language == .cpp, let (outer, last) = ExpressionParser.split(name),
      let owner = scope.type(named: outer)?.stripped, owner.isAggregate
    else { return nil }
    var classes = [owner]
    var visited = 0
    while !classes.isEmpty, visited < 64 {
      let type = classes.removeFirst()
      visited += 1
      let all = type.methods.filter { $0.name == last }
      let declared = all.filter { !$0.isArtificial }
      guard declared.count <= 1 else {
        throw ExpressionError("non-unique member `\(last)' requires type instantiation")
      }
      if let method = declared.first ?? all.first { return (type, method) }
      classes += type.members.lazy.filter(\.isBase).map(\.type.stripped)
    }
    return nil
  }

  /// A method without an object, as a function.
  func function(of found: (owner: DataType, method: DataType.Method)) throws(ExpressionError) -> Value {
    let (owner, method) = found
    // The compiler adds parameters to declarations of constructors and destructors that their code need not have.
    let count = method.parameters.count + (method.isStatic ? 0 : 1)
    let functions = scope.functions(named: (owner.name.map { $0 + "::" } ?? "") + method.name, inFile: nil)
    if let function = functions.first(where: { $0.type.parameters.count == count }) { return function }
    guard method.isVirtual else { throw ExpressionError("There is no field named \(method.name)") }
    let reason = "Cannot reference virtual member function \"\(method.name)\""
    return Value(type: method.type, location: .unavailable(reason), source: scope)
  }

  /// `&Class::method`: a pair of the code's address, or the place in the table of virtual functions, and what `this` is
  /// moved by (Itanium C++ ABI §2.3).
  func methodPointer(_ name: String) throws(ExpressionError) -> Value? {
    guard scope.variable(named: name) == nil, let found = try method(named: name), !found.method.isStatic else {
      return nil
    }
    let type = DataType(.memberPointer, byteSize: 16, target: found.method.type, containing: found.owner)
    let code: UInt64
    if found.method.isVirtual, let index = found.method.virtualIndex {
      code = index &* 8 &+ 1
    } else {
      code = try function(of: found).address?.rawValue ?? 0
    }
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: code >> (8 * $0)) } + [UInt8](repeating: 0, count: 8)
    return Value(type: type, bytes: bytes, source: scope)
  }

  /// The function of a name that takes parameters of these types.
  func overload(
    _ function: Expression, _ parameters: [DataType], isVariadic: Bool
  ) throws(ExpressionError) -> Value {
    guard case .name(let name, nil) = function else { return try value(of: function) }
    let found = scope.functions(named: name, inFile: nil).first { function in
      guard function.type.kind == .function(isVariadic: isVariadic) else { return false }
      // A method's first parameter is its object.
      let own = function.type.parameters
      return [own, Array(own.dropFirst())].contains { list in
        list.count == parameters.count && zip(list, parameters).allSatisfy { $0.stripped.isSame(as: $1.stripped) }
      }
    }
    if let found { return found }
    throw ExpressionError("no member function matches that type instantiation")
  }

  /// The code that a method's call runs: of a virtual one, unless it is qualified, what the object's table says.
  func code(of candidate: MethodCandidate, isQualified: Bool) throws(ExpressionError) -> Value {
    let method = candidate.method
    if method.isVirtual, !isQualified, let index = method.virtualIndex, index < 1 << 16,
      let object = candidate.object.address
    {
      // Itanium C++ ABI §2.5.2: the object begins with the address of its class's table.
      return try wrap { () throws(Unavailability) in
        let slot = Value(type: .pointer(to: .void), location: .memory(object), source: scope)
        let table = try slot.pointed() + 8 * index
        let entry = Value(type: .pointer(to: .void), location: .memory(table), source: scope)
        return Value(type: method.type, location: .memory(try entry.pointed()), source: scope)
      }
    }
    if let name = method.linkageName, let found = scope.function(linkageName: name, type: method.type) {
      return found
    }
    let qualified = (candidate.owner.name.map { $0 + "::" } ?? "") + method.name
    let count = method.type.parameters.count
    let found = scope.functions(named: qualified, inFile: nil).first { function in
      let parameters = function.type.parameters
      // What is local to a function has a name that others may have too: the object tells them apart.
      return parameters.count == count
        && (method.isStatic || parameters.first?.stripped.target?.stripped === candidate.owner
          || candidate.owner.name != nil && parameters.first?.stripped.target?.stripped.name == candidate.owner.name)
    }
    if let found { return found }
    throw ExpressionError("Cannot evaluate function -- may be inlined")
  }

  // MARK: Calling

  /// The method among some that fits the arguments best.
  func best(of candidates: [MethodCandidate], for arguments: [Value]) -> MethodCandidate? {
    func rank(_ candidate: MethodCandidate) -> Int? {
      let type = candidate.method.type
      let parameters = Array(type.parameters.dropFirst(candidate.method.isStatic ? 0 : 1))
      let constness = candidate.isConstant && !candidate.object.type.isConstantObject ? 1 : 0
      return ConversionRank.total(arguments, for: parameters, isVariadic: type.isVariadic).map { $0 + constness }
    }
    let ranked = candidates.compactMap { candidate in rank(candidate).map { (candidate: candidate, rank: $0) } }
    return ranked.min { $0.rank < $1.rank }?.candidate
  }

  /// Calls the method among some that fits the arguments best.
  func call(
    _ candidates: [MethodCandidate], _ arguments: [Value], isQualified: Bool
  ) throws(ExpressionError) -> Value {
    guard let best = best(of: candidates, for: arguments) else {
      guard let first = candidates.first else { throw ExpressionError("Couldn't find method") }
      let expected = first.method.type.parameters.count - (first.method.isStatic ? 0 : 1)
      if candidates.count == 1, arguments.count < expected {
        throw ExpressionError("Too few arguments in function call.")
      }
      let owner = first.owner.name.map { $0 + "::" } ?? ""
      throw ExpressionError("Cannot resolve method \(owner)\(first.method.name) to any overloaded instance")
    }
    if isSideEffectFree { return result(of: best.method.type) }
    let function = try code(of: best, isQualified: isQualified)
    let this = best.method.isStatic ? [] : [best.object]
    return try call(function, type: best.method.type, this + arguments)
  }

  /// Calls the function among some that fits the arguments best. C converts whatever it is given, C++ has to find it
  /// fitting.
  func call(
    _ functions: [Value], named name: String, _ arguments: [Value], declared: DataType? = nil
  ) throws(ExpressionError) -> Value {
    let ranked = functions.compactMap { function -> (Value, Int)? in
      let type = function.type.stripped
      return ConversionRank.total(arguments, for: type.parameters, isVariadic: type.isVariadic).map { (function, $0) }
    }
    var chosen = ranked.min { $0.1 < $1.1 }?.0
    if chosen == nil, let only = functions.first, functions.count == 1 {
      let isMissing = arguments.count < only.type.stripped.parameters.count
      if scope.language != .cpp || isMissing || only.type.hasNoParameterTypes { chosen = only }
    }
    // Of assembler's functions nothing is known that could fit.
    chosen = chosen ?? functions.first { $0.type.hasNoParameterTypes }
    guard let chosen else { throw ExpressionError("Cannot resolve function \(name) to any overloaded instance") }
    return try call(chosen, type: chosen.type, arguments, declared: declared)
  }

  // MARK: Operators

  /// What the program's own operator makes of some operands, the first of which is `*this` of a method; nil where none
  /// of them is of a class, or no operator takes them.
  func overloaded(_ symbol: String, _ operands: [Value]) throws(ExpressionError) -> Value? {
    let name = "operator" + symbol
    var values: [Value] = []
    for operand in operands { values.append(try plain(operand)) }
    guard scope.language != .c, values.contains(where: { $0.type.stripped.isAggregate }) else { return nil }
    let rest = Array(values.dropFirst())
    let usable = (values.first.map { methods(named: name, of: $0) } ?? []).filter { candidate in
      // What the compiler writes by itself is not always there to be called.
      guard !candidate.method.isDefaulted || (try? code(of: candidate, isQualified: true)) != nil && symbol != "="
      else { return false }
      let type = candidate.method.type
      return ConversionRank.total(rest, for: Array(type.parameters.dropFirst()), isVariadic: type.isVariadic) != nil
    }
    if let object = values.first, let result = try libraryResult(name, of: object, rest, besides: usable) {
      return result
    }
    if !usable.isEmpty { return try call(usable, rest, isQualified: false) }
    if let result = try defaultedComparison(symbol, values) { return result }
    // These are methods always ([over.ass], [over.sub], [over.ref]).
    guard !["=", "[]", "->", "()"].contains(symbol) else { return nil }
    let functions = scope.functions(named: name, inFile: nil).filter {
      ConversionRank.total(values, for: $0.type.parameters, isVariadic: $0.type.isVariadic) != nil
    }
    return functions.isEmpty ? nil : try call(functions, named: name, values)
  }

  /// `&&` and `||` of a class evaluate both sides.
  func overloadedLogical(_ symbol: String, _ left: Expression, _ right: Expression) throws(ExpressionError) -> Value? {
    guard scope.language == .cpp, try plain(quiet.value(of: left)).type.stripped.isAggregate else { return nil }
    return try overloaded(symbol, [value(of: left), value(of: right)])
  }

  /// What `->` leads to: an object's own operator says, over and over, until it is a pointer.
  func followed(_ object: Value) throws(ExpressionError) -> Value {
    var object = object
    for _ in 0..<16 where object.type.stripped.isAggregate {
      guard let next = try overloaded("->", [object]) else { break }
      object = try plain(next)
    }
    return object
  }
}

extension MethodCandidate {
  /// True where the method takes a constant object.
  fileprivate var isConstant: Bool {
    guard !method.isStatic, let this = method.type.parameters.first?.stripped.target else { return false }
    return this.isConstantObject
  }
}

extension DataType {
  fileprivate var isConstantObject: Bool { kind == .const || kind == .volatile && target?.kind == .const }
  var isVariadic: Bool { kind == .function(isVariadic: true) }
  /// True for a function of which the debug information says no more than where it is: assembler's.
  var hasNoParameterTypes: Bool { stripped.parameters.isEmpty && stripped.target?.kind == .unspecified }
}
