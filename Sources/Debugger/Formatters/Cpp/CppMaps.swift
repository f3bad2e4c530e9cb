import DebugInfo
import MachineModel

/// Containers that are searched by a key: search trees and hash tables.
extension CppFormatters {
  static let maps: [String: Formatter] = [
    "std::map": { subject throws(Unavailability) in try tree(subject, isMap: true) },
    "std::multimap": { subject throws(Unavailability) in try tree(subject, isMap: true) },
    "std::set": { subject throws(Unavailability) in try tree(subject, isMap: false) },
    "std::multiset": { subject throws(Unavailability) in try tree(subject, isMap: false) },
    "std::unordered_map": { subject throws(Unavailability) in try hashTable(subject, isMap: true) },
    "std::unordered_multimap": { subject throws(Unavailability) in try hashTable(subject, isMap: true) },
    "std::unordered_set": { subject throws(Unavailability) in try hashTable(subject, isMap: false) },
    "std::unordered_multiset": { subject throws(Unavailability) in try hashTable(subject, isMap: false) },
    "std::tr1::unordered_map": { subject throws(Unavailability) in try buckets(subject, isMap: true) },
    "std::tr1::unordered_multimap": { subject throws(Unavailability) in try buckets(subject, isMap: true) },
    "std::tr1::unordered_set": { subject throws(Unavailability) in try buckets(subject, isMap: false) },
    "std::tr1::unordered_multiset": { subject throws(Unavailability) in try buckets(subject, isMap: false) },
  ]

  /// Where a key and its value are in a node's payload: a `std::pair`, or the key alone.
  private struct Payload {
    let key: DataType
    let mapped: DataType?
    var alignment: UInt64 { max(key.alignment, mapped?.alignment ?? 1) }

    init?(_ subject: FormatSubject, isMap: Bool) {
      guard let key = subject.argument(0) else { return nil }
      self.key = key
      mapped = isMap ? subject.argument(1) : nil
      if isMap, mapped == nil { return nil }
    }

    func child(at address: VirtualAddress, index: Int, of value: Value) -> SyntheticChild {
      let key = value.object(key, at: address)
      guard let mapped else { return SyntheticChild(name: "[\(index)]", value: key) }
      let offset = (self.key.size ?? 1).aligned(to: mapped.alignment)
      return SyntheticChild(
        name: "[\(index)]", key: key, value: value.object(mapped, at: address.offset(by: offset)))
    }
  }

  // MARK: Trees

  /// Where a node of a red-black tree has its links, and where the payload can begin.
  struct TreeNode {
    let left: UInt64
    let right: UInt64
    let parent: UInt64
    let end: UInt64

    /// The colour, then parent, left and right.
    static let libstdcxx = TreeNode(left: 16, right: 24, parent: 8, end: 32)
    /// Left, right and parent, then the colour, whose padding the payload may use (Itanium C++ ABI §2.4).
    static let libcxx = TreeNode(left: 0, right: 8, parent: 16, end: 25)

    /// No tree of sane size is deeper: a red-black tree of 2⁴⁸ nodes has at most 96 levels.
    private static let depthLimit = 128

    /// The node with the next key. There is one, as the caller knows how many nodes there are.
    func successor(of node: VirtualAddress, in memory: any MemoryReader) throws(Unavailability) -> VirtualAddress? {
      var next = try memory.pointer(at: node.offset(by: right))
      if !next.isNull {
        for _ in 0..<Self.depthLimit {
          let lower = try memory.pointer(at: next.offset(by: left))
          if lower.isNull { return next }
          next = lower
        }
        throw .reason("the tree's nodes lead in a circle")
      }
      var child = node
      for _ in 0..<Self.depthLimit {
        next = try memory.pointer(at: child.offset(by: parent))
        if next.isNull { throw .reason("the tree ends before its size is reached") }
        if try memory.pointer(at: next.offset(by: left)) == child { return next }
        child = next
      }
      throw .reason("the tree's nodes lead in a circle")
    }
  }

  private static func tree(_ subject: FormatSubject, isMap: Bool) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let payload = Payload(subject, isMap: isMap) else { return nil }
    let first: VirtualAddress
    let count: UInt64
    let node: TreeNode
    /// What is above the root, and the root.
    let top: VirtualAddress?
    let root: VirtualAddress
    if let implementation = subject.value.member(named: "_M_t")?.member(named: "_M_impl") {
      first = try implementation.address("_M_header", "_M_left")
      count = try implementation.unsigned("_M_node_count")
      top = try implementation.field("_M_header").address
      root = try implementation.address("_M_header", "_M_parent")
      node = .libstdcxx
    } else if let tree = subject.value.member(named: "__tree_"),
      let size = tree.field(anyOf: ["__pair3_", "__size_"]), let end = tree.field(anyOf: ["__pair1_", "__end_node_"])
    {
      first = try tree.address("__begin_node_")
      count = UInt64(truncatingIfNeeded: try uncompressed(size).integer().bits)
      top = end.address
      root = try uncompressed(end).address("__left_")
      node = .libcxx
    } else {
      return nil
    }
    let memory = subject.memory
    let above = root.isNull ? nil : try? memory.pointer(at: root.offset(by: node.parent))
    guard count < countLimit, count == 0 || above != nil && (top == nil || above == top) else {
      return .damaged(name, "a size of \(count), with the root at \(root)")
    }
    let offset = node.end.aligned(to: payload.alignment)
    let children = NodeChildren(first: first, count: count) { at throws(Unavailability) in
      try node.successor(of: at, in: memory)
    } make: { at, index throws(Unavailability) in
      payload.child(at: at.offset(by: offset), index: index, of: subject.value)
    }
    return SyntheticView(
      "\(name) with \(elements(count))", shape: isMap ? .pairs : .members, children: children)
  }

  // MARK: Hash tables

  private static func hashTable(_ subject: FormatSubject, isMap: Bool) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let payload = Payload(subject, isMap: isMap) else { return nil }
    let first: VirtualAddress
    let count: UInt64
    let end: UInt64
    if let table = subject.value.member(named: "_M_h") {
      first = try table.address("_M_before_begin", "_M_nxt")
      count = try table.unsigned("_M_element_count")
      end = 8
    } else if let table = subject.value.member(named: "__table_"),
      let before = table.field(anyOf: ["__p1_", "__first_node_"]), let size = table.field(anyOf: ["__p2_", "__size_"])
    {
      first = try uncompressed(before).address("__next_")
      count = UInt64(truncatingIfNeeded: try uncompressed(size).integer().bits)
      // The next node, and the hash of this one.
      end = 16
    } else {
      return nil
    }
    guard count < countLimit, (count == 0) == first.isNull else {
      return .damaged(name, "a size of \(count), with the first node at \(first)")
    }
    let offset = end.aligned(to: payload.alignment)
    let children = chain(from: first, count: count, in: subject.memory) { at, index throws(Unavailability) in
      payload.child(at: at.offset(by: offset), index: index, of: subject.value)
    }
    return SyntheticView(
      "\(name) with \(elements(count))", shape: isMap ? .pairs : .members, children: children)
  }

  /// TR1's hash tables: an array of lists, whose nodes begin with the payload.
  private static func buckets(_ subject: FormatSubject, isMap: Bool) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let payload = Payload(subject, isMap: isMap), let array = subject.value.member(named: "_M_buckets"),
      let next = array.type.stripped.target?.stripped.target?.stripped.members.first(where: { $0.name == "_M_next" })
    else { return nil }
    let (count, buckets) = (
      try subject.value.unsigned("_M_element_count"), try subject.value.unsigned("_M_bucket_count")
    )
    guard count < countLimit, buckets < countLimit, count == 0 || buckets > 0 else {
      return .damaged(name, "a size of \(count), with \(buckets) buckets")
    }
    let search = BucketSearch(at: try array.pointed(), buckets: buckets, next: next.offset, memory: subject.memory)
    let children = SearchedChildren(search, count: count) { node, index in
      payload.child(at: node, index: index, of: subject.value)
    }
    return SyntheticView("\(name) with \(elements(count))", shape: isMap ? .pairs : .members, children: children)
  }
}
