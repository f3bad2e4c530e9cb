import MachineModel

/// The elements of a hash table that is an array of lists. Found in the order of the buckets, and remembered.
final class BucketChildren: SyntheticChildren {
  /// An element, by its node.
  typealias Make = (_ node: VirtualAddress, _ index: Int) -> SyntheticChild

  /// Buckets and nodes that are looked at, at most: a damaged table may claim any number.
  private static let searchLimit: UInt64 = 1 << 20

  private let array: VirtualAddress
  private let buckets: UInt64
  private let count: UInt64
  /// Where a node has the address of the next one.
  private let next: UInt64
  private let memory: any MemoryReader
  private let make: Make
  private var found: [VirtualAddress] = []
  private var searched: UInt64 = 0

  init(
    at array: VirtualAddress, buckets: UInt64, count: UInt64, next: UInt64, memory: any MemoryReader,
    make: @escaping Make
  ) {
    self.array = array
    self.buckets = min(buckets, Self.searchLimit)
    self.count = count
    self.next = next
    self.memory = memory
    self.make = make
  }

  func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }

  func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    while found.count <= index {
      guard searched < buckets else { throw .reason("the table has fewer entries than it states") }
      try search()
    }
    return make(found[index], index)
  }

  /// Goes through the list of the next bucket.
  private func search() throws(Unavailability) {
    var node = try memory.pointer(at: array.offset(by: 8 &* searched))
    searched += 1
    while !node.isNull {
      guard found.count < Int(min(count, Self.searchLimit)) else {
        throw .reason("the table has more entries than it states")
      }
      found.append(node)
      node = try memory.pointer(at: node.offset(by: next))
    }
  }
}
