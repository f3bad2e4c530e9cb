import CDw
import Elf

/// Which entry encloses which, in one unit: DWARF's entries know their children only.
/// Holds those with children, so a fraction of the unit.
struct ScopeTree {
  private struct Scope {
    let start: UInt64
    /// Past its last descendant.
    var end: UInt64
    let parent: Int32
  }
  /// By `start`, as a walk meets them.
  private var scopes: [Scope] = []

  init(_ unit: DIE) {
    var path: [(scope: Int32, next: Dwarf_Die)] = []
    var raw = unit.raw
    var parent: Int32 = -1
    // A walk without recursion: damaged data may nest without end.
    while true {
      var child = Dwarf_Die()
      let offset = sdb_dieoffset(&raw)
      if path.count < 256, sdb_child(&raw, &child) == 0 {
        scopes.append(Scope(start: offset, end: .max, parent: parent))
        path.append((parent, raw))
        parent = Int32(truncatingIfNeeded: scopes.count - 1)
        raw = child
        continue
      }
      var closed: [Int32] = []
      // The unit's own entry has no sibling to go to.
      while !path.isEmpty {
        if sdb_die_advance(&raw) == 0 {
          for scope in closed { scopes[Int(scope)].end = sdb_dieoffset(&raw) }
          break
        }
        closed.append(parent)
        (parent, raw) = path.removeLast()
      }
      if path.isEmpty { return }
    }
  }

  /// The offset of the entry that the one at `offset` is a child of.
  func parent(of offset: UInt64) -> UInt64? {
    var index = scopes.firstIndex(past: { $0.start >= offset }) - 1
    while index >= 0, scopes[index].end <= offset { index = Int(scopes[index].parent) }
    return index >= 0 ? scopes[index].start : nil
  }
}
