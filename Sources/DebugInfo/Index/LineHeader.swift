import CDw
import Elf

/// The names of the source files that a line table is about, from its header alone (DWARF 5 §6.2.4): no line is decoded.
enum LineHeader {
  /// Calls `visit` with the last part of each file's name. Stops where the header is damaged.
  static func forEachFile(
    at offset: UInt64, of unit: UnitHeader, _ sections: DwarfSections, _ visit: (UnsafeRawBufferPointer) -> Void
  ) {
    guard var cursor = ByteCursor(sections.lines, at: offset) else { return }
    let isWide = cursor.read(UInt32.self) == 0xffff_ffff
    if isWide { cursor.skip(8) }
    let version = Int(cursor.read(UInt16.self))
    guard (2...5).contains(version) else { return }
    if version == 5 { cursor.skip(2) }
    cursor.skip(isWide ? 8 : 4)
    // minimum_instruction_length, maximum_operations_per_instruction (from version 4 on), default_is_stmt, line_base,
    // line_range.
    cursor.skip(version >= 4 ? 5 : 4)
    cursor.skip(max(0, Int(cursor.read(UInt8.self)) - 1))
    let encoding = UnitEncoding(
      version: version, offsetSize: isWide ? 8 : 4, addressSize: unit.encoding.addressSize)
    // Offsets are read as the unit's are.
    guard encoding.offsetSize == unit.encoding.offsetSize else { return }
    if version == 5 {
      forEachEntry(&cursor, encoding, unit, sections) { _ in }
      forEachEntry(&cursor, encoding, unit, sections) { visit(lastPart($0)) }
    } else {
      while !cursor.isDamaged, !cursor.string().isEmpty {}
      while !cursor.isDamaged {
        let name = cursor.string()
        if name.isEmpty { return }
        visit(lastPart(name))
        for _ in 0..<3 { cursor.skipLEB() }
      }
    }
  }

  /// The directories or the files of version 5: what each entry has, then the entries.
  private static func forEachEntry(
    _ cursor: inout ByteCursor, _ encoding: UnitEncoding, _ unit: UnitHeader, _ sections: DwarfSections,
    _ visit: (UnsafeRawBufferPointer) -> Void
  ) {
    let formats = (0..<cursor.read(UInt8.self)).map { _ in
      (content: Int(truncatingIfNeeded: cursor.leb()), form: Int(truncatingIfNeeded: cursor.leb()))
    }
    let count = cursor.leb()
    var index: UInt64 = 0
    // An entry of no bytes could be claimed any number of times.
    while !formats.isEmpty, index < min(count, UInt64(sections.lines.count)), !cursor.isDamaged {
      index += 1
      for (content, form) in formats {
        let place = cursor.position
        cursor.skip(AttributeForm(code: form).extent(in: encoding), encoding)
        guard content == DW_LNCT_path, !cursor.isDamaged else { continue }
        if form == DW_FORM_string {
          var text = ByteCursor(from: place, to: cursor.position)
          visit(text.string())
        } else if let name = StringPlace(place, form: form, header: unit, base: 0, sections) {
          visit(name.bytes)
        }
      }
    }
  }

  /// What stands behind the last slash.
  static func lastPart(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return UnsafeRawBufferPointer(rebasing: path[(slash + 1)...])
  }
}
