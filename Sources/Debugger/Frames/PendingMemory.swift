import MachineModel
import Synchronization

/// A process's memory as it will be once an expression's writes are carried out.
final class PendingMemory: MemoryReader {
  private let base: any MemoryReader
  private let writes = Mutex<[(address: VirtualAddress, bytes: [UInt8])]>([])

  init(_ base: any MemoryReader) { self.base = base }

  func write(_ bytes: [UInt8], at address: VirtualAddress) {
    writes.withLock { $0.append((address, bytes)) }
  }

  /// All was carried out.
  func removeAll() { writes.withLock { $0 = [] } }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = base.read(address, into: buffer)
    writes.withLock { writes in
      for write in writes {
        for (index, byte) in write.bytes.enumerated() {
          let offset: UInt64 = write.address + index - address
          if offset < UInt64(count) { buffer[Int(offset)] = byte }
        }
      }
    }
    return count
  }
}
