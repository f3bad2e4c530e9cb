import DebugInfo
import MachineModel

/// Maps and sets: hash tables and B-trees.
extension RustFormatters {
  static let maps: [String: Formatter] = [
    "std::HashMap": { subject throws(Unavailability) in
      try hashTable(subject, try subject.value.field("base", "table"), "HashMap", isMap: true)
    },
    "hashbrown::HashMap": { subject throws(Unavailability) in
      try hashTable(subject, try subject.value.field("table"), "HashMap", isMap: true)
    },
    "std::HashSet": { subject throws(Unavailability) in
      // It was a standard map of units before it was hashbrown's set.
      let path = subject.value.member(named: "map") != nil ? ("map", "base") : ("base", "map")
      return try hashTable(subject, try subject.value.field(path.0, path.1, "table"), "HashSet", isMap: false)
    },
    "hashbrown::HashSet": { subject throws(Unavailability) in
      try hashTable(subject, try subject.value.field("map", "table"), "HashSet", isMap: false)
    },
    "alloc::BTreeMap": { subject throws(Unavailability) in
      try tree(subject, subject.value, "BTreeMap", isMap: true)
    },
    "alloc::BTreeSet": { subject throws(Unavailability) in
      try tree(subject, try subject.value.field("map"), "BTreeSet", isMap: false)
    },
  ]

  private static func hashTable(
    _ subject: FormatSubject, _ table: Value, _ name: String, isMap: Bool
  ) throws(Unavailability) -> SyntheticView? {
    guard let pair = table.type.stripped.templateArguments.first?.type, let size = pair.size else { return nil }
    let inner = try table.field("table")
    let control = try inner.field("ctrl").unwrapped.pointed()
    let mask = try inner.unsigned("bucket_mask")
    let count = try inner.unsigned("items")
    guard control.rawValue != 0, mask < 1 << 48, (mask + 1).nonzeroBitCount == 1, count <= mask + 1 else {
      return .damaged(name, "\(count) items, bucket mask \(hexadecimal(mask)), table \(control)")
    }
    let source = subject.source
    // hashbrown: the buckets lie before the control bytes, in descending order.
    let search = RustTableSearch(control: control, buckets: mask + 1, memory: source.memory)
    let children = SearchedChildren(search, count: count) { bucket, index throws(Unavailability) in
      let address = VirtualAddress(control.rawValue &- (bucket + 1) &* size)
      let entry = Value(type: pair, location: .memory(address), source: source)
      let key = try entry.field("__0")
      guard isMap else { return SyntheticChild(name: "[\(index)]", value: key) }
      return SyntheticChild(name: "[\(index)]", key: key, value: try entry.field("__1"))
    }
    return SyntheticView("\(name)(size=\(count))", shape: isMap ? .pairs : .elements, children: children)
  }

  private static func tree(
    _ subject: FormatSubject, _ map: Value, _ name: String, isMap: Bool
  ) throws(Unavailability) -> SyntheticView? {
    let arguments = map.type.stripped.templateArguments
    guard arguments.count >= 2, let key = arguments[0].type, let element = arguments[1].type else { return nil }
    let count = try map.unsigned("length")
    let shape = isMap ? SyntheticView.Shape.pairs : .elements
    guard count > 0 else { return SyntheticView("\(name)(size=0)", shape: shape) }
    guard let root = try map.field("root").payload() else { return .damaged(name, "\(count) items and no root") }
    let pointer = try root.field("node").unwrapped
    let height = try root.unsigned("height")
    guard height <= 40, let leaf = pointer.type.stripped.target?.stripped, let layout = RustTreeLayout(leaf) else {
      return .damaged(name, "\(count) items in a tree of height \(height)")
    }
    let source = subject.source
    let search = RustTreeSearch(
      root: try pointer.pointed(), height: height, layout: layout, memory: source.memory)
    let children = SearchedChildren(search, count: count) { place, index in
      func value(_ type: DataType, in array: UInt64) -> Value {
        let address = place.node + array + place.position &* (type.size ?? 0)
        return Value(type: type, location: .memory(address), source: source)
      }
      let found = value(key, in: layout.keys)
      guard isMap else { return SyntheticChild(name: "[\(index)]", value: found) }
      return SyntheticChild(name: "[\(index)]", key: found, value: value(element, in: layout.values))
    }
    return SyntheticView("\(name)(size=\(count))", shape: shape, children: children)
  }
}
