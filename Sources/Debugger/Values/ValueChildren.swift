import DebugInfo
import MachineModel

/// The parts of a value that its type states: base classes and members, elements, what a pointer points to.
extension Value {
  /// What opening it shows the parts of: a structure itself, or what a pointer or reference leads to. nil where there
  /// is nothing to open.
  func opened() -> Value? {
    let type = type.stripped
    if type.isAggregate || type.isArray { return isOptimizedOut ? nil : self }
    guard type.kind == .pointer || type.isReference, let target = type.target else { return nil }
    let pointee = target.stripped
    if type.kind == .pointer {
      guard pointee.kind != .void, !pointee.isFunction, CharacterType(target) == nil else { return nil }
    }
    guard pointee.size != nil || pointee.isArray, let value = try? dereferenced(orReferred: type.isReference) else {
      return nil
    }
    if let address = value.address, address.rawValue == 0 { return nil }
    return value
  }

  private func dereferenced(orReferred isReference: Bool) throws(ExpressionError) -> Value {
    guard isReference else { return try dereferenced() }
    do throws(Unavailability) { return try withoutReference() } catch { throw ExpressionError(error) }
  }

  /// How many parts this value has, which opening `row` has led to. Reads nothing.
  func partCount(openedFrom row: Value, limit: Int) -> Int {
    let type = type.stripped
    switch type.kind {
    case .aggregate: return type.members.count
    case .array(let count):
      // An array of unknown length shows its first element.
      guard let element = type.target, element.size ?? 0 > 0 else { return 0 }
      return count.map { Int(min($0, UInt64(limit))) } ?? 1
    default: return row.type.stripped.kind == .pointer || row.type.stripped.isReference ? 1 : 0
    }
  }

  /// Those of them in `range`, which lies within their number, with the names that a tree has for them.
  func parts(_ range: Range<Int>) -> [(name: String, value: Value)] {
    let type = type.stripped
    switch type.kind {
    case .aggregate:
      let whole = loaded(limit: ValueFormatter.readLimit)
      return type.members[range].map { member in
        (member.childName, whole.part(member) ?? Value(type: member.type, location: .optimizedOut, source: source))
      }
    case .array: return range.compactMap { index in element(at: Int64(index)).map { ("[\(index)]", $0) } }
    default: return [("*", self)]
    }
  }
}

extension DataType.Member {
  /// As a tree names it.
  fileprivate var childName: String {
    if isBase { return "<\(type.stripped.name ?? "base")>" }
    if let name { return name }
    return type.stripped.kind == .aggregate(.union) ? "<anonymous union>" : "<anonymous struct>"
  }
}
