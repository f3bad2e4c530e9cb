import DebugInfo
import MachineModel

/// Containers whose elements lie side by side, or in blocks.
extension CppFormatters {
  static let sequences: [String: Formatter] = [
    "std::vector": { subject throws(Unavailability) in
      subject.argument(0)?.stripped.kind == .base(.boolean) ? try bits(subject) : try vector(subject)
    },
    "std::deque": { subject throws(Unavailability) in try deque(subject) },
    "std::array": { subject throws(Unavailability) in try array(subject) },
    "std::span": { subject throws(Unavailability) in try span(subject) },
    "std::initializer_list": { subject throws(Unavailability) in try initializers(subject) },
    "std::bitset": { subject throws(Unavailability) in try bitset(subject) },
  ]

  // MARK: Vectors

  private static func vector(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let value = subject.value
    let name = subject.family.displayName
    guard let element = subject.argument(0), let size = element.size, size > 0 else { return nil }
    let begin: VirtualAddress
    let end: VirtualAddress
    let limit: VirtualAddress
    if let implementation = value.member(named: "_M_impl") {
      begin = try implementation.address("_M_start")
      end = try implementation.address("_M_finish")
      limit = try implementation.address("_M_end_of_storage")
    } else if let capacity = value.field(anyOf: ["__end_cap_", "__cap_"]) {
      begin = try value.address("__begin_")
      end = try value.address("__end_")
      limit = try uncompressed(capacity).pointed()
    } else {
      return nil
    }
    let length = end.rawValue.subtractingReportingOverflow(begin.rawValue)
    let room = limit.rawValue.subtractingReportingOverflow(begin.rawValue)
    guard !length.overflow, !room.overflow, length.partialValue <= room.partialValue,
      length.partialValue % size == 0, room.partialValue / size < countLimit, !begin.isNull || limit.isNull
    else { return .damaged(name, "it begins at \(begin), ends at \(end), has room until \(limit)") }
    let count = length.partialValue / size
    return SyntheticView(
      "\(name) of length \(count), capacity \(room.partialValue / size)", shape: .elements,
      children: ElementChildren(of: element, at: begin, count: count, source: subject.source))
  }

  /// `std::vector<bool>`: a bit an element.
  private static func bits(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let value = subject.value
    let name = subject.family.displayName + "<bool>"
    let begin: VirtualAddress
    let count: UInt64
    let capacity: UInt64
    if let implementation = value.member(named: "_M_impl") {
      begin = try implementation.address("_M_start", "_M_p")
      let end = try implementation.address("_M_finish", "_M_p")
      let limit = try implementation.address("_M_end_of_storage")
      count = (end.rawValue &- begin.rawValue) &* 8 &+ (try implementation.unsigned("_M_finish", "_M_offset"))
      capacity = (limit.rawValue &- begin.rawValue) &* 8
    } else if let words = value.field(anyOf: ["__cap_alloc_", "__cap_"]) {
      begin = try value.address("__begin_")
      count = try value.unsigned("__size_")
      capacity = UInt64(truncatingIfNeeded: try uncompressed(words).integer().bits) &* 64
    } else {
      return nil
    }
    guard count <= capacity, capacity < countLimit else {
      return .damaged(name, "\(count) bits, with room for \(capacity)")
    }
    let words = ElementChildren(of: .unsignedLong, at: begin, count: (count + 63) / 64, source: subject.source)
    return SyntheticView(
      "\(name) of length \(count), capacity \(capacity)", shape: .elements,
      children: IndexedChildren(count: count) { index throws(Unavailability) in
        let word = try words.child(at: Int(index / 64))?.value.integer().bits ?? 0
        return Value(type: .bool, integer: Int64(word >> UInt128(index % 64) & 1), source: subject.source)
      })
  }

  // MARK: Deque

  private static func deque(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let element = subject.argument(0), let size = element.size, size > 0,
      let blocks = try subject.value.member(named: "_M_impl") == nil
        ? libcxxBlocks(subject.value, size) : libstdcxxBlocks(subject.value, size)
    else { return nil }
    guard let count = blocks.count, count < countLimit else {
      return .damaged(name, "its blocks do not follow each other")
    }
    let memory = subject.memory
    let children = IndexedChildren(count: count) { index throws(Unavailability) in
      let position = blocks.first &+ index
      let block = try memory.pointer(at: blocks.map.offset(by: position / blocks.length &* 8))
      return subject.value.object(element, at: block.offset(by: position % blocks.length &* size))
    }
    return SyntheticView("\(name) with \(elements(count))", shape: .elements, children: children)
  }

  /// How the elements of a deque are spread: position `first` of block `map[0]` has the first one.
  private struct Blocks {
    let map: VirtualAddress
    /// Elements of a block.
    let length: UInt64
    let first: UInt64
    /// nil where the pointers do not fit together.
    let count: UInt64?
  }

  private static func libstdcxxBlocks(_ value: Value, _ size: UInt64) throws(Unavailability) -> Blocks? {
    let start = try value.field("_M_impl", "_M_start")
    let finish = try value.field("_M_impl", "_M_finish")
    let length = max(1, 512 / size)
    let map = try start.address("_M_node")
    let current = try start.address("_M_cur").rawValue
    let first = try start.address("_M_first").rawValue
    let end = try finish.address("_M_cur").rawValue
    let last = try finish.address("_M_first").rawValue
    let nodes = (try finish.address("_M_node").rawValue).subtractingReportingOverflow(map.rawValue)
    let before = current &- first
    let after = end &- last
    let count: UInt64?
    if current >= first, end >= last, !nodes.overflow, nodes.partialValue % 8 == 0, before / size < length,
      after / size < length, nodes.partialValue / 8 < countLimit / length,
      nodes.partialValue / 8 * length + after / size >= before / size
    {
      count = nodes.partialValue / 8 * length + after / size - before / size
    } else {
      count = nil
    }
    return Blocks(map: map, length: length, first: before / size, count: count)
  }

  private static func libcxxBlocks(_ value: Value, _ size: UInt64) throws(Unavailability) -> Blocks? {
    guard let map = value.member(named: "__map_"), let count = value.member(named: "__size_") else { return nil }
    return Blocks(
      map: try map.address("__begin_"), length: size < 256 ? 4096 / size : 16, first: try value.unsigned("__start_"),
      count: UInt64(truncatingIfNeeded: try uncompressed(count).integer().bits))
  }

  /// `1 element`, `3 elements`.
  static func elements(_ count: UInt64) -> String { count == 1 ? "1 element" : "\(count) elements" }

  // MARK: Views of arrays

  private static func array(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let array = subject.value.field(anyOf: ["_M_elems", "__elems_"]) else { return nil }
    let stated = subject.type.templateArguments.dropFirst().first?.value ?? 0
    guard case .array(let count?) = array.type.stripped.kind, count > 0, stated > 0 else {
      return SyntheticView("std::array of length 0", shape: .elements, audience: .trees)
    }
    let children = IndexedChildren(count: count) { index throws(Unavailability) in
      guard let element = array.element(at: Int64(bitPattern: index)) else { throw .incompleteType }
      return element
    }
    return SyntheticView(
      "std::array of length \(count)", shape: .elements, audience: .trees, children: children)
  }

  private static func span(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let data = subject.value.field(anyOf: ["_M_ptr", "__data_", "__data"]) else { return nil }
    let count: UInt64
    if let size = subject.value.field(anyOf: ["__size_", "__size"]) {
      count = UInt64(truncatingIfNeeded: try size.integer().bits)
    } else if let extent = subject.value.member(named: "_M_extent")?.member(named: "_M_extent_value") {
      count = UInt64(truncatingIfNeeded: try extent.integer().bits)
    } else {
      count = UInt64(bitPattern: subject.type.templateArguments.dropFirst().first?.value ?? 0)
    }
    return try view(of: subject, from: data, count: count)
  }

  private static func initializers(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let data = subject.value.field(anyOf: ["_M_array", "__begin_"]),
      let size = subject.value.field(anyOf: ["_M_len", "__size_"])
    else { return nil }
    return try view(of: subject, from: data, count: UInt64(truncatingIfNeeded: try size.integer().bits))
  }

  private static func view(
    of subject: FormatSubject, from data: Value, count: UInt64
  ) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0) else { return nil }
    let name = subject.family.displayName
    guard count < countLimit else { return .damaged(name, "a length of \(count)") }
    return SyntheticView(
      "\(name) of length \(count)", shape: .elements,
      children: ElementChildren(of: element, at: try data.pointed(), count: count, source: subject.source))
  }

  // MARK: Bits

  /// The bits that are set, by their numbers.
  private static func bitset(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let name = subject.family.displayName
    guard let words = subject.value.field(anyOf: ["_M_w", "__first_"]) else {
      return SyntheticView(name, children: ListedChildren([]))
    }
    let contents = try words.contents()
    if let reason = contents.missing { throw reason }
    return SyntheticView(name, children: SetBits(contents.bytes, source: subject.source))
  }

  /// Made as far as they are asked for.
  private final class SetBits: SyntheticChildren {
    private let bytes: ArraySlice<UInt8>
    private let source: any ValueSource
    private var found: [Int] = []
    private var position = 0

    init(_ bytes: ArraySlice<UInt8>, source: any ValueSource) {
      self.bytes = bytes
      self.source = source
    }

    private func search(upTo count: Int) {
      while found.count < count, position < bytes.count * 8 {
        if bytes[bytes.startIndex + position / 8] >> UInt8(position % 8) & 1 == 1 { found.append(position) }
        position += 1
      }
    }
    func count(upTo limit: Int) -> Int {
      search(upTo: limit)
      return min(found.count, limit)
    }
    func child(at index: Int) -> SyntheticChild? {
      search(upTo: index + 1)
      guard found.indices.contains(index) else { return nil }
      return SyntheticChild(name: "[\(found[index])]", value: Value(type: .long, integer: 1, source: source))
    }
  }
}
