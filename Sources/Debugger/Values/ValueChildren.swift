import DebugInfo
import MachineModel

/// What opening a value in a tree shows: base classes and members, elements, what a pointer points to.
extension Value {
  /// One row below an opened one.
  package struct Child {
    /// `x`, `<Base>`, `[3]`, `*pointer`'s `*`; `<anonymous union>`.
    package let name: String
    package let value: Value
  }

  /// Children beyond this are not offered, so that an array of a damaged type ends.
  private static let childLimit: UInt64 = 1 << 24

  /// How many children it has. Reads at most a pointer.
  package func childCount() -> Int {
    guard let parent = opened() else { return 0 }
    let type = parent.type.stripped
    switch type.kind {
    case .aggregate: return type.members.count
    case .array(let count):
      // An array of unknown length shows its first element.
      guard let element = type.target, element.size ?? 0 > 0 else { return 0 }
      return count.map { Int(min($0, Self.childLimit)) } ?? 1
    default: return self.type.stripped.kind == .pointer || self.type.stripped.isReference ? 1 : 0
    }
  }

  /// Those of them from `first` on, at most `count`.
  package func children(from first: Int = 0, count: Int) -> [Child] {
    let total = childCount()
    guard first >= 0, count > 0, first < total, let parent = opened() else { return [] }
    let last = min(total, first.addingReportingOverflow(count).overflow ? total : first + count)
    let type = parent.type.stripped
    switch type.kind {
    case .aggregate:
      let whole = parent.loaded(limit: ValueFormatter.readLimit)
      return type.members[first..<last].map { member in
        let part = whole.part(member) ?? Value(type: member.type, location: .optimizedOut, source: source)
        return Child(name: member.childName, value: part)
      }
    case .array:
      return (first..<last).compactMap { index in
        parent.element(at: Int64(index)).map { Child(name: "[\(index)]", value: $0) }
      }
    default: return [Child(name: "*", value: parent)]
    }
  }

  /// What the children belong to: a structure itself, or the one that a pointer or reference leads to.
  private func opened() -> Value? {
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
}

extension DataType.Member {
  /// As a tree names it.
  fileprivate var childName: String {
    if isBase { return "<\(type.stripped.name ?? "base")>" }
    if let name { return name }
    return type.stripped.kind == .aggregate(.union) ? "<anonymous union>" : "<anonymous struct>"
  }
}
