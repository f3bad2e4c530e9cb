import DebugInfo
import MachineModel

/// Where the parts of a B-tree's node lie.
struct RustTreeLayout {
  let length: UInt64
  let keys: UInt64
  let values: UInt64
  /// Of an inner node: what comes after the part that it has in common with a leaf.
  let edges: UInt64

  /// nil where `leaf` is no `LeafNode` that is known.
  init?(_ leaf: DataType) {
    func offset(_ name: String) -> UInt64? { leaf.members.first { $0.name == name }?.offset }
    guard let length = offset("len"), let keys = offset("keys"), let values = offset("vals"), let size = leaf.size
    else { return nil }
    self.length = length
    self.keys = keys
    self.values = values
    edges = size.aligned(to: 8)
  }
}

/// The entries of a B-tree in their order. Remembers the way, so that reading on takes a step a child.
final class RustTreeChildren: SyntheticChildren {
  /// An entry: its node, its place there, and its index among all.
  typealias Make = (_ node: VirtualAddress, _ position: UInt64, _ index: Int) throws(Unavailability) -> SyntheticChild

  /// What a node has room for (liballoc's CAPACITY).
  private static let nodeCapacity: UInt64 = 11
  private static let entryLimit: UInt64 = 1 << 24

  private struct Level {
    let node: VirtualAddress
    let height: UInt64
    let length: UInt64
    var position: UInt64 = 0
  }

  private let count: UInt64
  private let layout: RustTreeLayout
  private let memory: any MemoryReader
  private let make: Make
  private var found: [(node: VirtualAddress, position: UInt64)] = []
  private var levels: [Level] = []
  /// What is to be gone into next: not read before it is needed.
  private var pending: (node: VirtualAddress, height: UInt64)?

  init(
    root: VirtualAddress, height: UInt64, count: UInt64, layout: RustTreeLayout, memory: any MemoryReader,
    make: @escaping Make
  ) {
    self.count = min(count, Self.entryLimit)
    self.layout = layout
    self.memory = memory
    self.make = make
    pending = (root, height)
  }

  func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }

  func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    while found.count <= index {
      guard try findNext() else { throw .reason("the tree has fewer entries than it states") }
    }
    let entry = found[index]
    return try make(entry.node, entry.position, index)
  }

  private func findNext() throws(Unavailability) -> Bool {
    while true {
      if let (node, height) = pending {
        pending = nil
        try descend(from: node, height: height)
      }
      guard var level = levels.popLast() else { return false }
      guard level.position < level.length else { continue }
      found.append((level.node, level.position))
      level.position += 1
      levels.append(level)
      if level.height > 0 { pending = (try edge(level.position, of: level.node), level.height - 1) }
      return true
    }
  }

  /// To the leaf that holds the least entry below a node.
  private func descend(from node: VirtualAddress, height: UInt64) throws(Unavailability) {
    var node = node
    for height in (0...height).reversed() {
      let length = try word(at: node + layout.length, size: 2)
      guard length <= Self.nodeCapacity else { throw .reason("a node of \(length) entries") }
      levels.append(Level(node: node, height: height, length: length))
      if height > 0 { node = try edge(0, of: node) }
    }
  }

  private func edge(_ index: UInt64, of node: VirtualAddress) throws(Unavailability) -> VirtualAddress {
    VirtualAddress(try word(at: node + layout.edges + 8 * index, size: 8))
  }

  private func word(at address: VirtualAddress, size: Int) throws(Unavailability) -> UInt64 {
    do throws(MemoryError) { return try memory.unsigned(address, size: size) } catch { throw .memory(error.address) }
  }
}
