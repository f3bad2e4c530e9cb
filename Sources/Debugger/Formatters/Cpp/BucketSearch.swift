import MachineModel

/// Goes through a hash table that is an array of lists, bucket by bucket: the places are its nodes.
struct BucketSearch: ElementSearch {
  /// Buckets that are looked at, at most: a damaged table may claim any number.
  private static let bucketLimit: UInt64 = 1 << 20

  private let array: VirtualAddress
  private let buckets: UInt64
  /// Where a node has the address of the next one.
  private let next: UInt64
  private let memory: any MemoryReader
  private var bucket: UInt64 = 0
  /// In that bucket's list; null: it has not been begun.
  private var node = VirtualAddress(0)

  init(at array: VirtualAddress, buckets: UInt64, next: UInt64, memory: any MemoryReader) {
    self.array = array
    self.buckets = min(buckets, Self.bucketLimit)
    self.next = next
    self.memory = memory
  }

  mutating func findNext(_ places: inout [VirtualAddress]) throws(Unavailability) -> Bool {
    let following =
      node.isNull
      ? bucket < buckets ? try memory.pointer(at: array.offset(by: 8 &* bucket)) : node
      : try memory.pointer(at: node.offset(by: next))
    guard !following.isNull || bucket < buckets else { return false }
    node = following
    if node.isNull { bucket += 1 } else { places.append(node) }
    return true
  }
}
