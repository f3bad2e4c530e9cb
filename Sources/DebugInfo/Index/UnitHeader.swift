import CDw

/// The header of a unit of `.debug_info` or `.debug_types` (DWARF 5 §7.5.1, DWARF 4 §7.5.1).
struct UnitHeader {
  /// Of the header, in its section.
  let offset: UInt64
  /// Past the unit.
  let end: UInt64
  /// Of the unit's own entry.
  let entry: UInt64
  let abbreviations: UInt64
  let encoding: UnitEncoding
  /// DW_UT_*; before DWARF 5, DW_UT_compile or DW_UT_type by the section.
  let type: Int
  let isInTypesSection: Bool
  /// A type's signature, or the identification that a skeleton and its split unit share; nil where there is none, or where that is an
  /// attribute (before DWARF 5).
  let signature: UInt64?
  /// Of the type's entry in a type unit, from the unit's begin.
  let typeEntry: UInt64?

  /// All units of a section, up to the first that is damaged. One of a version that is unknown here is answered, too.
  static func all(of section: UnsafeRawBufferPointer, isTypes: Bool) -> [UnitHeader] {
    var found: [UnitHeader] = []
    var offset: UInt64 = 0
    while let header = UnitHeader(section, at: offset, isTypes: isTypes) {
      found.append(header)
      offset = header.end
    }
    return found
  }

  private init?(_ section: UnsafeRawBufferPointer, at offset: UInt64, isTypes: Bool) {
    guard var cursor = ByteCursor(section, at: offset) else { return nil }
    var length = UInt64(cursor.read(UInt32.self))
    var offsetSize = 4
    // DWARF 5 §7.4: the escape of the 64-bit format.
    if length == 0xffff_ffff {
      length = cursor.read(UInt64.self)
      offsetSize = 8
    }
    guard !cursor.isDamaged, length >= 7, length <= UInt64(cursor.remaining) else { return nil }
    end = offset + UInt64(section.count) - offset - UInt64(cursor.remaining) + length
    let version = Int(cursor.read(UInt16.self))
    let addressSize: Int
    if version >= 5 {
      type = Int(cursor.read(UInt8.self))
      addressSize = Int(cursor.read(UInt8.self))
      abbreviations = cursor.unsigned(size: offsetSize)
    } else {
      abbreviations = cursor.unsigned(size: offsetSize)
      addressSize = Int(cursor.read(UInt8.self))
      type = isTypes ? DW_UT_type : DW_UT_compile
    }
    let isType = type == DW_UT_type || type == DW_UT_split_type
    signature = isType || type == DW_UT_skeleton || type == DW_UT_split_compile ? cursor.read(UInt64.self) : nil
    typeEntry = isType ? cursor.unsigned(size: offsetSize) : nil
    self.offset = offset
    entry = UInt64(section.count - cursor.remaining)
    encoding = UnitEncoding(version: version, offsetSize: offsetSize, addressSize: addressSize)
    isInTypesSection = isTypes
    guard !cursor.isDamaged, entry <= end else { return nil }
  }

  var isType: Bool { typeEntry != nil }

  /// True where this reader knows the format.
  var isSupported: Bool { (2...5).contains(encoding.version) && encoding.addressSize == 8 }
}
