import CDw

/// The attributes of a unit's own entry that say where its code, lines and strings are (DWARF 5 §3.1.1).
struct UnitAttributes {
  let header: UnitHeader
  let tag: Int
  private(set) var name: StringPlace?
  private(set) var lowPC: UInt64?
  /// Of the line table, in `.debug_line`.
  private(set) var lines: UInt64?
  private(set) var stringOffsetsBase: UInt64
  /// The unit's code and entries are told by another file (DWARF 5 §3.1.3; GNU's form of it in DWARF 4).
  private(set) var isSkeleton: Bool
  private var highPC: (value: UInt64, isLength: Bool)?
  private var ranges: (value: UInt64, isIndex: Bool)?
  private var addressBase: UInt64 = 0
  private var rangeListsBase: UInt64 = 0

  /// nil where the entry is damaged, or of a format that is unknown here.
  init?(_ header: UnitHeader, _ sections: DwarfSections) {
    let section = sections.section(ofTypes: header.isInTypesSection)
    guard header.isSupported, var cursor = ByteCursor(section, at: header.entry),
      var abbreviation = Self.abbreviation(cursor.leb(), header, sections)
    else { return nil }
    self.header = header
    // Past the table's own header, where the attribute is missing (DWARF 5 §7.26).
    stringOffsetsBase = header.encoding.version < 5 ? 0 : header.encoding.offsetSize == 8 ? 16 : 8
    isSkeleton = header.type == DW_UT_skeleton
    tag = Int(truncatingIfNeeded: abbreviation.leb())
    abbreviation.skip(1)
    var values: [(attribute: Int, form: Int, place: UnsafeRawPointer)] = []
    while values.count < 256 {
      let attribute = Int(truncatingIfNeeded: abbreviation.leb())
      let form = Int(truncatingIfNeeded: abbreviation.leb())
      if form == DW_FORM_implicit_const { abbreviation.skipLEB() }
      if attribute == 0 && form == 0 { break }
      values.append((attribute, form, cursor.position))
      cursor.skip(AttributeForm(code: form).extent(in: header.encoding), header.encoding)
      guard !cursor.isDamaged, !abbreviation.isDamaged else { return nil }
    }
    // The bases come first: the other values are told by them.
    for value in values { takeBase(value.attribute, number(value.form, at: value.place)) }
    for value in values { take(value.attribute, form: value.form, at: value.place, sections) }
  }

  /// The cursor behind the code of one abbreviation of the unit's table. Compilers write the unit's own first.
  private static func abbreviation(_ wanted: UInt64, _ header: UnitHeader, _ sections: DwarfSections) -> ByteCursor? {
    guard wanted != 0, var cursor = ByteCursor(sections.abbreviations, at: header.abbreviations) else { return nil }
    while !cursor.isDamaged {
      let code = cursor.leb()
      if code == wanted { return cursor }
      if code == 0 { return nil }
      cursor.skipLEB()
      cursor.skip(1)
      cursor.skipAttributeList()
    }
    return nil
  }

  private mutating func takeBase(_ attribute: Int, _ value: UInt64?) {
    guard let value else { return }
    switch attribute {
    case DW_AT_str_offsets_base: stringOffsetsBase = value
    case DW_AT_addr_base: addressBase = value
    case DW_AT_rnglists_base: rangeListsBase = value
    default: break
    }
  }

  private mutating func take(_ attribute: Int, form: Int, at place: UnsafeRawPointer, _ sections: DwarfSections) {
    switch attribute {
    case DW_AT_name:
      name = StringPlace(place, form: form, header: header, base: stringOffsetsBase, sections)
    case DW_AT_stmt_list: lines = number(form, at: place)
    case DW_AT_low_pc: lowPC = address(form, at: place, sections)
    case DW_AT_high_pc:
      let isAddress = [DW_FORM_addr, DW_FORM_addrx, DW_FORM_addrx1, DW_FORM_addrx2, DW_FORM_addrx3, DW_FORM_addrx4]
        .contains(form)
      highPC = (isAddress ? address(form, at: place, sections) : number(form, at: place)).map { ($0, !isAddress) }
    case DW_AT_ranges: ranges = number(form, at: place).map { ($0, form == DW_FORM_rnglistx) }
    case DW_AT_dwo_name, DW_AT_GNU_dwo_name: isSkeleton = true
    default: break
    }
  }

  /// A constant's or an offset's value; nil for other forms. Its bytes have been passed already.
  private func number(_ form: Int, at place: UnsafeRawPointer) -> UInt64? {
    switch form {
    case DW_FORM_data1: return UInt64(place.load(as: UInt8.self))
    case DW_FORM_data2: return UInt64(place.loadUnaligned(as: UInt16.self))
    case DW_FORM_data4: return UInt64(place.loadUnaligned(as: UInt32.self))
    case DW_FORM_data8: return place.loadUnaligned(as: UInt64.self)
    case DW_FORM_sec_offset:
      return header.encoding.offsetSize == 8
        ? place.loadUnaligned(as: UInt64.self) : UInt64(place.loadUnaligned(as: UInt32.self))
    case DW_FORM_udata, DW_FORM_rnglistx:
      var cursor = ByteCursor(from: place, to: place + 10)
      return cursor.leb()
    default: return nil
    }
  }

  private func address(_ form: Int, at place: UnsafeRawPointer, _ sections: DwarfSections) -> UInt64? {
    var cursor = ByteCursor(from: place, to: place + 10)
    switch form {
    case DW_FORM_addr: return cursor.read(UInt64.self)
    case DW_FORM_addrx: return address(cursor.leb(), sections)
    case DW_FORM_addrx1: return address(cursor.unsigned(size: 1), sections)
    case DW_FORM_addrx2: return address(cursor.unsigned(size: 2), sections)
    case DW_FORM_addrx3: return address(cursor.unsigned(size: 3), sections)
    case DW_FORM_addrx4: return address(cursor.unsigned(size: 4), sections)
    default: return nil
    }
  }

  /// An entry of `.debug_addr`.
  private func address(_ index: UInt64, _ sections: DwarfSections) -> UInt64? {
    let (distance, overflow) = index.multipliedReportingOverflow(by: 8)
    guard !overflow, var cursor = ByteCursor(sections.addresses, at: addressBase &+ distance) else { return nil }
    let value = cursor.read(UInt64.self)
    return cursor.isDamaged ? nil : value
  }

  // MARK: Code

  /// A list may claim to go on through all of the section.
  private static let mostRanges = 1 << 22

  /// The image addresses that the unit has code at, as it states them: without what the linker dropped (it leaves such code at
  /// address 0, where no image has any).
  func code(_ sections: DwarfSections, _ visit: (Range<UInt64>) -> Void) {
    func add(_ start: UInt64, _ end: UInt64) { if start != 0, start < end { visit(start..<end) } }
    guard let ranges else {
      guard let lowPC, let highPC else { return }
      return add(lowPC, highPC.isLength ? lowPC &+ highPC.value : highPC.value)
    }
    if header.encoding.version < 5 {
      rangePairs(at: ranges.value, sections, add)
    } else {
      var offset = ranges.value
      if ranges.isIndex {
        let size = header.encoding.offsetSize
        guard var entry = ByteCursor(sections.rangeLists, at: rangeListsBase &+ offset &* UInt64(size)) else { return }
        offset = rangeListsBase &+ entry.unsigned(size: size)
      }
      rangeList(at: offset, sections, add)
    }
  }

  /// `.debug_ranges` (DWARF 4 §2.17.3).
  private func rangePairs(at offset: UInt64, _ sections: DwarfSections, _ add: (UInt64, UInt64) -> Void) {
    guard var cursor = ByteCursor(sections.ranges, at: offset) else { return }
    var base = lowPC ?? 0
    for _ in 0..<Self.mostRanges {
      let (start, end) = (cursor.read(UInt64.self), cursor.read(UInt64.self))
      if cursor.isDamaged || (start == 0 && end == 0) { return }
      if start == .max {
        base = end
      } else {
        add(base &+ start, base &+ end)
      }
    }
  }

  /// `.debug_rnglists` (DWARF 5 §7.25).
  private func rangeList(at offset: UInt64, _ sections: DwarfSections, _ add: (UInt64, UInt64) -> Void) {
    guard var cursor = ByteCursor(sections.rangeLists, at: offset) else { return }
    var base = lowPC ?? 0
    for _ in 0..<Self.mostRanges {
      let kind = Int(cursor.read(UInt8.self))
      if cursor.isDamaged { return }
      switch kind {
      case DW_RLE_base_addressx: base = address(cursor.leb(), sections) ?? 0
      case DW_RLE_base_address: base = cursor.read()
      case DW_RLE_offset_pair:
        let (start, end) = (cursor.leb(), cursor.leb())
        add(base &+ start, base &+ end)
      case DW_RLE_start_end:
        let (start, end): (UInt64, UInt64) = (cursor.read(), cursor.read())
        add(start, end)
      case DW_RLE_start_length:
        let start: UInt64 = cursor.read()
        add(start, start &+ cursor.leb())
      case DW_RLE_startx_endx:
        let (start, end) = (address(cursor.leb(), sections), address(cursor.leb(), sections))
        add(start ?? 0, end ?? 0)
      case DW_RLE_startx_length:
        let (start, length) = (address(cursor.leb(), sections) ?? 0, cursor.leb())
        add(start, start &+ length)
      default: return
      }
      if cursor.isDamaged { return }
    }
  }
}
