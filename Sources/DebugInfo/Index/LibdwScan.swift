import CDw
import Elf
import Glibc

/// Reads the names of units by libdw: of those alone that take more than one file to read, or a format that `UnitScan` does not
/// know. Slower by far. Belongs to one worker.
struct LibdwScan {
  private let dwarf: DwarfFile
  /// By where their own entries stand.
  private let units: [Place: DwarfFile.UnitStub]

  private struct Place: Hashable {
    let offset: UInt64
    let isInTypesSection: Bool
  }

  init(_ dwarf: DwarfFile) {
    self.dwarf = dwarf
    let places = dwarf.stubs.map { stub in
      let entry = DIE(dwarf, stub.entry)
      return (Place(offset: entry.offset, isInTypesSection: entry.id.file & 1 != 0), stub)
    }
    units = Dictionary(places, uniquingKeysWith: { first, _ in first })
  }

  /// Those of a unit of the file itself; of a split one, those of its other half.
  func records(of unit: UnitHeader) -> [NameIndex.Record] {
    guard let stub = units[Place(offset: unit.entry, isInTypesSection: unit.isInTypesSection)] else { return [] }
    return records(of: dwarf.unit(of: stub))
  }

  /// Those of units of other files that no unit of this one stands for: what dwz moved, and types beside split units.
  func otherRecords() -> [NameIndex.Record] {
    dwarf.units().dropFirst(dwarf.stubs.count).flatMap(records)
  }

  private func records(of entry: DIE) -> [NameIndex.Record] {
    var walk = Walk(file: entry.id.file)
    walk.run(entry)
    return walk.records
  }

  /// Goes through a unit with libdw's own entries: no object for each of the many that are of no interest.
  private struct Walk {
    let file: Int
    var records: [NameIndex.Record] = []

    init(file: Int) { self.file = file }

    mutating func run(_ unit: DIE) {
      var die = unit.raw
      var depth: Int32 = 0
      var enters = true
      // For each level that the walk is in.
      var isInFunction = [false]
      while sdb_die_next(&die, enters, &depth) == 0 {
        isInFunction.removeLast(max(0, isInFunction.count - Int(depth)))
        let isInside = isInFunction.last ?? false
        let summary = sdb_die_summary(&die)
        add(summary, isInFunction: isInside)
        let below =
          summary.has_children ? Self.entersFunction(Int(summary.tag), isInFunction: isInside) : nil
        enters = below != nil
        if let below { isInFunction.append(below) }
      }
    }

    /// nil: nothing of interest is below.
    private static func entersFunction(_ tag: Int, isInFunction: Bool) -> Bool? {
      switch tag {
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine, DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block:
        true
      case DW_TAG_namespace, DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type,
        DW_TAG_module, DW_TAG_interface_type:
        isInFunction
      default: nil
      }
    }

    private mutating func add(_ entry: sdb_summary, isInFunction: Bool) {
      guard entry.name.bytes != nil else { return }
      let name = entry.name.raw
      switch Int(entry.tag) {
      case DW_TAG_subprogram where entry.has_code:
        add(.function, baseNameHash(name), entry)
        // What a mangled name stands for is found by the name within it.
        let linkage = entry.linkage_name.raw
        if entry.linkage_name.bytes != nil, !linkage.starts(with: "_Z".utf8) { add(.linkage, nameHash(linkage), entry) }
      case DW_TAG_inlined_subroutine where entry.has_code: add(.inlined, baseNameHash(name), entry)
      // One that is optimised out is still known; a constant of a class is declared only, with its value.
      case DW_TAG_variable where !isInFunction && (entry.has_location || !entry.is_declaration):
        add(.global, baseNameHash(name), entry)
      case DW_TAG_namespace, DW_TAG_module: add(.namespace, baseNameHash(name), entry)
      case DW_TAG_enumerator where !isInFunction: add(.enumerator, nameHash(name), entry)
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type, DW_TAG_typedef,
        DW_TAG_base_type, DW_TAG_unspecified_type, DW_TAG_interface_type:
        if !isInFunction, !entry.is_declaration { add(.type, baseNameHash(name), entry) }
      default: break
      }
    }

    private mutating func add(_ kind: NameIndex.Kind, _ hash: UInt32, _ entry: sdb_summary) {
      records.append(NameIndex.Record(offset: entry.offset, hash: hash, file: file, kind: kind))
    }

    private func baseNameHash(_ name: UnsafeRawBufferPointer) -> UInt32 {
      guard name.last == UInt8(ascii: ">") else { return nameHash(name) }
      return nameHash(UnsafeRawBufferPointer(rebasing: baseName(name)))
    }
  }
}
