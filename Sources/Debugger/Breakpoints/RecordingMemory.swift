import MachineModel
import Synchronization

/// A process's memory that remembers what was read of it.
final class RecordingMemory: MemoryReader {
  private let base: any MemoryReader
  private let reads = Mutex<[Range<VirtualAddress>]>([])

  init(_ base: any MemoryReader) { self.base = base }

  /// What was read since this was last asked, in the order of the reads; what could not be read included.
  func take() -> [Range<VirtualAddress>] {
    reads.withLock { reads in
      defer { reads = [] }
      return reads
    }
  }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let end = address + buffer.count
    if end > address { reads.withLock { $0.append(address..<end) } }
    return base.read(address, into: buffer)
  }
}
