import DebugInfo
import MachineModel

/// What Rust's expressions mean, where they mean something else than C's.
extension ExpressionEvaluator {
  var isRust: Bool { scope.language == .rust }

  /// `!` turns the bits of a number.
  static func rustMeaning(of operation: Expression.Unary, on type: DataType) -> Expression.Unary {
    operation == .not && type.isIntegral && type.encoding != .boolean ? .complement : operation
  }

  /// nil for those that are C's too.
  func rustLiteral(_ expression: Expression) -> Value? {
    switch expression {
    case .integer(let value, let suffix, _):
      let name = suffix.isEmpty ? value <= UInt64(Int32.max) ? "i32" : "i64" : suffix
      let bits = IntegerBits(bits: UInt128(value), width: 64, isSigned: false)
      return RustPrimitive.type(named: name).map { Value(type: $0, integer: bits, source: scope) }
    case .floating(let value, let suffix):
      return RustPrimitive.type(named: suffix.isEmpty ? "f64" : suffix).map {
        Value(type: $0, floating: value, source: scope)
      }
    case .character(let code, let prefix):
      return RustPrimitive.type(named: prefix == "b" ? "u8" : "char").map {
        Value(type: $0, integer: Int64(code), source: scope)
      }
    case .string(let bytes, prefix: "b"):
      let byte = RustPrimitive.type(named: "u8") ?? .unsignedByte
      return Value(type: .array(of: byte, count: UInt64(bytes.count)), bytes: bytes, source: scope)
    default: return nil
    }
  }

  // MARK: Fields

  /// `object.method(…)`: the function that the type's path names, which takes the object or a pointer to it. nil where the object
  /// has a field of that name.
  func callRustMethod(named name: String, of object: Value, _ operands: [Expression]) throws(ExpressionError) -> Value?
  {
    let path = "\(TypePrinter(language: .rust).name(object.type.unqualified))::\(name)"
    guard let function = scope.function(named: path, inFile: nil) else {
      if try rustField(name, of: object) ?? object.member(named: name) != nil { return nil }
      throw ExpressionError("Could not find function named '\(path)'")
    }
    let takesPointer = function.type.stripped.parameters.first?.stripped.kind == .pointer
    var values = [takesPointer ? try object.addressed() : object]
    for operand in operands { values.append(try plain(value(of: operand))) }
    return try call(function, type: function.type.stripped, values, declared: nil)
  }

  /// A field of a structure, a tuple or the variant that an enum holds. `name` is `__0` for `.0`. nil where what the
  /// languages share decides.
  func rustField(_ name: String, of object: Value) throws(ExpressionError) -> Value? {
    let type = object.type.stripped
    let number = name.hasPrefix("__") ? Int(name.dropFirst(2)) : nil
    guard type.isAggregate else {
      guard number != nil else { return nil }
      throw ExpressionError(
        "Anonymous field access is only allowed on tuples, tuple structs, and tuple-like enum variants")
    }
    let variant = try wrap { () throws(Unavailability) in try object.activeVariant() }
    let holder = variant?.content ?? object
    if let found = holder.member(named: name) { return found }
    let fields = holder.type.stripped.members.filter { $0.kind == .field }
    let isTuple = fields.allSatisfy { $0.name?.hasPrefix("__") ?? false }
    let title = TypePrinter(language: .rust).name(holder.type)
    if let number {
      if isTuple {
        let sort = variant == nil ? "" : "variant "
        throw ExpressionError(
          "Cannot access field \(number) of \(sort)\(title), there are only \(fields.count) fields")
      }
      throw ExpressionError(
        variant != nil
          ? "Variant \(title) is not a tuple variant"
          : "Attempting to access anonymous field \(number) of \(title), which is not a tuple, tuple struct, or "
            + "tuple-like variant")
    }
    guard variant != nil else { return nil }
    throw ExpressionError(
      isTuple && !fields.isEmpty
        ? "Attempting to access named field \(name) of tuple variant \(title), which has only anonymous fields"
        : "Could not find field \(name) of struct variant \(title)")
  }

  // MARK: Elements

  /// Elements side by side in memory.
  struct Elements {
    let element: DataType
    var address: VirtualAddress
    var count: UInt64
    /// What a reference to a part of it is: `&[i32]`, `&str`.
    let referenceName: String

    init(_ element: DataType, at address: VirtualAddress, count: UInt64, referenceName: String? = nil) {
      self.element = element
      self.address = address
      self.count = count
      self.referenceName = referenceName ?? "&[" + TypePrinter(language: .rust).name(element) + "]"
    }

    func elements(in scope: any EvaluationScope) -> Value {
      Value(type: .array(of: element, count: count), location: .memory(address), source: scope)
    }

    func reference(in scope: any EvaluationScope) -> Value {
      let words = [address.rawValue, count].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
      }
      return Value(type: .rustSlice(referenceName, of: element), bytes: words, source: scope)
    }
  }

  /// What an array, a slice, a string or a vector holds; nil for anything else.
  private func elements(of value: Value) throws(ExpressionError) -> Elements? {
    let type = value.type.stripped
    if case .array(let count?) = type.kind, let element = type.target, let address = value.address {
      return Elements(element, at: address, count: count)
    }
    guard type.isAggregate, let name = type.name else { return nil }
    return try wrap { () throws(Unavailability) in
      if type.isRustWidePointer, let pointer = value.member(named: "data_ptr"),
        let element = pointer.type.stripped.target
      {
        let isText = name == "&str" || name == "&mut str"
        return Elements(
          element, at: try pointer.pointed(), count: try value.unsigned("length"), referenceName: isText ? "&str" : nil)
      }
      let isText = name == "alloc::string::String"
      let vector = isText ? value.member(named: "vec") : value
      guard let vector, vector.type.stripped.name?.hasPrefix("alloc::vec::Vec<") ?? false,
        let element = vector.type.stripped.templateArguments.first?.type,
        let buffer = try RustBuffer(vector, element: element), buffer.isPlausible
      else { return nil }
      return Elements(element, at: buffer.address, count: buffer.length, referenceName: isText ? "&str" : nil)
    }
  }

  /// nil where C's rules hold: of pointers, and of arrays that are not in memory.
  func rustElement(_ base: Value, _ index: Value) throws(ExpressionError) -> Value? {
    guard let elements = try elements(of: base) else {
      guard base.type.stripped.isArray || base.type.stripped.kind == .pointer else {
        throw ExpressionError("Cannot subscript non-array type")
      }
      return nil
    }
    let number = try integer(index).signed
    guard number >= 0 else { throw ExpressionError("Index less than zero") }
    guard number < Int128(elements.count) else { throw ExpressionError("Index greater than length") }
    let offset = UInt64(number) &* (elements.element.size ?? 0)
    return Value(type: elements.element, location: .memory(elements.address + offset), source: scope)
  }

  /// `x[1..3]`: those of `x` from the first bound up to the second.
  func slice(
    _ base: Expression, from lower: Expression?, to upper: Expression?, isClosed: Bool
  ) throws(ExpressionError) -> Elements {
    guard var part = try elements(of: plain(value(of: base))) else {
      throw ExpressionError("Cannot subscript non-array type")
    }
    let first = try bound(lower) ?? 0
    let last = try bound(upper).map { isClosed ? $0 + 1 : $0 } ?? Int128(part.count)
    guard first >= 0, last >= 0 else { throw ExpressionError("Index less than zero") }
    guard first <= Int128(part.count), last <= Int128(part.count) else {
      throw ExpressionError("Index greater than length")
    }
    guard first <= last else { throw ExpressionError("Low index greater than high index") }
    part.address = part.address + UInt64(first) &* (part.element.size ?? 0)
    part.count = UInt64(last - first)
    return part
  }

  /// Within 64 bits, so that the one past it is a number too.
  private func bound(_ expression: Expression?) throws(ExpressionError) -> Int128? {
    guard let expression else { return nil }
    return Int128(Int64(clamping: try integer(plain(value(of: expression))).signed))
  }
}
