import CDw

/// The header of a unit in a `.dwo` file, as far as it tells units apart (DWARF 5 §7.5.1; DWARF 4 §7.5.1).
struct SplitUnitHeader {
  /// Of the whole unit, in its section.
  let range: Range<Int>
  let isType: Bool
  /// A type's signature, or a compilation unit's identification; nil where that is an attribute (DWARF 4).
  let signature: UInt64?
  /// Of a type unit before DWARF 5: where its own entry and the type's are, from the unit's begin.
  let typeEntries: (unit: UInt64, type: UInt64)?

  /// All units of a section, up to the first that is damaged.
  static func all(in section: UnsafeRawBufferPointer, isTypesSection: Bool) -> [SplitUnitHeader] {
    var found: [SplitUnitHeader] = []
    var offset = 0
    while let header = SplitUnitHeader(section, at: offset, isTypesSection: isTypesSection) {
      found.append(header)
      offset = header.range.upperBound
    }
    return found
  }

  private init?(_ section: UnsafeRawBufferPointer, at offset: Int, isTypesSection: Bool) {
    func load<Value: FixedWidthInteger & BitwiseCopyable>(_ at: Int, as: Value.Type) -> Value? {
      guard at >= 0, at <= section.count - MemoryLayout<Value>.size else { return nil }
      return section.loadUnaligned(fromByteOffset: at, as: Value.self)
    }
    guard let short = load(offset, as: UInt32.self) else { return nil }
    // DWARF 5 §7.4: the escape of the 64-bit format.
    let isLong = short == 0xffff_ffff
    let start = offset + (isLong ? 12 : 4)
    guard let length = isLong ? load(offset + 4, as: UInt64.self) : UInt64(short), let length = Int(exactly: length),
      length > 0, length <= section.count - start, let version = load(start, as: UInt16.self)
    else { return nil }
    let offsetSize = isLong ? 8 : 4
    range = offset..<(start + length)
    if version >= 5 {
      let type = load(start + 2, as: UInt8.self).map { Int($0) }
      isType = type == DW_UT_split_type || type == DW_UT_type
      signature = load(start + 4 + offsetSize, as: UInt64.self)
      typeEntries = nil
    } else {
      isType = isTypesSection
      signature = isType ? load(start + 3 + offsetSize, as: UInt64.self) : nil
      let place = start + 11 + offsetSize
      let type = isLong ? load(place, as: UInt64.self) : load(place, as: UInt32.self).map { UInt64($0) }
      typeEntries = isType ? type.map { (UInt64(place + offsetSize - offset), $0) } : nil
    }
  }
}
