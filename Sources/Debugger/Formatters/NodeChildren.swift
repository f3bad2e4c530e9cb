package import MachineModel

/// Children that are found one from another: of lists, trees and hash tables. Remembers the way, so that reading on
/// takes a step a child, and going back a few.
package final class NodeChildren: SyntheticChildren {
  /// From a node to the next one; nil at the end. Bounded in itself.
  package typealias Step = (VirtualAddress) throws(Unavailability) -> VirtualAddress?
  /// A node's child, by its index.
  package typealias Make = (VirtualAddress, Int) throws(Unavailability) -> SyntheticChild

  private static let checkpointDistance = 256
  /// Nodes that are walked at most: memory that leads in a circle would otherwise never end.
  private static let walkLimit = 1 << 24

  /// Nodes that are walked just to count them.
  private static let countLimit = 1024

  /// As the container itself states it; nil where only its last node tells.
  private let stated: UInt64?
  private let step: Step
  private let make: Make
  /// The nodes at every 256th index.
  private var checkpoints: [VirtualAddress]
  private var current: (index: Int, node: VirtualAddress)?
  /// The number of nodes, once the end was seen.
  private var end: Int?
  /// Brent's way of seeing a circle: a node that is waited for, moved on at each power of two.
  private var tortoise: (index: Int, node: VirtualAddress)?

  package init(first: VirtualAddress?, count: UInt64? = nil, step: @escaping Step, make: @escaping Make) {
    stated = count
    self.step = step
    self.make = make
    checkpoints = first.map { [$0] } ?? []
    current = first.map { (0, $0) }
    end = first == nil || count == 0 ? 0 : nil
  }

  package func count(upTo limit: Int) -> Int {
    if let end { return min(end, limit) }
    if let stated { return Int(min(stated, UInt64(max(0, limit)))) }
    var count = (checkpoints.count - 1) * Self.checkpointDistance
    let limit = min(limit, count + Self.countLimit)
    // What keeps a node from being found is said where it would stand.
    do throws(Unavailability) { while count < limit, try node(at: count) != nil { count += 1 } } catch { count += 1 }
    return count
  }

  package func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard let node = try node(at: index) else { return nil }
    return try make(node, index)
  }

  private func node(at index: Int) throws(Unavailability) -> VirtualAddress? {
    guard index >= 0, index < Self.walkLimit, index < end ?? .max else { return nil }
    if let stated, UInt64(index) >= stated { return nil }
    // From where it stands, or from the checkpoint that is nearer.
    let checkpoint = min(index / Self.checkpointDistance, checkpoints.count - 1)
    guard checkpoint >= 0 else { return nil }
    let reached = checkpoint * Self.checkpointDistance
    if current.map({ $0.index > index || $0.index < reached }) ?? true { current = (reached, checkpoints[checkpoint]) }
    while let (at, node) = current, at < index {
      guard let next = try step(node) else {
        end = at + 1
        return nil
      }
      try advance(to: next, at: at + 1)
    }
    return current?.node
  }

  private func advance(to node: VirtualAddress, at index: Int) throws(Unavailability) {
    if let tortoise, tortoise.index < index, tortoise.node == node { throw .reason("the nodes lead in a circle") }
    if index.nonzeroBitCount == 1, index > tortoise?.index ?? 0 { tortoise = (index, node) }
    if index % Self.checkpointDistance == 0, index / Self.checkpointDistance == checkpoints.count {
      checkpoints.append(node)
    }
    current = (index, node)
  }
}
