import DebugInfo
import MachineModel

/// Conversions of pointers and references between classes.
extension ExpressionEvaluator {
  func castReference(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    let object = try plain(value)
    guard let target = type.stripped.target else { throw ExpressionError("Invalid cast.") }
    let pointer = try castPointer(object.addressed(), to: .pointer(to: target))
    return Value(type: type, address: try address(ofPlain: pointer), source: scope)
  }

  /// Between a class and its base class the address moves by the base's offset.
  func castPointer(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    let start = try address(ofPlain: value)
    func result(_ address: VirtualAddress) -> Value { Value(type: type, address: address, source: scope) }
    guard start.rawValue != 0, let from = value.type.stripped.target?.stripped,
      let to = type.stripped.target?.stripped, from.isAggregate, to.isAggregate, from !== to, from.name != to.name
    else { return result(start) }
    let object = Value(type: from, location: .memory(start), source: scope)
    if let base = object.base(to)?.address { return result(base) }
    // Down: the types alone say how far, unless the way leads through a virtual base class. Then the object does.
    if let offset = to.offset(ofBase: from) { return result(VirtualAddress(start.rawValue &- offset)) }
    guard to.distance(toBase: from) != nil else { return result(start) }
    guard let whole = object.wholeObject()?.base(to)?.address else {
      throw ExpressionError(
        "Cannot convert from a virtual base class: what the object is a part of is not known.")
    }
    return result(whole)
  }

  /// `reinterpret_cast`: the address stays.
  func reinterpretCast(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    let target = type.stripped
    if target.isReference {
      return Value(type: type, address: try address(ofPlain: plain(value).addressed()), source: scope)
    }
    let value = try plain(value)
    guard target.kind == .pointer, value.type.stripped.kind == .pointer else { return try cast(value, to: type) }
    return Value(type: type, address: try address(ofPlain: value), source: scope)
  }

  /// `dynamic_cast` ([expr.dynamic.cast]): what the object really is decides.
  func dynamicCast(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    let target = type.stripped
    guard target.kind == .pointer || target.isReference, let wanted = target.target?.stripped else {
      throw ExpressionError("Argument to dynamic_cast must be a pointer or reference type")
    }
    guard wanted.isAggregate || target.kind == .pointer && wanted.kind == .void else {
      throw ExpressionError("Argument to dynamic_cast must be pointer to class or `void *'")
    }
    let null = Value(type: type, address: VirtualAddress(0), source: scope)
    guard let object = try dynamicCastOperand(plain(value), isReference: target.isReference) else { return null }
    func result(_ found: Value) throws(ExpressionError) -> Value {
      Value(type: type, address: try address(ofPlain: found.addressed()), source: scope)
    }
    if let base = object.base(wanted) { return try result(base) }
    guard let whole = object.wholeObject() else {
      throw ExpressionError("Couldn't determine value's most derived type for dynamic_cast")
    }
    if wanted.kind == .void { return try result(whole) }
    if let found = whole.base(wanted) { return try result(found) }
    guard target.kind == .pointer else { throw ExpressionError("dynamic_cast failed") }
    return null
  }

  /// The object that a `dynamic_cast` is about; nil for a null pointer.
  private func dynamicCastOperand(_ value: Value, isReference: Bool) throws(ExpressionError) -> Value? {
    let type = value.type.stripped
    if isReference {
      guard type.isAggregate else { throw ExpressionError("Argument to dynamic_cast does not have class type") }
      return value
    }
    guard type.kind == .pointer else { throw ExpressionError("Argument to dynamic_cast does not have pointer type") }
    guard type.target?.stripped.isAggregate == true else {
      throw ExpressionError("Argument to dynamic_cast does not have pointer to class type")
    }
    return try address(ofPlain: value).isNull ? nil : value.dereferenced()
  }
}

extension DataType {
  /// Where in an object of this class a base class is, as far as no virtual base class lies on the way.
  fileprivate func offset(ofBase base: DataType, depth: Int = 0) -> UInt64? {
    guard isAggregate, depth < 16 else { return nil }
    if isSame(as: base) { return 0 }
    for member in members where member.kind == .base(isVirtual: false) {
      if let inner = member.type.stripped.offset(ofBase: base, depth: depth + 1) { return member.offset &+ inner }
    }
    return nil
  }
}
