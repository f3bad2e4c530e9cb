import CDw

/// What a program itself has of a unit whose entries are in another file (DWARF 5 §3.1.2, or DW_AT_GNU_dwo_name before):
/// where that is, and what its entries refer to. Addresses are the image's own.
struct Skeleton: Sendable {
  /// Among the program's skeletons.
  let number: Int
  /// Of the skeleton's own header, for messages.
  let offset: UInt64
  let version: Int
  /// By which the two halves know each other.
  let signature: UInt64
  /// The file as the compiler named it, and where it ran.
  let name: String
  let directory: String?
  /// DW_AT_low_pc: what lists of ranges count from.
  let baseAddress: UInt64
  /// In `.debug_addr`.
  let addressBase: UInt64
  /// In `.debug_ranges`; DWARF 4 only.
  let rangesBase: UInt64

  /// nil where the unit is a whole one.
  init?(_ unit: DIE, number: Int) {
    // Its own attributes only: libdw would look for the other half.
    func own(_ name: Int) -> Attribute? { unit.attribute(name, integrated: false) }
    guard let name = (own(DW_AT_dwo_name) ?? own(DW_AT_GNU_dwo_name))?.string else { return nil }
    self.number = number
    self.name = name
    offset = unit.offset &- unit.with { sdb_cuoffset($0) }
    version = unit.version
    signature = own(DW_AT_GNU_dwo_id)?.unsigned ?? sdb_unit_signature(unit.raw.cu)
    directory = own(DW_AT_comp_dir)?.string
    baseAddress = own(DW_AT_low_pc)?.address ?? 0
    addressBase = (own(DW_AT_addr_base) ?? own(DW_AT_GNU_addr_base))?.unsigned ?? 0
    rangesBase = own(DW_AT_GNU_ranges_base)?.unsigned ?? 0
  }
}
