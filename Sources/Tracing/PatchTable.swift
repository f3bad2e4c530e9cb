import MachineModel
import Synchronization

/// Our trap instructions in a process's memory: where they are, and what they replaced. Written on the tracer
/// thread, read by `ProcessMemory` from any.
final class PatchTable: Sendable {
  struct Patch: Sendable {
    let address: VirtualAddress
    var original: UInt8
    /// How many sites and temporary traps want it.
    var uses: Int
  }

  /// `int3` (Intel SDM volume 2, INT n).
  static let trap: UInt8 = 0xCC

  /// By address.
  private let patches = Mutex<[Patch]>([])

  /// Holds the table still while `body` runs: what it reads then agrees with the table.
  func withPatches<Result>(_ body: (inout [Patch]) -> Result) -> Result { patches.withLock { body(&$0) } }

  var isEmpty: Bool { patches.withLock { $0.isEmpty } }

  /// A copy, as the table is now.
  var all: [Patch] { patches.withLock { $0 } }

  func contains(_ address: VirtualAddress) -> Bool { patches.withLock { $0.find(address) != nil } }

  func original(at address: VirtualAddress) -> UInt8? {
    patches.withLock { patches in patches.find(address).map { patches[$0].original } }
  }

  func removeAll() { patches.withLock { $0 = [] } }
}

extension [PatchTable.Patch] {
  /// The index of the first patch at or after `address`.
  func firstIndex(from address: VirtualAddress) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func find(_ address: VirtualAddress) -> Int? {
    let index = firstIndex(from: address)
    return index < count && self[index].address == address ? index : nil
  }

  /// The indices of the patches in `count` bytes from `address` on.
  func indices(from address: VirtualAddress, count length: Int) -> Range<Int> {
    let first = firstIndex(from: address)
    var end = first
    while end < count, self[end].address - address < UInt64(length) { end += 1 }
    return first..<end
  }
}
