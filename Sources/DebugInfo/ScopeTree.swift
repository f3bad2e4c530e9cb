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
    var raw = unit.raw
    var depth: Int32 = 0
    // Those that the walk is in: as many as it is deep.
    var open = [0]
    scopes.append(Scope(start: sdb_dieoffset(&raw), end: .max, parent: -1))
    while sdb_die_next(&raw, true, &depth) == 0 {
      let offset = sdb_dieoffset(&raw)
      while open.count > depth, let closed = open.popLast() { scopes[closed].end = offset }
      guard sdb_haschildren(&raw) == 1 else { continue }
      scopes.append(Scope(start: offset, end: .max, parent: Int32(truncatingIfNeeded: open.last ?? -1)))
      open.append(scopes.count - 1)
    }
  }

  /// The offset of the entry that the one at `offset` is a child of.
  func parent(of offset: UInt64) -> UInt64? {
    var index = scopes.firstIndex(past: { $0.start >= offset }) - 1
    while index >= 0, scopes[index].end <= offset { index = Int(scopes[index].parent) }
    return index >= 0 ? scopes[index].start : nil
  }
}
