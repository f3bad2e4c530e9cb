import DebugInfo
import MachineModel

/// Methods of the C++ library's types without calls into the program.
extension ExpressionEvaluator {
  /// Elements that are searched for a key at most.
  private static let searchLimit = 1 << 16

  /// What a method of the library returns, as the object's members tell. nil where it is no such method, or one that
  /// can be called and that gdb would call. A map's `[]` is not called where it can be told otherwise: it inserts what it does not find.
  func libraryResult(
    _ name: String, of object: Value, _ arguments: [Value], besides candidates: [MethodCandidate]
  ) throws(ExpressionError) -> Value? {
    guard let method = CppMethod(name, of: object), method.parameterCount == arguments.count,
      method.isExtension || isLookUp(method, arguments) || !canCall(candidates, arguments)
    else { return nil }
    guard let argument = arguments.first else { return try result(of: method) }
    if method.operation == .keyed { return try mapped(in: method.object, by: argument) }
    guard argument.type.stripped.isNumber else { return nil }
    return try element(of: method, at: Int64(truncatingIfNeeded: wholeNumber(argument)))
  }

  /// True for a map's element by a key that can be compared here.
  private func isLookUp(_ method: CppMethod, _ arguments: [Value]) -> Bool {
    guard method.operation == .keyed, let key = arguments.first else { return false }
    // Of a damaged map there is nothing to be called; what is wrong is told when it is searched.
    guard let elements = try? elements(method.object), let first = try? elements.child(at: 0)?.key else { return true }
    return isComparable(first, key)
  }

  private func isComparable(_ present: Value, _ key: Value) -> Bool {
    if let text = try? text(of: key) { return (try? self.text(of: present)) != nil || text.isEmpty }
    return [present.type.stripped, key.type.stripped].allSatisfy { $0.isNumber || $0.isAddress }
  }

  /// True where a call of the method would be carried out; where only a type is wanted, where it could be.
  private func canCall(_ candidates: [MethodCandidate], _ arguments: [Value]) -> Bool {
    guard scope.hasRegisters, journal != nil || isSideEffectFree, let best = best(of: candidates, for: arguments) else {
      return false
    }
    return (try? code(of: best, isQualified: false)) != nil
  }

  private func result(of method: CppMethod) throws(ExpressionError) -> Value {
    let object = method.object
    switch method.operation {
    case .size: return number(try count(object), Self.signedSizes.contains(method.family) ? .long : .unsignedLong)
    case .isEmpty: return truthValue(try count(object, upTo: 1) == 0)
    case .first: return try elementValue(of: object, at: 0)
    case .last: return try elementValue(of: object, at: Int64(count(object)) - 1)
    case .data:
      let first = try elementValue(of: object, at: 0)
      guard method.family.hasPrefix("std::basic_string"), let address = first.address else {
        return try first.addressed()
      }
      return Value(type: .pointer(to: DataType(.const, target: first.type)), address: address, source: scope)
    case .pointer: return try ownedPointer(object)
    case .target: return try target(of: method)
    case .arrow:
      if method.isExtension { return try ownedPointer(object) }
      let target = try target(of: method)
      return target.address == nil ? target : try target.addressed()
    case .useCount: return number(Int(clamping: try useCount(object)), .long)
    case .isUnique: return truthValue(try useCount(object) == 1)
    case .isExpired: return truthValue(try useCount(object) == 0)
    case .hasValue:
      let contained = try wrap { () throws(Unavailability) in try CppFormatters.contained(in: object) }
      return truthValue(contained != nil)
    case .subscripted, .checked, .keyed: throw ExpressionError("Too few arguments in function call.")
    }
  }

  // MARK: Elements

  /// gdb counts these by the distance of pointers, or in Python.
  private static let signedSizes: Set = ["std::vector", "std::deque", "std::list"]

  private func number(_ number: Int, _ type: DataType) -> Value {
    Value(type: type, integer: Int64(number), source: scope)
  }

  private func elements(_ object: Value) throws(ExpressionError) -> any SyntheticChildren {
    try wrap { () throws(Unavailability) in try CppFormatters.elements(of: object) }
  }

  private func count(_ object: Value, upTo limit: Int = .max) throws(ExpressionError) -> Int {
    try elements(object).count(upTo: limit)
  }

  private func elementValue(of object: Value, at index: Int64) throws(ExpressionError) -> Value {
    let elements = try elements(object)
    return try wrap { () throws(Unavailability) in try elements.element(at: index) }
  }

  private func element(of method: CppMethod, at index: Int64) throws(ExpressionError) -> Value {
    if CppMethod.isPointer(method.family) {
      return try element(ownedPointer(method.object), Value(type: .long, integer: index, source: scope))
    }
    if method.operation == .checked {
      let count = try count(method.object)
      guard UInt64(bitPattern: index) < UInt64(count) else {
        let name = method.family.drop { $0 != ":" }.dropFirst(2)
        let kind = name.hasPrefix("basic_string") ? "String" : name.prefix(1).uppercased() + name.dropFirst()
        throw ExpressionError("\(kind) index \"\(index)\" should not be >= \(count).")
      }
    }
    return try elementValue(of: method.object, at: index)
  }

  private func wholeNumber(_ value: Value) throws(ExpressionError) -> Int128 {
    try integer(cast(value, to: .long)).signed
  }

  // MARK: Keys

  /// The value that a map has for a key: a number, an address or a text, which compare by themselves.
  private func mapped(in object: Value, by key: Value) throws(ExpressionError) -> Value {
    guard let found = try value(in: elements(object), by: key) else {
      throw ExpressionError("The map has no such key.")
    }
    return found
  }

  /// nil where the key is none of the children's.
  func value(in elements: any SyntheticChildren, by key: Value) throws(ExpressionError) -> Value? {
    let text = try text(of: key)
    for index in 0..<Self.searchLimit {
      let child = try wrap { () throws(Unavailability) in try elements.child(at: index) }
      guard let child, let present = child.key else { return nil }
      if let text {
        if try self.text(of: present) == text { return child.value }
      } else {
        let types = [present.type.stripped, key.type.stripped]
        guard types.allSatisfy({ $0.isNumber || $0.isAddress }) else {
          throw ExpressionError("Only numbers and strings are compared as keys.")
        }
        if try isTrue(binary(.equal, present, key)) { return child.value }
      }
    }
    throw ExpressionError("The key is not among the map's first \(Self.searchLimit).")
  }

  /// The bytes of a string object or of a literal; nil for what is neither.
  func text(of value: Value) throws(ExpressionError) -> [UInt8]? {
    let type = value.type.stripped
    if isSwift, type.isAggregate { return try swiftText(of: value) }
    if type.isArray {
      let bytes = try bytes(of: value)
      return bytes.last == 0 ? Array(bytes.dropLast(max(1, Int(clamping: type.target?.size ?? 1)))) : bytes
    }
    guard let family = TypeFamily(type)?.name, family.hasPrefix("std::basic_string"),
      case .string(let characters)? = try wrap({ () throws(Unavailability) in
        try CppFormatters.view(of: value)
      }).summary.first
    else { return nil }
    return characters.type.size == 0 ? [] : try bytes(of: characters)
  }

  // MARK: Pointers

  private func ownedPointer(_ object: Value) throws(ExpressionError) -> Value {
    let child = try wrap { () throws(Unavailability) in try CppFormatters.elements(of: object).child(at: 0) }
    guard let pointer = child?.value else { throw ExpressionError("The object's layout is not known.") }
    return pointer
  }

  private func target(of method: CppMethod) throws(ExpressionError) -> Value {
    if method.isExtension { return try ownedPointer(method.object).dereferenced() }
    return try wrap { () throws(Unavailability) in
      guard method.family == "std::optional" else { return try CppFormatters.target(ofIterator: method.object) }
      guard let value = try CppFormatters.contained(in: method.object) else {
        throw .reason(try CppFormatters.view(of: method.object).text)
      }
      return value
    }
  }

  private func useCount(_ object: Value) throws(ExpressionError) -> Int64 {
    try wrap { () throws(Unavailability) in try CppFormatters.useCount(of: object) }
  }
}
