import CDw
import Elf

extension Attribute {
  /// Of an attribute that refers to a list of ranges or locations, in a split unit: where the list begins in its section
  /// of that unit, and the address that it counts from. libdw would look for both in the other half. nil elsewhere.
  var splitList: (position: Int, base: UInt64)? {
    guard let split = file.split(of: raw.cu), let skeleton = split.skeleton, let value = listNumber else { return nil }
    var position = value
    if form == DW_FORM_loclistx || form == DW_FORM_rnglistx {
      let table = form == DW_FORM_loclistx ? split.unit.locationLists : split.unit.rangeLists
      guard let found = Self.listOffset(value, in: table) else { return nil }
      position = found
    } else if raw.code == UInt32(DW_AT_ranges), skeleton.version < 5 {
      position = position &+ UInt64(SplitFiles.rangesPadding)
    }
    // 0 and 1 mean something else to libdw; no list begins there but one that is damaged, or GNU's first location list,
    // whose entries have whole addresses.
    return Int(exactly: position).flatMap { $0 > 1 ? ($0, skeleton.baseAddress) : nil }
  }

  /// A list's number or offset.
  private var listNumber: UInt64? {
    switch form {
    case DW_FORM_sec_offset, DW_FORM_data4, DW_FORM_data8: return unsigned
    case DW_FORM_loclistx, DW_FORM_rnglistx:
      // ULEB128 (DWARF 5 §7.6), which libdw has seen to lie within the unit.
      guard let bytes = raw.valp else { return nil }
      var cursor = ByteCursor(from: bytes, to: bytes + 9)
      let value = cursor.leb()
      return cursor.isDamaged ? nil : value
    default: return nil
    }
  }

  /// Entry `index` of the table of offsets that a contribution begins with (DWARF 5 §7.28, §7.29).
  private static func listOffset(_ index: UInt64, in table: UnsafeRawBufferPointer) -> UInt64? {
    guard table.count >= 12 else { return nil }
    let isLong = table.loadUnaligned(as: UInt32.self) == 0xffff_ffff
    let base = isLong ? 20 : 12
    let size = isLong ? 8 : 4
    guard table.count >= base, let index = Int(exactly: index), index < (table.count - base) / size else { return nil }
    let at = base + index * size
    let offset =
      isLong
      ? table.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      : UInt64(table.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    return UInt64(base) &+ offset
  }
}
