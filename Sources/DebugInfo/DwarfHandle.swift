import CDw
import Elf

/// libelf and libdw over one file in memory, closed with it.
final class DwarfHandle {
  let elf: OpaquePointer
  let raw: OpaquePointer
  /// What a split unit is; nil for a whole file.
  let split: SplitUnit?
  private let alternate: DwarfHandle?

  /// What entries of a split unit count from, which libdw would look for in the other half.
  struct SplitUnit {
    let unit: SplitFiles.Composed
    /// nil: a type unit.
    let skeleton: Skeleton?
    var container: SplitContainer { unit.container }
  }

  /// nil where there is no DWARF at all (or libelf or libdw refuses it). Costs the section headers.
  init?(_ bytes: UnsafeRawBufferPointer, alternate: DwarfHandle? = nil, split: SplitUnit? = nil) {
    guard let elf = sdb_elf_open(bytes.baseAddress, bytes.count) else { return nil }
    guard let raw = sdb_dwarf_open(elf) else {
      sdb_elf_close(elf)
      return nil
    }
    self.elf = elf
    self.raw = raw
    self.split = split
    self.alternate = alternate
    if let alternate { dwarf_setalt(raw, alternate.raw) }
  }

  deinit {
    // What was left in the middle is left for good.
    guard damage == 0 else { return }
    sdb_dwarf_close(raw)
    sdb_elf_close(elf)
  }

  /// The signal that reading it has ended in; 0: none.
  var damage: Int32 { sdb_damage(UnsafeRawPointer(raw)) }

  /// Its units' own entries: of `.debug_info`, then of `.debug_types`; of a type unit the type's with it.
  var units: [(entry: Dwarf_Die, type: Dwarf_Die)] {
    if let places = split?.unit.typeEntries {
      var entry = Dwarf_Die()
      var type = Dwarf_Die()
      let isFound =
        sdb_offdie(raw, places.unit, true, &entry) != nil && sdb_offdie(raw, places.type, true, &type) != nil
      return isFound ? [(entry, type)] : []
    }
    var found: [(Dwarf_Die, Dwarf_Die)] = []
    var unit: OpaquePointer?
    while true {
      var next: OpaquePointer?
      var entry = Dwarf_Die()
      var type = Dwarf_Die()
      // Asked for the other half of a skeleton, libdw would look for its file.
      let result =
        split == nil
        ? sdb_get_units(raw, unit, &next, nil, nil, &entry, nil)
        : sdb_get_units(raw, unit, &next, nil, nil, &entry, &type)
      guard result == 0, let next else { return found }
      unit = next
      if entry.addr != nil { found.append((entry, type)) }
    }
  }
}
