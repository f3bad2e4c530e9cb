import Elf

/// The index of a DWARF package file: which parts of its sections belong to a unit (DWARF 5 §7.3.5.3). Version 2 is what
/// GNU's tools and LLVM's write for DWARF 4, with other numbers for the sections.
struct PackageIndex: Sendable {
  private let bytes: [UInt8]
  private let version: Int
  private let columns: Int
  private let slots: Int
  /// Rows, one a unit.
  let count: Int

  private static let headerSize = 16

  /// nil where the section is damaged.
  init?(_ section: UnsafeRawBufferPointer) {
    bytes = Array(section)
    guard bytes.count >= Self.headerSize else { return nil }
    // Version 5 has a number of two bytes, and padding; version 2 one of four.
    let word = Self.word(bytes, 0)
    version = Int(word & 0xffff)
    columns = Int(Self.word(bytes, 4))
    count = Int(Self.word(bytes, 8))
    slots = Int(Self.word(bytes, 12))
    guard version == 5 || word == 2, columns <= 16, count <= slots, slots < 1 << 28, slots & (slots - 1) == 0,
      Self.headerSize + slots * 12 + columns * 4 * (1 + 2 * count) <= bytes.count
    else { return nil }
  }

  /// The row (from 0) of a unit's signature; nil where it is not in the package.
  func row(of signature: UInt64) -> Int? {
    guard slots > 0 else { return nil }
    let mask = UInt64(slots - 1)
    var slot = signature & mask
    let step = (signature >> 32) & mask | 1
    for _ in 0..<slots {
      let row = Int(word(Self.headerSize + slots * 8 + Int(slot) * 4))
      if row == 0 { return nil }
      if self.signature(inSlot: Int(slot)) == signature { return row <= count ? row - 1 : nil }
      slot = (slot &+ step) & mask
    }
    return nil
  }

  /// The parts of a row, by the names of their sections, as offsets in them.
  func parts(ofRow row: Int) -> [(section: String, range: Range<Int>)] {
    guard (0..<count).contains(row) else { return [] }
    let header = Self.headerSize + slots * 12
    let offsets = header + columns * 4 * (1 + row)
    let sizes = offsets + columns * 4 * count
    return (0..<columns).compactMap { column in
      guard let name = Self.sectionName(Int(word(header + column * 4)), version: version) else { return nil }
      let start = Int(word(offsets + column * 4))
      return (name, start..<(start + Int(word(sizes + column * 4))))
    }
  }

  /// DW_SECT_* (DWARF 5 table 7.1; version 2: the GNU extension).
  private static func sectionName(_ code: Int, version: Int) -> String? {
    switch (code, version) {
    case (1, _): ".debug_info.dwo"
    case (2, 2): ".debug_types.dwo"
    case (3, _): ".debug_abbrev.dwo"
    case (4, _): ".debug_line.dwo"
    case (5, 2): ".debug_loc.dwo"
    case (5, _): ".debug_loclists.dwo"
    case (6, _): ".debug_str_offsets.dwo"
    case (8, 5): ".debug_rnglists.dwo"
    default: nil
    }
  }

  private func signature(inSlot slot: Int) -> UInt64 {
    let at = Self.headerSize + slot * 8
    return UInt64(word(at)) | UInt64(word(at + 4)) << 32
  }

  private func word(_ offset: Int) -> UInt32 { Self.word(bytes, offset) }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
  }
}
