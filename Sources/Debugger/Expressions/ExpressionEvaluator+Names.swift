import DebugInfo
import MachineModel

/// Literals, names, registers, convenience variables and the value history.
extension ExpressionEvaluator {
  // MARK: Literals

  func literal(_ expression: Expression) -> Value {
    if isRust, let value = rustLiteral(expression) { return value }
    if isFortran, let value = fortranLiteral(expression) { return value }
    if isSwift, let value = swiftLiteral(expression) { return value }
    switch expression {
    case .integer(let value, let suffix, let isDecimal):
      let type = Self.integerType(value, suffix: suffix, isDecimal: isDecimal)
      return Value(type: type, integer: IntegerBits(bits: UInt128(value), width: 64, isSigned: false), source: scope)
    case .floating(let value, let suffix):
      let name = suffix == "f" ? "float" : suffix == "l" ? "long double" : "double"
      let type = DataType.basic(words: name.split(separator: " ").map(String.init)) ?? .double
      return Value(type: type, floating: value, source: scope)
    case .character(let code, let prefix):
      return Value(type: characterType(prefix), integer: Int64(code), source: scope)
    case .string(let bytes, let prefix):
      let element = characterType(prefix)
      let size = Int(element.size ?? 1)
      let terminated = bytes + [UInt8](repeating: 0, count: size)
      return Value(type: .array(of: element, count: UInt64(terminated.count / size)), bytes: terminated, source: scope)
    case .boolean(let value):
      return Value(type: isFortran ? FortranType.logical : .bool, integer: value ? 1 : 0, source: scope)
    default: return Value(type: .pointer(to: .void), integer: 0, source: scope)
    }
  }

  /// The first of C's types that holds the number; hexadecimal ones may be unsigned.
  private static func integerType(_ value: UInt64, suffix: String, isDecimal: Bool) -> DataType {
    let isUnsigned = suffix.contains("u")
    let isLong = suffix.contains("l")
    if !isLong {
      if !isUnsigned, value <= UInt64(Int32.max) { return .int }
      if value <= UInt64(UInt32.max), isUnsigned || !isDecimal { return .unsignedInt }
    }
    return !isUnsigned && value <= UInt64(Int64.max) ? .long : .unsignedLong
  }

  private func characterType(_ prefix: String) -> DataType {
    switch prefix {
    case "L": DataType.basic(words: ["wchar_t"]) ?? .int
    case "u": DataType.basic(words: ["char16_t"]) ?? .int
    case "U": DataType.basic(words: ["char32_t"]) ?? .int
    default: .char
    }
  }

  // MARK: Names

  func lookUp(_ name: String, inFile file: String?) throws(ExpressionError) -> Value {
    if let file {
      if let found = scope.global(named: name, inFile: file) ?? scope.function(named: name, inFile: file) {
        return found
      }
      throw Self.noSymbol(file)
    }
    // Fortran's names are the same in capitals; its compilers write small letters.
    if isFortran, name != name.lowercased(), let found = try found(name.lowercased()) { return found }
    if let found = try found(name) { return found }
    throw unknown(name)
  }

  private func found(_ name: String) throws(ExpressionError) -> Value? {
    if let local = scope.variable(named: name) { return local }
    if let member = try memberOfThis(name) { return member }
    if let global = scope.global(named: name, inFile: nil) { return global }
    if let method = try method(named: name) { return try function(of: method) }
    if let function = scope.function(named: name, inFile: nil) { return function }
    if let enumerator = scope.enumerator(named: name) { return enumerator }
    if let member = try qualifiedMember(name) { return member }
    if scope.type(named: name) != nil { throw ExpressionError("Attempt to use a type name as an expression") }
    return scope.minimalSymbol(named: name).map(minimal)
  }

  /// Why an expression can't ever have a value in the scope: it does not parse, or names what is unknown. nil where that
  /// can't be told beforehand.
  func unknownName(in text: String) -> ExpressionError? {
    do throws(ExpressionError) {
      let names = try ExpressionParser.parseWithNames(text, scope: scope).names
      // The members that an object has are known once there is one.
      guard scope.variable(named: "this") == nil else { return nil }
      let unknown = names.first { name in
        !name.contains("::") && scope.variable(named: name) == nil && scope.global(named: name, inFile: nil) == nil
          && scope.function(named: name, inFile: nil) == nil && scope.enumerator(named: name) == nil
          && scope.type(named: name) == nil && scope.minimalSymbol(named: name) == nil
      }
      return unknown.map(Self.noSymbol)
    } catch {
      return error
    }
  }

  private func unknown(_ name: String) -> ExpressionError {
    guard let (outer, last) = ExpressionParser.split(name), !outer.isEmpty else { return Self.noSymbol(name) }
    if scope.type(named: outer) != nil { return ExpressionError("There is no field named \(last)") }
    if scope.function(named: outer, inFile: nil) != nil {
      return ExpressionError("No symbol \"\(last)\" in specified context.")
    }
    // Namespaces are not in any index: where the language has them, the scope is taken for one.
    guard scope.language == .cpp else { return Self.noSymbol(outer) }
    return ExpressionError("No symbol \"\(last)\" in namespace \"\(outer)\".")
  }

  /// In a member function, its object's members need no `this->`.
  private func memberOfThis(_ name: String) throws(ExpressionError) -> Value? {
    let own = isSwift ? "self" : "this"
    guard name != own, !name.hasPrefix("::"), let this = scope.variable(named: own), !this.isOptimizedOut else {
      return nil
    }
    // Swift's structures are there themselves.
    if isSwift, this.type.stripped.isAggregate { return this.member(named: name) }
    guard this.type.stripped.kind == .pointer, let object = try? this.dereferenced() else { return nil }
    return object.member(named: name)
  }

  /// `zoo::Size::big` and `zoo::Animal::count`, by way of the type.
  private func qualifiedMember(_ name: String) throws(ExpressionError) -> Value? {
    guard let (outer, last) = ExpressionParser.split(name), let type = scope.type(named: outer)?.stripped else {
      return nil
    }
    if type.isEnumeration, let found = type.enumerators.first(where: { $0.name == last || $0.name == name }) {
      return Value(type: type, integer: found.value, source: scope)
    }
    guard let member = type.members.first(where: { $0.name == last }) else { return nil }
    if member.kind == .staticField { return Value(type: type, location: .optimizedOut, source: scope).part(member) }
    throw ExpressionError("Cannot reference non-static field \"\(last)\"")
  }

  /// A name that only the linker knows: of a function that has another in the debug information, else code of unknown type; data is
  /// refused until it is cast.
  private func minimal(_ symbol: SymbolAddress) -> Value {
    if symbol.isFunction, !symbol.isIndirect, let function = scope.function(at: symbol.address) { return function }
    let type =
      symbol.isFunction
      ? DataType(.function(isVariadic: true), name: "<text variable, no debug info>", byteSize: 1, target: .int)
      : DataType(.unspecified, name: DataType.unknownDataName)
    return Value(type: type, location: .memory(symbol.address), source: scope)
  }

  // MARK: $

  /// `$`, `$$`, `$7`, `$$2`: the history. `$name`: a register, else a convenience variable; one that was never set
  /// is void.
  func dollar(_ name: String) throws(ExpressionError) -> Value {
    if let number = historyNumber(name) {
      guard number <= scope.historyCount else { throw ExpressionError("History has not yet reached $\(number).") }
      return scope.history(number: number) ?? void
    }
    let register = scope.register(named: name)
    guard register == nil || scope.hasRegisters else { throw ExpressionError("No registers.") }
    return register ?? scope.convenienceVariable(named: name) ?? void
  }

  var void: Value { Value(type: .void, bytes: [], source: scope) }

  private func historyNumber(_ name: String) -> Int? {
    let last = scope.historyCount
    if name.isEmpty { return last }
    if let absolute = Int(name), absolute >= 0 { return absolute }
    guard name.hasPrefix("$") else { return nil }
    let rest = name.dropFirst()
    guard let back = rest.isEmpty ? 1 : Int(rest), back >= 0 else { return nil }
    return max(last - back, min(last, 1))
  }
}
