import Elf

/// Elements that never change, in memory that lasts as long as somebody needs it: allocated, or a part of a mapped file.
struct Table<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
  private let elements: UnsafeBufferPointer<Element>
  private let owner: FileMapping?

  /// Makes one of `count` elements; `fill` has to set every one of them.
  init(count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    guard count > 0 else {
      elements = UnsafeBufferPointer(start: nil, count: 0)
      owner = nil
      return
    }
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count * MemoryLayout<Element>.stride, alignment: 16)
    let typed = bytes.bindMemory(to: Element.self)
    fill(typed)
    elements = UnsafeBufferPointer(typed)
    owner = FileMapping(owning: bytes, path: "")
  }

  init(_ array: [Element]) {
    self.init(count: array.count) { target in
      array.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
    }
  }

  /// The elements that stand at `offset` of a mapping; nil where they do not lie within it, or not where their kind may.
  init?(_ mapping: FileMapping, at offset: Int, count: Int) {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, count >= 0, offset >= 0, offset.isMultiple(of: MemoryLayout<Element>.alignment),
      let bytes = mapping.slice(UInt64(offset), size: UInt64(size))
    else { return nil }
    elements = UnsafeBufferPointer(start: bytes.baseAddress?.assumingMemoryBound(to: Element.self), count: count)
    owner = mapping
  }

  var startIndex: Int { 0 }
  var endIndex: Int { elements.count }
  subscript(index: Int) -> Element { elements[index] }
  /// As they are in memory.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(elements) }
}
