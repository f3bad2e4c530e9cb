import DebugInfo
import MachineModel

/// The way from a variable to the object at an address.
struct ObjectSearch {
  private let address: VirtualAddress
  /// Between a pointer and a member of what it points to.
  private let arrow: String
  /// A damaged program's types may be of any size.
  private var remaining = 1000

  private static let mostPointers = 2

  init(address: VirtualAddress, arrow: String) {
    self.address = address
    self.arrow = arrow
  }

  /// From the first object that covers the address to the smallest; nil where the value leads to none.
  mutating func steps(to value: Value, named name: String, pointers: Int = 0) -> [FoundObject.Step]? {
    remaining -= 1
    guard remaining > 0 else { return nil }
    let type = value.type.stripped
    if type.kind == .pointer || type.isReference {
      guard pointers < Self.mostPointers, let target = type.target, target.stripped.isAggregate,
        let place = try? value.pointed(), place.rawValue > 4096
      else { return nil }
      let pointee = Value(type: target, location: .memory(place), source: value.source)
      let prefix = name + (type.isReference ? "." : arrow)
      if covers(pointee) { return descend(pointee, type.isReference ? name : "*" + name, prefix) }
      return stepsThroughMembers(of: pointee, prefix: prefix, pointers: pointers + 1)
    }
    if covers(value) { return descend(value, name, name + ".") }
    return pointers == 0 ? stepsThroughMembers(of: value, prefix: name + ".", pointers: 0) : nil
  }

  private func covers(_ value: Value) -> Bool {
    guard let start = value.address, let size = value.type.size else { return false }
    return start <= address && address - start < size
  }

  /// Down to the smallest member around the address, or the whole itself.
  private mutating func descend(_ value: Value, _ name: String, _ prefix: String) -> [FoundObject.Step] {
    // The name that its declaration uses, which `stripped` loses for `pthread_mutex_t`.
    let here = FoundObject.Step(expression: name, type: value.type.name ?? value.type.stripped.name ?? "")
    remaining -= 1
    guard remaining > 0 else { return [here] }
    for member in value.type.stripped.members where member.kind != .staticField {
      guard let part = value.part(member), part.type.stripped.isAggregate, covers(part) else { continue }
      guard !member.isBase, let memberName = member.name else { return [here] + descend(part, name, prefix) }
      return [here] + descend(part, prefix + memberName, prefix + memberName + ".")
    }
    return [here]
  }

  /// By the pointers among an object's members.
  private mutating func stepsThroughMembers(of value: Value, prefix: String, pointers: Int) -> [FoundObject.Step]? {
    for member in value.type.stripped.members where member.kind == .field {
      let type = member.type.stripped
      guard type.kind == .pointer || type.isReference, let name = member.name, let part = value.part(member),
        let found = steps(to: part, named: prefix + name, pointers: pointers)
      else { continue }
      return found
    }
    return nil
  }
}
