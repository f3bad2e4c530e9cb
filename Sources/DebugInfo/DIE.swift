import CDw

/// A debugging information entry (DWARF 5 §2). Keeps its file open. Attributes are looked up "integrated": those
/// of DW_AT_specification and DW_AT_abstract_origin count where the entry has none of its own.
struct DIE {
  let file: DwarfFile
  let raw: Dwarf_Die

  init(_ file: DwarfFile, _ raw: Dwarf_Die) {
    self.file = file
    var raw = raw
    // Looks the abbreviation up, once for all copies.
    _ = sdb_tag(&raw)
    self.raw = raw
  }

  /// DW_TAG_*; 0 where the entry is damaged.
  var tag: Int { with { Int(sdb_tag($0)) } }
  /// In its section.
  var offset: UInt64 { with { sdb_dieoffset($0) } }
  var id: EntryID { EntryID(image: file.image, file: file.number(of: raw), offset: offset) }

  /// The entry of the unit that it belongs to.
  var unit: DIE {
    var result = Dwarf_Die()
    guard with({ sdb_diecu($0, &result) }) != nil else { return self }
    return DIE(file, result)
  }
  var parent: DIE? { file.parent(of: self) }
  /// Of its unit.
  var language: SourceLanguage { SourceLanguage(dwarf: with { Int($0.pointee.cu == nil ? 0 : unitLanguage($0)) }) }
  /// DWARF's version, of its unit.
  var version: Int { Int(sdb_cu_version(raw.cu)) }

  // MARK: Family

  var hasChildren: Bool { with { sdb_haschildren($0) } == 1 }
  /// In their order; ends where the data is damaged.
  var children: Children { Children(parent: self) }

  struct Children: Sequence, IteratorProtocol {
    private let file: DwarfFile
    private var current: Dwarf_Die
    private var state: State
    private enum State { case first, further, ended }

    fileprivate init(parent: DIE) {
      file = parent.file
      current = parent.raw
      state = .first
    }
    mutating func next() -> DIE? {
      switch state {
      case .ended: return nil
      case .first:
        var child = Dwarf_Die()
        state = sdb_child(&current, &child) == 0 ? .further : .ended
        current = child
      case .further:
        if sdb_die_advance(&current) != 0 { state = .ended }
      }
      return state == .ended ? nil : DIE(file, current)
    }
  }

  enum Descent { case enter, skip, stop }

  /// Visits what is below this entry, outer before inner, without recursion; `visit` says whether to go into an
  /// entry's children, with its depth (0: a child).
  func forEachDescendant(_ visit: (DIE, Int) -> Descent) {
    var current = raw
    var depth: Int32 = 0
    var enters = true
    while sdb_die_next(&current, enters, &depth) == 0 {
      switch visit(DIE(file, current), Int(depth) - 1) {
      case .enter: enters = true
      case .skip: enters = false
      case .stop: return
      }
    }
  }

  // MARK: Attributes

  /// `integrated: false` leaves what it refers to out (DW_AT_declaration is never meant of the definition).
  func attribute(_ name: Int, integrated: Bool = true) -> Attribute? {
    var found = Dwarf_Attribute()
    let name = UInt32(truncatingIfNeeded: name)
    guard with({ sdb_attr($0, name, integrated, &found) }) != nil else {
      return nil
    }
    return Attribute(file: file, raw: found)
  }
  func has(_ name: Int, integrated: Bool = true) -> Bool { attribute(name, integrated: integrated) != nil }
  func string(_ name: Int) -> String? { attribute(name)?.string }
  func unsigned(_ name: Int) -> UInt64? { attribute(name)?.unsigned }
  func signed(_ name: Int) -> Int64? { attribute(name)?.signed }
  func flag(_ name: Int, integrated: Bool = true) -> Bool { attribute(name, integrated: integrated)?.flag ?? false }
  func address(_ name: Int) -> UInt64? { attribute(name)?.address }
  func block(_ name: Int) -> [UInt8]? { attribute(name)?.block }
  /// The entry that a reference attribute names, in whichever unit or file it is.
  func reference(_ name: Int) -> DIE? { attribute(name)?.reference }

  /// DW_AT_name, unqualified.
  var name: String? { string(DW_AT_name) }
  /// DW_AT_type's entry; nil: void.
  var type: DIE? { reference(DW_AT_type) }
  var isDeclaration: Bool { flag(DW_AT_declaration, integrated: false) }

  // MARK: Code

  /// The image addresses it covers, the entry's own first, as it states them (DW_AT_low_pc, DW_AT_ranges).
  var ranges: [Range<UInt64>] {
    var found: [Range<UInt64>] = []
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var at = 0
    if let list = attribute(DW_AT_ranges)?.splitList { (at, base) = list }
    while true {
      at = with { sdb_ranges($0, at, &base, &start, &end) }
      guard at > 0 else { return found }
      if start < end { found.append(start..<end) }
    }
  }
  /// DW_AT_entry_pc, else DW_AT_low_pc, else the first range's begin.
  var entryPC: UInt64? {
    var address: Dwarf_Addr = 0
    return with { sdb_entrypc($0, &address) } == 0 ? address : ranges.first?.lowerBound
  }

  /// libdw takes pointers that it may write its abbreviation cache through.
  func with<Result>(_ body: (UnsafeMutablePointer<Dwarf_Die>) -> Result) -> Result {
    var copy = raw
    return withUnsafeMutablePointer(to: &copy) { body($0) }
  }

  private func unitLanguage(_ raw: UnsafeMutablePointer<Dwarf_Die>) -> Int32 {
    var unit = Dwarf_Die()
    return sdb_diecu(raw, &unit) == nil ? 0 : sdb_srclang(&unit)
  }
}

/// An attribute's value, read as the class that its reader expects; nil where it is of another.
struct Attribute {
  let file: DwarfFile
  let raw: Dwarf_Attribute

  /// DW_FORM_*.
  var form: Int { Int(raw.form) }
  var string: String? { with { sdb_formstring($0) }.string }
  var unsigned: UInt64? {
    var value: Dwarf_Word = 0
    return with { sdb_formudata($0, &value) } == 0 ? value : nil
  }
  var signed: Int64? {
    var value: Dwarf_Sword = 0
    return with { sdb_formsdata($0, &value) } == 0 ? value : nil
  }
  var flag: Bool {
    var value = false
    return with { sdb_formflag($0, &value) } == 0 && value
  }
  var address: UInt64? {
    var value: Dwarf_Addr = 0
    return with { sdb_formaddr($0, &value) } == 0 ? value : nil
  }
  /// A block's or an expression's bytes.
  var block: [UInt8]? {
    var value = Dwarf_Block()
    guard with({ sdb_formblock($0, &value) }) == 0 else { return nil }
    return Array(UnsafeBufferPointer(start: value.data, count: Int(clamping: value.length)))
  }
  var reference: DIE? {
    var value = Dwarf_Die()
    if with({ sdb_formref_die($0, &value) }) != nil { return DIE(file, value) }
    guard form == DW_FORM_ref_sig8, let bytes = raw.valp else { return nil }
    return file.type(signature: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self), near: raw.cu)
  }

  func with<Result>(_ body: (UnsafeMutablePointer<Dwarf_Attribute>) -> Result) -> Result {
    var copy = raw
    return withUnsafeMutablePointer(to: &copy) { body($0) }
  }
}

extension sdb_text {
  /// nil: none. What is no UTF-8 is mended.
  var string: String? { bytes.map { _ in String(decoding: raw, as: UTF8.self) } }
  var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }
}

extension SourceLanguage {
  /// DW_LANG_* (DWARF 5 §7.12, and the numbers that came after it).
  init(dwarf code: Int) {
    self =
      switch code {
      case DW_LANG_C, DW_LANG_C89, DW_LANG_C99, DW_LANG_C11, 0x2c: .c
      case DW_LANG_C_plus_plus, DW_LANG_C_plus_plus_03, DW_LANG_C_plus_plus_11, DW_LANG_C_plus_plus_14,
        0x2b:
        .cpp
      case DW_LANG_Rust: .rust
      case DW_LANG_Swift: .swift
      case DW_LANG_Go: .go
      case DW_LANG_Python: .python
      case DW_LANG_Mips_Assembler: .assembler
      case DW_LANG_D: .d
      case DW_LANG_Ada83, DW_LANG_Ada95: .ada
      case DW_LANG_Fortran77, DW_LANG_Fortran90, DW_LANG_Fortran95, DW_LANG_Fortran03, DW_LANG_Fortran08: .fortran
      default: .other
      }
  }
}
