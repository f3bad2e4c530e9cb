import DebugInfo
import MachineModel

/// Vectors, slices, double-ended queues, lists and heaps.
extension RustFormatters {
  static let sequences: [String: Formatter] = [
    "alloc::Vec": { subject throws(Unavailability) in try vector(subject, subject.value, "Vec") },
    "alloc::BinaryHeap": { subject throws(Unavailability) in
      try vector(subject, try subject.value.field("data"), "BinaryHeap")
    },
    "alloc::VecDeque": { subject throws(Unavailability) in try deque(subject) },
    "alloc::LinkedList": { subject throws(Unavailability) in try list(subject) },
  ]

  private static func vector(
    _ subject: FormatSubject, _ vector: Value, _ name: String
  ) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0), let buffer = try RustBuffer(vector, element: element) else { return nil }
    guard buffer.isPlausible else { return .damaged(name, buffer.description) }
    // What has no size is nowhere: nothing is read of it.
    let source = subject.source
    let children: any SyntheticChildren =
      element.size == 0
      ? IndexedChildren(count: buffer.length) { _ in Value(type: element, bytes: [], source: source) }
      : ElementChildren(of: element, at: buffer.address, count: buffer.length, source: source)
    return SyntheticView("\(name)(size=\(buffer.length))", shape: .elements, children: children)
  }

  /// `&[i32](size=2) = {…}`.
  static func slice(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let pointer = try subject.value.field("data_ptr")
    guard let element = pointer.type.stripped.target, let name = subject.type.name else { return nil }
    let length = try subject.value.unsigned("length")
    guard let elements = try subject.value.elements(element, at: pointer, count: length) else {
      return .damaged(name, "\(length) elements at \(try pointer.pointed())")
    }
    return SyntheticView("\(name)(size=\(length))", shape: .elements, children: elements)
  }

  private static func deque(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0), let buffer = try RustBuffer(subject.value, element: element) else {
      return nil
    }
    let head = try subject.value.unsigned("head")
    guard buffer.isPlausible, head < max(1, buffer.capacity) else {
      return .damaged("VecDeque", buffer.description + ", head \(head)")
    }
    let size = element.size ?? 0
    let source = subject.source
    let children = IndexedChildren(count: buffer.length) { index in
      // Of elements without a size there is always room.
      let index = size == 0 ? 0 : (head + index) % buffer.capacity
      return Value(type: element, location: .memory(buffer.address + index &* size), source: source)
    }
    return SyntheticView("VecDeque(size=\(buffer.length))", shape: .elements, children: children)
  }

  private static func list(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let count = try subject.value.unsigned("len")
    let head = try subject.value.field("head").payload()?.unwrapped
    guard let node = head?.type.stripped.target else {
      return count == 0 ? SyntheticView("LinkedList(size=0)") : nil
    }
    let source = subject.source
    let children = NodeChildren(
      first: try head?.pointed(), count: count,
      step: { address throws(Unavailability) in
        try Value(type: node, location: .memory(address), source: source).field("next").payload()?.unwrapped.pointed()
      },
      make: { address, index throws(Unavailability) in
        let element = try Value(type: node, location: .memory(address), source: source).field("element")
        return SyntheticChild(name: "[\(index)]", value: element)
      })
    return SyntheticView("LinkedList(size=\(count))", shape: .elements, children: children)
  }
}

/// What a vector owns: a pointer, how much there is room for, and how much is in use.
struct RustBuffer: CustomStringConvertible {
  let address: VirtualAddress
  let length: UInt64
  let capacity: UInt64
  private let element: DataType

  /// nil where `vector` is laid out as no version of the library that is known.
  init?(_ vector: Value, element: DataType) throws(Unavailability) {
    guard let raw = vector.member(named: "buf") else { return nil }
    let inner = raw.member(named: "inner") ?? raw
    guard let pointer = inner.member(named: "ptr"), let capacity = inner.member(named: "cap") else { return nil }
    address = try pointer.unwrapped.pointed()
    self.capacity = UInt64(truncatingIfNeeded: try capacity.unwrapped.integer().bits)
    length = try vector.unsigned("len")
    self.element = element
  }

  /// False where it was never set up, or was overwritten: Rust's pointers are never null, and always aligned.
  var isPlausible: Bool {
    let size = element.size ?? 0
    let bytes = capacity.multipliedReportingOverflow(by: size)
    return address.rawValue != 0 && address.rawValue % element.alignment == 0
      && (size == 0 || length <= capacity && !bytes.overflow && bytes.partialValue <= UInt64(Int64.max))
  }

  var description: String { "length \(length), capacity \(capacity), buffer \(address)" }
}
