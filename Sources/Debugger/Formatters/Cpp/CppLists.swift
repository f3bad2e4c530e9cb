import DebugInfo
import MachineModel

/// Containers of linked nodes.
extension CppFormatters {
  static let lists: [String: Formatter] = [
    "std::list": { subject throws(Unavailability) in try list(subject) },
    "__gnu_cxx::slist": { subject throws(Unavailability) in try forwardList(subject) },
    "std::forward_list": { subject throws(Unavailability) in try forwardList(subject) },
  ]

  /// A node of `std::list` is two pointers and the element: libstdc++ has the next node's first, libc++ second.
  static func listElement(_ element: DataType) -> UInt64 { UInt64(16).aligned(to: element.alignment) }
  static func forwardListElement(_ element: DataType) -> UInt64 { UInt64(8).aligned(to: element.alignment) }

  private static func list(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let element = subject.argument(0) else { return nil }
    let head: Value
    let first: VirtualAddress
    let size: Value?
    let nextOffset: UInt64
    if let node = subject.value.member(named: "_M_impl")?.member(named: "_M_node") {
      (head, first, nextOffset) = (node, try node.address("_M_next"), 0)
      // The old ABI's list does not state its size, or does so in an element of its own.
      size = node.field(anyOf: ["_M_size", "_M_data"])
    } else if let end = subject.value.member(named: "__end_") {
      (head, first, nextOffset) = (end, try end.address("__next_"), 8)
      size = subject.value.field(anyOf: ["__size_alloc_", "__size_"]).map(uncompressed)
    } else {
      return nil
    }
    guard let end = head.address else { throw .reason("a list that is not in memory") }
    if first == end { return SyntheticView("empty \(name)", children: ListedChildren([])) }
    let count = try size.map { size throws(Unavailability) in UInt64(truncatingIfNeeded: try size.integer().bits) }
    // The node after the head leads back to it.
    let back = try? subject.memory.pointer(at: first.offset(by: 8 &- nextOffset))
    guard count != 0, count ?? 0 < countLimit, back == end else {
      return .damaged(name, "its first node is at \(first), its size is \(count.map(String.init) ?? "not known")")
    }
    let memory = subject.memory
    let offset = listElement(element)
    let children = NodeChildren(first: first, count: count) { node throws(Unavailability) in
      let next = try memory.pointer(at: node.offset(by: nextOffset))
      return next == end ? nil : next
    } make: { node, index throws(Unavailability) in
      SyntheticChild(name: "[\(index)]", value: subject.value.object(element, at: node.offset(by: offset)))
    }
    return SyntheticView(name, children: children)
  }

  private static func forwardList(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let element = subject.argument(0) else { return nil }
    let first: VirtualAddress
    if let head = (subject.value.member(named: "_M_impl") ?? subject.value).member(named: "_M_head") {
      first = try head.address("_M_next")
    } else if let head = subject.value.member(named: "__before_begin_") {
      first = try uncompressed(head).address("__next_")
    } else {
      return nil
    }
    if first.isNull { return SyntheticView("empty \(name)", children: ListedChildren([])) }
    let offset = forwardListElement(element)
    return SyntheticView(
      name,
      children: chain(from: first, count: nil, in: subject.memory) { node, index throws(Unavailability) in
        SyntheticChild(name: "[\(index)]", value: subject.value.object(element, at: node.offset(by: offset)))
      })
  }

  /// Nodes that begin with the address of the next one; the last has none.
  static func chain(
    from first: VirtualAddress, count: UInt64?, in memory: any MemoryReader, make: @escaping NodeChildren.Make
  ) -> NodeChildren {
    NodeChildren(
      first: first.isNull ? nil : first, count: count,
      step: { node throws(Unavailability) in
        let next = try memory.pointer(at: node)
        return next.isNull ? nil : next
      }, make: make)
  }
}
