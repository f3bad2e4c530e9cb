import CDw
import Elf

/// libelf and libdw over one file. Not safe to share between threads: each worker opens its own over the same
/// mapping, so that only the tables of libdw multiply, and no page of the file.
final class DwarfFile {
  /// Without compressed sections.
  let mapping: FileMapping
  /// The image it describes, for the entries' ids.
  let image: Int
  let elf: OpaquePointer
  let handle: OpaquePointer
  /// The file that dwz moved common entries to. libdw reads through it; it is ours to close.
  private let alternate: DwarfFile?
  /// Handles besides `handle` that entries come from (the alternate file, then split ones in the order of their units, so
  /// that every handle on this file counts alike), as `EntryID.file` counts them.
  private var others: [OpaquePointer] = []
  /// By the unit that each stands for.
  private var skeletons: [OpaquePointer: Dwarf_Die] = [:]
  private var scopeTrees: [UInt64: ScopeTree] = [:]

  /// nil where the file has no DWARF at all (or libelf or libdw refuses it).
  /// Costs the section headers.
  /// - Parameter mapping: `decompressed()`: libelf would write into what others read.
  init?(_ mapping: FileMapping, image: Int, alternate: DwarfFile? = nil) {
    guard let elf = sdb_elf_open(mapping.bytes.baseAddress, mapping.bytes.count) else { return nil }
    guard let handle = sdb_dwarf_open(elf) else {
      sdb_elf_close(elf)
      return nil
    }
    self.mapping = mapping
    self.image = image
    self.elf = elf
    self.handle = handle
    self.alternate = alternate
    if let alternate {
      dwarf_setalt(handle, alternate.handle)
      others = [alternate.handle]
    }
  }

  deinit {
    // What was left in the middle is left for good.
    guard damage == 0 else { return }
    sdb_dwarf_close(handle)
    sdb_elf_close(elf)
  }

  /// The signal that reading it has ended in, so that nothing more comes out of it; 0: none.
  var damage: Int32 {
    guard sdb_damage_count() > 0 else { return 0 }
    return ([handle] + others).lazy.map { sdb_damage(UnsafeRawPointer($0)) }.first { $0 != 0 } ?? 0
  }

  // MARK: Entries

  /// The entry of an id of this file's image; nil where the offset is no entry's.
  func entry(_ id: EntryID) -> DIE? {
    let (which, kind) = id.file.quotientAndRemainder(dividingBy: 2)
    if which > others.count { _ = units() }
    guard which == 0 || others.indices.contains(which - 1) else { return nil }
    let from = which == 0 ? handle : others[which - 1]
    var raw = Dwarf_Die()
    guard sdb_offdie(from, id.offset, kind == 1, &raw) != nil else {
      return nil
    }
    return DIE(self, raw)
  }

  /// The entry at an offset of this file's own `.debug_info`.
  func entry(at offset: UInt64) -> DIE? { entry(EntryID(image: image, file: 0, offset: offset)) }

  /// `EntryID.file`: twice the handle's number, plus one for `.debug_types`.
  func number(of raw: Dwarf_Die) -> Int {
    var raw = raw
    let inTypes = Int(sdb_die_in_types_section(&raw))
    guard let from = dwarf_cu_getdwarf(raw.cu), from != handle else { return inTypes }
    if !others.contains(from) { _ = units() }
    return ((others.firstIndex(of: from) ?? -1) + 1) * 2 + inTypes
  }

  /// The unit entries of `.debug_info`, in its order (types units of `.debug_types` are reached by signature).
  /// For a split unit the skeleton's place is taken by the full one, where its file is found.
  func units() -> [DIE] {
    var found: [DIE] = []
    var unit: OpaquePointer?
    while true {
      var next: OpaquePointer?
      var version: Dwarf_Half = 0
      var type: UInt8 = 0
      var entry = Dwarf_Die()
      var sub = Dwarf_Die()
      guard sdb_get_units(handle, unit, &next, &version, &type, &entry, &sub) == 0, let next else { return found }
      unit = next
      let isSkeleton = Int(type) == DW_UT_skeleton && sub.addr != nil
      if isSkeleton, let split = dwarf_cu_getdwarf(sub.cu), !others.contains(split) { others.append(split) }
      if isSkeleton { skeletons[sub.cu] = entry }
      if entry.addr != nil { found.append(DIE(self, isSkeleton ? sub : entry)) }
    }
  }

  /// What the program itself has of a split unit: its addresses, lines and bases (DWARF 5 §3.1.2). nil for others.
  func skeleton(of unit: DIE) -> DIE? { skeletons[unit.raw.cu].map { DIE(self, $0) } }

  /// The entry that `die` is a child of; nil for a unit's. The first question about a unit walks it once.
  func parent(of die: DIE) -> DIE? {
    let unit = die.unit
    let key = unit.id.offset &+ UInt64(truncatingIfNeeded: unit.id.file) << 56
    let tree = scopeTrees[key] ?? ScopeTree(unit)
    scopeTrees[key] = tree
    return tree.parent(of: die.offset).flatMap { entry(EntryID(image: image, file: unit.id.file, offset: $0)) }
  }
}
