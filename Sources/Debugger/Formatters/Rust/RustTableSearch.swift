import DebugInfo
import MachineModel

/// Goes through a hash table of hashbrown: a control byte a bucket, whose highest bit is set where it is empty. The places are
/// the numbers of buckets.
struct RustTableSearch: ElementSearch {
  private static let windowSize: UInt64 = 4096
  /// Buckets that are looked at, at most: a damaged table may claim any number.
  private static let bucketLimit: UInt64 = 1 << 26

  private let control: VirtualAddress
  private let buckets: UInt64
  private let memory: any MemoryReader
  private var searched: UInt64 = 0

  init(control: VirtualAddress, buckets: UInt64, memory: any MemoryReader) {
    self.control = control
    self.buckets = min(buckets, Self.bucketLimit)
    self.memory = memory
  }

  mutating func findNext(_ places: inout [UInt64]) throws(Unavailability) -> Bool {
    guard searched < buckets else { return false }
    let size = min(Self.windowSize, buckets - searched)
    do throws(MemoryError) {
      let bytes = try memory.bytes(control + searched, count: Int(size))
      for (offset, byte) in bytes.enumerated() where byte & 0x80 == 0 { places.append(searched + UInt64(offset)) }
    } catch {
      throw .memory(error.address)
    }
    searched += size
    return true
  }
}
