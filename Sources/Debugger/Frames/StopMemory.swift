import MachineModel
import Synchronization

/// The memory of a stopped process for those who walk its stacks: what only its own threads can change is read once a stop, by pages.
/// Short reads alone, and only once a stop has seen many of them: one step's look at a frame costs no list of mappings.
final class StopMemory: MemoryReader {
  private struct Pages {
    /// Private and writable, of no file: stacks and heap. By address.
    var regions: [Range<VirtualAddress>]?
    var bytes: [VirtualAddress: [UInt8]] = [:]
    var reads = 0
    var isStale = false
  }

  private static let pageSize: UInt64 = 4096
  private static let mostPages = 1024
  private static let longestRead = 64
  private static let manyReads = 64

  private let base: any MemoryReader
  private let listRegions: @Sendable () -> [MemoryRegion]
  private let pages = Mutex(Pages())

  init(_ base: any MemoryReader, regions: @escaping @Sendable () -> [MemoryRegion]) {
    self.base = base
    listRegions = regions
  }

  /// The process goes on, or has been written to: from now on everything is read as it is. Values of the stop may outlive it.
  func invalidate() {
    pages.withLock {
      $0.isStale = true
      $0.bytes = [:]
    }
  }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let isKept = pages.withLock { pages in
      buffer.count <= Self.longestRead && !pages.isStale && copy(address, into: buffer, from: &pages)
    }
    return isKept ? buffer.count : base.read(address, into: buffer)
  }

  /// False where it is not to be kept.
  private func copy(
    _ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer, from pages: inout Pages
  ) -> Bool {
    let page = VirtualAddress(address.rawValue & ~(Self.pageSize - 1))
    let offset = Int(address - page)
    guard offset + buffer.count <= Int(Self.pageSize) else { return false }
    pages.reads += 1
    guard pages.reads > Self.manyReads else { return false }
    if pages.bytes[page] == nil {
      let regions = pages.regions ?? keptRegions()
      pages.regions = regions
      guard regions.contains(address), let bytes = try? base.bytes(page, count: Int(Self.pageSize)) else {
        return false
      }
      if pages.bytes.count >= Self.mostPages { pages.bytes.removeAll(keepingCapacity: true) }
      pages.bytes[page] = bytes
    }
    pages.bytes[page]?.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + buffer.count]))
    }
    return true
  }

  private func keptRegions() -> [Range<VirtualAddress>] {
    listRegions().filter { $0.isWritable && ($0.path == nil || $0.path == "[stack]") }.map(\.range)
      .sorted { $0.lowerBound < $1.lowerBound }
  }
}

extension [Range<VirtualAddress>] {
  /// Of ranges by address.
  fileprivate func contains(_ address: VirtualAddress) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound <= address { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].contains(address)
  }
}
