import Elf

extension Mutator {
  // MARK: Entries

  /// DWARF 5 §7.5.3: a code, a tag, whether there are children, then attributes and forms.
  mutating func damageAbbreviation() {
    let tables = sections(".debug_abbrev", ".debug_abbrev.dwo").filter { !$0.isCompressed }
    guard let section = random.element(of: tables) else { return }
    let range = bounds(section)
    enum Field { case code, tag, children, attribute, form }
    var fields: [(kind: Field, offset: Int, length: Int)] = []
    var at = range.lowerBound
    while at < range.upperBound, fields.count < 20_000 {
      guard let code = leb(at, end: range.upperBound) else { break }
      fields.append((.code, at, code.length))
      at += code.length
      guard code.value != 0, let tag = leb(at, end: range.upperBound) else { continue }
      fields.append((.tag, at, tag.length))
      fields.append((.children, at + tag.length, 1))
      at += tag.length + 1
      while let name = leb(at, end: range.upperBound), let form = leb(at + name.length, end: range.upperBound) {
        if name.value != 0 {
          fields.append((.attribute, at, name.length))
          fields.append((.form, at + name.length, form.length))
        }
        at += name.length + form.length
        if form.value == 0x21 { at += leb(at, end: range.upperBound)?.length ?? 1 }
        if name.value == 0, form.value == 0 { break }
      }
    }
    guard let field = random.element(of: fields) else { return }
    let value: UInt64 =
      switch field.kind {
      case .code: UInt64(random.below(200))
      case .tag: UInt64(random.below(0x4c))
      case .children: UInt64(random.below(3))
      case .attribute: UInt64(random.below(0x8d))
      // DW_FORM_GNU_ref_alt and its like need two bytes.
      case .form: field.length > 1 && random.oneIn(2) ? 0x1f01 + UInt64(random.below(0x21)) : UInt64(random.below(0x2d))
      }
    writeLEB(value, length: field.length, at: field.offset)
  }

  /// DWARF 5 §7.5.1.1: length, version, type, address size, abbreviations; then ids.
  mutating func damageUnitHeader() {
    let tables = sections(".debug_info", ".debug_types", ".debug_info.dwo", ".debug_types.dwo").filter {
      !$0.isCompressed
    }
    guard let section = random.element(of: tables) else { return }
    let range = bounds(section)
    var units: [Int] = []
    var at = range.lowerBound
    while at < range.upperBound - 12, let length = integer(at, size: 4), units.count < 1000 {
      units.append(at)
      at += Int(length) + 4
    }
    guard let unit = random.element(of: units),
      let (field, size) = random.element(of: [
        (0, 4), (4, 2), (6, 1), (7, 1), (8, 4), (10, 1), (12, 4), (12, 8), (20, 4),
      ])
    else { return }
    let value = field == 4 || size == 1 ? UInt64(random.below(12)) : interesting()
    write(value, size: size, at: unit + field)
  }

  /// In the midst of entries: references, lengths, strings, expressions.
  mutating func damageEntries() {
    let tables = sections(".debug_info", ".debug_types", ".debug_info.dwo", ".debug_types.dwo").filter {
      !$0.isCompressed
    }
    guard let section = random.element(of: tables) else { return }
    let range = bounds(section)
    let offset = range.lowerBound + random.below(range.count)
    switch random.below(5) {
    case 0: write(UInt64(random.below(range.count)), size: 4, at: offset)
    case 1: write([UInt8](repeating: 0xff, count: 9) + [1], at: offset)
    case 2:
      // A reference of another entry: rings come about.
      if let other = integer(range.lowerBound + random.below(range.count), size: 4) {
        write(other, size: 4, at: offset)
      }
    case 3:
      let operations: [UInt8] = [
        0x03, 0x06, 0x2f, 0x28, 0x91, 0x93, 0x96, 0x98, 0x99, 0x9a, 0x9c, 0x9e, 0xa3, 0xf2, 0xfd,
      ]
      write([random.element(of: operations) ?? 0, random.byte(), random.byte()], at: offset)
    default: write([random.byte()], at: offset)
    }
  }

  /// DWARF 5 §6.1.1.4 and `.gdb_index`: counts and offsets at the begin, then lists of offsets.
  mutating func damageNameTable() {
    let tables = sections(".debug_names", ".gdb_index").filter { !$0.isCompressed }
    guard let section = random.element(of: tables) else { return }
    let range = bounds(section)
    let word = random.below(random.oneIn(2) ? 12 : range.count / 4)
    switch random.below(4) {
    case 0: write(interesting(), size: 4, at: range.lowerBound + 4 * word)
    case 1: write(UInt64(random.below(range.count)), size: 4, at: range.lowerBound + 4 * word)
    case 2:
      // Lists that are shared, and that are in each other.
      if let other = integer(range.lowerBound + random.below(range.count), size: 4) {
        write(other, size: 4, at: range.lowerBound + 4 * word)
      }
    default: write([random.byte()], at: range.lowerBound + random.below(range.count))
    }
  }

  // MARK: Lines

  private mutating func lineTable() -> (start: Int, program: Int, end: Int)? {
    guard let section = random.element(of: sections(".debug_line", ".debug_line.dwo").filter({ !$0.isCompressed }))
    else { return nil }
    let range = bounds(section)
    var tables: [(Int, Int, Int)] = []
    var at = range.lowerBound
    while at < range.upperBound - 16, let length = integer(at, size: 4), tables.count < 1000,
      let version = integer(at + 4, size: 2)
    {
      let header = version >= 5 ? at + 12 : at + 10
      let program = header + Int(integer(header - 4, size: 4) ?? 0)
      tables.append((at, program, min(range.upperBound, at + 4 + Int(length))))
      at += Int(length) + 4
    }
    return random.element(of: tables)
  }

  /// DWARF 5 §6.2.4: from the length to the tables of folders and files.
  mutating func damageLineHeader() {
    guard let table = lineTable(), table.program > table.start else { return }
    let offset = table.start + random.below(random.oneIn(2) ? 32 : table.program - table.start)
    switch random.below(4) {
    case 0: write(interesting(), size: 4, at: offset)
    case 1: write([0], at: offset)
    case 2: write([0xff, 0xff, 0xff, 0xff, 0x0f], at: offset)
    default: write([random.byte()], at: offset)
    }
  }

  /// DWARF 5 §6.2.5.
  mutating func damageLineProgram() {
    guard let table = lineTable(), table.end > table.program else { return }
    let offset = table.program + random.below(table.end - table.program)
    let codes: [[UInt8]] = [
      [0, 1, 1], [0, 9, 2] + (0..<8).map { _ in random.byte() }, [0, 0xff, 4], [0, 0],
      [2, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [3, 0x80, 0x80, 0x80, 0x80, 0x78], [4, 0xff, 0x7f], [8], [9, 0xff, 0xff], [0xff], [0, 5, 3, 0x41, 0, 1, 1],
      [0, 0x80, 0x80, 0x80, 0x10, 2],
    ]
    write(random.element(of: codes) ?? [], at: offset)
  }

  // MARK: Call frames

  /// DWARF 5 §6.4.1: CIEs and FDEs, and their instructions.
  mutating func damageCallFrames() {
    guard let section = random.element(of: sections(".eh_frame", ".debug_frame").filter({ !$0.isCompressed })) else {
      return
    }
    let range = bounds(section)
    var entries: [(start: Int, end: Int)] = []
    var at = range.lowerBound
    while at < range.upperBound - 8, let length = integer(at, size: 4), length > 0, entries.count < 10_000 {
      entries.append((at, min(range.upperBound, at + 4 + Int(length))))
      at += Int(length) + 4
    }
    guard let entry = random.element(of: entries) else { return }
    let offset = entry.start + random.below(entry.end - entry.start)
    switch random.below(4) {
    case 0:
      let header = entry.start + 4 * random.below(4)
      write(interesting(), size: 4, at: header)
    case 1:
      let codes: [UInt8] = [
        0x00, 0x01, 0x02, 0x03, 0x05, 0x07, 0x0a, 0x0b, 0x0c, 0x0f, 0x10, 0x12, 0x14, 0x16, 0x2e, 0x41, 0x80, 0xc0,
      ]
      write([random.element(of: codes) ?? 0, random.byte()], at: offset)
    case 2: write([0x0f, 0x04, 0x2f, 0xfd, 0xff, 0x96], at: offset)
    default: write([random.byte()], at: offset)
    }
  }
}
