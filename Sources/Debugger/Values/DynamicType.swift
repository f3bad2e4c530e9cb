package import DebugInfo
import MachineModel

/// The class that an object of a polymorphic class really has, by its table of virtual functions (Itanium C++ ABI §2.5).
/// Nothing of it is believed unless it fits together: the table has a symbol, its offset to the top of the object leads
/// to one of that class, and that class has the subobject where it was found.
extension Value {
  /// The object that this one is a base of, or this one itself; nil where that cannot be told: the class has no virtual
  /// functions, the object is not in memory, not made yet or damaged. Costs a read or two, and look-ups by name.
  package func wholeObject() -> Value? {
    let known = type.stripped
    guard known.isAggregate, let address, !address.isNull, known.isPolymorphic,
      let table = try? source.memory.pointer(at: address), let scope = source as? any EvaluationScope,
      let (symbol, position) = source.symbol(at: table), symbol.name.hasPrefix(Self.tablePrefix),
      position >= 16, position % 8 == 0, position < symbol.size || symbol.size == 0,
      let offset = try? source.memory.word(at: VirtualAddress(table.rawValue &- 16)),
      let whole = Self.type(named: String(symbol.name.dropFirst(Self.tablePrefix.count)), table: table, in: scope)
    else { return nil }
    // The object's top lies before its subobjects: 0, or a little below.
    let distance = 0 &- offset
    guard let size = whole.size, distance < size, known.size ?? 0 <= size - distance else { return nil }
    let object = Value(type: whole, location: .memory(VirtualAddress(address.rawValue &- distance)), source: source)
    return object.hasSubobject(of: known, at: address) ? object : nil
  }

  /// This pointer or reference as one to the whole object, with the same qualifiers; nil where that is not known.
  package func pointingToWholeObject() -> Value? {
    let pointer = type.stripped
    guard pointer.kind == .pointer || pointer.isReference, let target = pointer.target, target.stripped.isPolymorphic,
      let place = try? pointed()
    else { return nil }
    let part = Value(type: target, location: .memory(place), source: source)
    guard let whole = part.wholeObject(), let address = whole.address else { return nil }
    let made = DataType(pointer.kind, byteSize: 8, language: pointer.language, target: target.requalifying(whole.type))
    return Value(type: made, address: address, source: source)
  }

  private static let tablePrefix = "vtable for "

  /// A class by the name that its table's symbol has. One that is local to a function is not found by name, but by
  /// those of the functions in its table that it declares itself.
  private static func type(named name: String, table: VirtualAddress, in scope: any EvaluationScope) -> DataType? {
    if let type = scope.type(named: name), type.stripped.isAggregate { return type.stripped }
    for slot in 0..<UInt64(8) {
      guard let function = try? scope.memory.pointer(at: table.offset(by: slot * 8)) else { return nil }
      if let type = scope.declaringClass(ofFunctionAt: function), let own = type.name,
        name == own || name.hasSuffix("::" + own)
      {
        return type
      }
    }
    return nil
  }

  private func hasSubobject(of wanted: DataType, at place: VirtualAddress, depth: Int = 0) -> Bool {
    let own = type.stripped
    if address == place, own === wanted || own.name != nil && own.name == wanted.name { return true }
    guard depth < 16 else { return false }
    return own.members.prefix(64).contains { member in
      member.isBase && part(member)?.hasSubobject(of: wanted, at: place, depth: depth + 1) == true
    }
  }
}

extension DataType {
  /// True where objects of the class have a table of virtual functions.
  package var isPolymorphic: Bool { isPolymorphic(depth: 0) }

  private func isPolymorphic(depth: Int) -> Bool {
    let type = stripped
    guard type.isAggregate, depth < 16 else { return false }
    return type.members.prefix(64).contains { member in
      member.isVirtualTable || member.kind == .base(isVirtual: true)
        || member.isBase && member.type.isPolymorphic(depth: depth + 1)
    }
  }

  /// Another type with this one's `const` and `volatile`.
  fileprivate func requalifying(_ other: DataType) -> DataType {
    var qualifiers: [Kind] = []
    var type = self
    for _ in 0..<64 {
      guard [.const, .volatile, .typedef].contains(type.kind), let target = type.target else { break }
      if type.kind != .typedef, !qualifiers.contains(type.kind) { qualifiers.append(type.kind) }
      type = target
    }
    return qualifiers.reduce(other) { inner, kind in DataType(kind, byteSize: inner.byteSize, target: inner) }
  }
}
