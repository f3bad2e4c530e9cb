import MachineModel

/// The entries of a hash table of hashbrown: a control byte a bucket, whose highest bit is set where it is empty.
/// Found in the order of the buckets, and remembered.
final class RustTableChildren: SyntheticChildren {
  /// An entry in a bucket, with its index among the entries.
  typealias Make = (_ bucket: UInt64, _ index: Int) throws(Unavailability) -> SyntheticChild

  private static let windowSize: UInt64 = 4096
  /// Buckets that are looked at, at most: a damaged table may claim any number.
  private static let searchLimit: UInt64 = 1 << 26

  private let control: VirtualAddress
  private let buckets: UInt64
  private let count: UInt64
  private let source: any ValueSource
  private let make: Make
  private var found: [UInt64] = []
  private var searched: UInt64 = 0

  init(
    control: VirtualAddress, buckets: UInt64, count: UInt64, source: any ValueSource, make: @escaping Make
  ) {
    self.control = control
    self.buckets = min(buckets, Self.searchLimit)
    self.count = count
    self.source = source
    self.make = make
  }

  func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }

  func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    while found.count <= index {
      guard searched < buckets else { throw .reason("the table has fewer entries than it states") }
      try search()
    }
    return try make(found[index], index)
  }

  /// Looks through the next window of control bytes.
  private func search() throws(Unavailability) {
    let size = min(Self.windowSize, buckets - searched)
    do throws(MemoryError) {
      let bytes = try source.memory.bytes(control + searched, count: Int(size))
      for (offset, byte) in bytes.enumerated() where byte & 0x80 == 0 { found.append(searched + UInt64(offset)) }
      searched += size
    } catch {
      throw .memory(error.address)
    }
  }
}
