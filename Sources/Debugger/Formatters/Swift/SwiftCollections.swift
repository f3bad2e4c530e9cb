import DebugInfo
import MachineModel

/// Arrays, sets and dictionaries.
extension SwiftFormatters {
  /// A buffer's header: two words of an object, the count, the capacity (ContiguousArrayBuffer.swift).
  static func array(_ subject: FormatSubject, _ name: String) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0) else { return nil }
    let buffer = try subject.value.address("_buffer")
    let count = try subject.value.word(at: buffer + 16)
    let capacity = try subject.value.word(at: buffer + 24) >> 1
    guard count <= 1 << 48, count <= capacity || capacity == 0, count == 0 || buffer.rawValue != 0 else {
      return .damaged(name, "count \(count), capacity \(capacity)")
    }
    guard isKnown(element) else { return unknown(name, count, [element]) }
    let first = buffer + UInt64(32).aligned(to: element.alignment)
    return SyntheticView(
      "\(name)(count=\(count))", shape: .elements,
      children: elements(element, at: first, count: count, source: subject.source))
  }

  /// The base is where index 0 would be (SliceBuffer.swift).
  static func slice(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let element = subject.argument(0) else { return nil }
    let base = try subject.value.address("_base")
    let start = try subject.value.unsigned("_startIndex")
    let end = try subject.value.unsigned("_endIndexAndFlags") >> 1
    guard start <= end, end <= 1 << 48 else { return .damaged("ArraySlice", "from \(start) to \(end)") }
    guard isKnown(element) else { return unknown("ArraySlice", end - start, [element]) }
    let first = base + start &* stride(of: element)
    return SyntheticView(
      "ArraySlice(count=\(end - start))", shape: .elements,
      children: elements(element, at: first, count: end - start, source: subject.source))
  }

  /// The storage of both (SetStorage.swift, DictionaryStorage.swift): the count, the logarithm of the number of
  /// buckets, the keys, a dictionary's values, then a bit a bucket.
  static func hashTable(_ subject: FormatSubject, _ name: String) throws(Unavailability) -> SyntheticView? {
    guard let key = subject.argument(0) else { return nil }
    let element = subject.argument(1)
    let storage = try subject.value.address("_buffer")
    let count = try subject.value.word(at: storage + 16)
    let scale = try subject.value.word(at: storage + 32) & 0xff
    guard scale < 48, count <= 1 << scale else {
      return .damaged(name, "count \(count), 2^\(scale) buckets")
    }
    guard isKnown(key), element.map(isKnown) ?? true else {
      return unknown(name, count, [key] + (element.map { [$0] } ?? []))
    }
    let keys = VirtualAddress(try subject.value.word(at: storage + 48))
    let values = element == nil ? 0 : try subject.value.word(at: storage + 56)
    let source = subject.source
    let search = SwiftTableSearch(
      bitmap: storage + (element == nil ? 56 : 64), buckets: 1 << scale, memory: source.memory)
    let children = SearchedChildren(search, count: count) { bucket, index in
      let found = Value(type: key, location: .memory(keys + bucket &* stride(of: key)), source: source)
      guard let element else { return SyntheticChild(name: "[\(index)]", value: found) }
      let value = Value(
        type: element, location: .memory(VirtualAddress(values) + bucket &* stride(of: element)), source: source)
      return SyntheticChild(name: "[\(index)]", key: found, value: value)
    }
    return SyntheticView(
      "\(name)(count=\(count))", shape: element == nil ? .elements : .pairs, children: children)
  }

  /// False for what the debug information has no layout of: an `Any`, an existential.
  private static func isKnown(_ type: DataType) -> Bool {
    guard let size = type.stripped.size else { return false }
    return size == 0 || !SwiftFormatters.isOpaque(type.stripped)
  }

  private static func unknown(_ name: String, _ count: UInt64, _ elements: [DataType]) -> SyntheticView {
    let types = elements.filter { !isKnown($0) }.map { $0.name ?? "something" }
    return SyntheticView("\(name)(count=\(count)) of \(types.joined(separator: " and ")), whose layout is not known")
  }

  /// Elements are apart by their size and the padding to their alignment.
  private static func elements(
    _ element: DataType, at first: VirtualAddress, count: UInt64, source: any ValueSource
  ) -> any SyntheticChildren {
    let stride = stride(of: element)
    if stride == element.size { return ElementChildren(of: element, at: first, count: count, source: source) }
    return IndexedChildren(count: count) { index in
      Value(type: element, location: .memory(first + index &* stride), source: source)
    }
  }

  private static func stride(of type: DataType) -> UInt64 { max(1, (type.size ?? 1).aligned(to: type.alignment)) }
}

/// Goes through a hash table of Swift's library: a bit a bucket tells whether it is taken. The places are the numbers of buckets.
private struct SwiftTableSearch: ElementSearch {
  /// Words of buckets that are looked at, at most: a damaged table may claim any number.
  private static let wordLimit: UInt64 = 1 << 20

  let bitmap: VirtualAddress
  let buckets: UInt64
  let memory: any MemoryReader
  private var searchedWords: UInt64 = 0

  init(bitmap: VirtualAddress, buckets: UInt64, memory: any MemoryReader) {
    self.bitmap = bitmap
    self.buckets = buckets
    self.memory = memory
  }

  mutating func findNext(_ places: inout [UInt64]) throws(Unavailability) -> Bool {
    guard searchedWords < min(Self.wordLimit, (buckets + 63) / 64) else { return false }
    do throws(MemoryError) {
      var word = try memory.unsigned(bitmap + 8 * searchedWords, size: 8)
      while word != 0 {
        let bucket = searchedWords * 64 + UInt64(word.trailingZeroBitCount)
        // Past the last bucket, all bits are set.
        if bucket < buckets { places.append(bucket) }
        word &= word - 1
      }
    } catch {
      throw .memory(error.address)
    }
    searchedWords += 1
    return true
  }
}

extension Value {
  /// The word at an address.
  fileprivate func word(at address: VirtualAddress) throws(Unavailability) -> UInt64 {
    do throws(MemoryError) { return try source.memory.unsigned(address, size: 8) } catch {
      throw .memory(error.address)
    }
  }
}
