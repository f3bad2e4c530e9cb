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

/// Goes through a B-tree in its order; remembers the way, so that going on takes a step an entry.
struct RustTreeSearch: ElementSearch {
  /// Of an entry: its node, and its number there.
  typealias Place = (node: VirtualAddress, position: UInt64)

  /// What a node has room for (liballoc's CAPACITY).
  private static let nodeCapacity: UInt64 = 11

  private struct Level {
    let node: VirtualAddress
    let height: UInt64
    let length: UInt64
    var position: UInt64 = 0
  }

  private let layout: RustTreeLayout
  private let memory: any MemoryReader
  private var levels: [Level] = []
  /// What is to be gone into next: not read before it is needed.
  private var pending: (node: VirtualAddress, height: UInt64)?

  init(root: VirtualAddress, height: UInt64, layout: RustTreeLayout, memory: any MemoryReader) {
    self.layout = layout
    self.memory = memory
    pending = (root, height)
  }

  mutating func findNext(_ places: inout [Place]) throws(Unavailability) -> Bool {
    while true {
      if let (node, height) = pending {
        let way = try way(from: node, height: height)
        levels += way
        pending = nil
      }
      guard let level = levels.last else { return false }
      guard level.position < level.length else {
        levels.removeLast()
        continue
      }
      if level.height > 0 { pending = (try edge(level.position + 1, of: level.node), level.height - 1) }
      levels[levels.count - 1].position += 1
      places.append((level.node, level.position))
      return true
    }
  }

  /// To the leaf that holds the least entry below a node.
  private func way(from node: VirtualAddress, height: UInt64) throws(Unavailability) -> [Level] {
    var levels: [Level] = []
    var node = node
    for height in (0...height).reversed() {
      let length = try word(at: node + layout.length, size: 2)
      guard length <= Self.nodeCapacity else { throw .reason("a node of \(length) entries") }
      levels.append(Level(node: node, height: height, length: length))
      if height > 0 { node = try edge(0, of: node) }
    }
    return levels
  }

  private func edge(_ index: UInt64, of node: VirtualAddress) throws(Unavailability) -> VirtualAddress {
    VirtualAddress(try word(at: node + layout.edges + 8 * index, size: 8))
  }

  private func word(at address: VirtualAddress, size: Int) throws(Unavailability) -> UInt64 {
    do throws(MemoryError) { return try memory.unsigned(address, size: size) } catch { throw .memory(error.address) }
  }
}
