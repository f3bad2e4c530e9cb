import CDw
import Elf

/// Tells of units whether they may have entries with one of a few names. Of the index's entries, each is named by a string of its own unit,
/// in its bytes or in `.debug_str`: a unit cannot have one in which neither the name stands nor the place of such a string.
///
/// Nothing is known of units whose entries take names from other units (DW_FORM_ref_addr: LTO), from type units, or in forms that are unknown here.
struct UnitSearch {
  private let texts: NameTexts
  private let sections: DwarfSections
  /// Where the names stand in `.debug_str`.
  private let offsets: Set<UInt32>
  private let offsetSearch: WordSearch?
  private let textSearch: WordSearch?
  private let search: WordSearch?
  /// By the tables' offsets.
  private var sources: [UInt64: NameSources] = [:]

  /// More mentions are not looked into one by one.
  private static let mostMentions = 64

  /// nil where the names have too many strings.
  init?(_ texts: NameTexts, offsets: Set<UInt32>, _ sections: DwarfSections) {
    let words = texts.words.union(offsets)
    guard words.count <= WordSearch.mostWords else { return nil }
    self.texts = texts
    self.sections = sections
    self.offsets = offsets
    offsetSearch = WordSearch(offsets)
    textSearch = WordSearch(texts.words)
    search = WordSearch(words)
  }

  mutating func mayHaveNames(_ scanned: ScannedUnit) -> Bool {
    let unit = scanned.header
    guard unit.isSupported else { return true }
    let sources = sources(unit)
    if sources.contains(.elsewhere) { return true }
    if sources.contains(.indexes), holdsOffset(scanned.stringOffsetsBase, unit.encoding) { return true }
    let mentions = mentions(in: unit, sources)
    return !mentions.isEmpty && !areDeclarations(mentions, in: scanned, sources)
  }

  private mutating func sources(_ unit: UnitHeader) -> NameSources {
    if let known = sources[unit.abbreviations] { return known }
    let answer = NameSources(sections.abbreviations, at: unit.abbreviations)
    sources[unit.abbreviations] = answer
    return answer
  }

  /// Where a name or its string's place may stand in the unit: a number can be the same by chance. As offsets in the section; one more
  /// than `mostMentions` at most.
  private func mentions(in unit: UnitHeader, _ sources: NameSources) -> Set<Int> {
    let section = sections.section(ofTypes: unit.isInTypesSection)
    let start = Int(unit.entry)
    var found: Set<Int> = []
    (sources.contains(.offsets) ? search : textSearch)?
      .forEach(in: UnsafeRawBufferPointer(rebasing: section[start..<Int(unit.end)])) { place in
        let place = start + place
        if offsets.contains(section.loadUnaligned(fromByteOffset: place, as: UInt32.self))
          || texts.matches(section, at: place)
        {
          found.insert(place)
        }
        return found.count <= Self.mostMentions
      }
    return found
  }

  /// Whether the unit's part of `.debug_str_offsets` (DWARF 5 §7.26) has one of the strings.
  private func holdsOffset(_ base: UInt64, _ encoding: UnitEncoding) -> Bool {
    let section = sections.stringOffsets
    guard let offsetSearch else { return false }
    let headerSize: UInt64 = encoding.offsetSize == 8 ? 16 : 8
    guard base >= headerSize, let start = Int(exactly: base), start <= section.count,
      var header = ByteCursor(section, at: base - headerSize)
    else { return true }
    if encoding.offsetSize == 8 { header.skip(4) }
    // It counts what follows it: version and padding first. A part without a proper header goes on to the end.
    let length = header.unsigned(size: encoding.offsetSize)
    let isProper = length >= 4 && length - 4 <= UInt64(section.count - start)
    let end = isProper ? start + Int(length - 4) : section.count
    var isFound = false
    offsetSearch.forEach(in: UnsafeRawBufferPointer(rebasing: section[start..<end])) { _ in
      isFound = true
      return false
    }
    return isFound
  }

  /// Whether all mentions are names of entries at the top that are declared only, and not completed elsewhere in the unit: functions of other
  /// units, most often.
  private func areDeclarations(_ mentions: Set<Int>, in scanned: ScannedUnit, _ sources: NameSources) -> Bool {
    let unit = scanned.header
    let section = sections.section(ofTypes: unit.isInTypesSection)
    guard mentions.count <= Self.mostMentions, let base = section.baseAddress,
      let table = AbbreviationTable(sections.abbreviations, at: unit.abbreviations, encoding: unit.encoding)
    else { return false }
    var rest = mentions
    var cursor = ByteCursor(from: base + Int(unit.entry), to: base + Int(unit.end))
    while !cursor.isAtEnd, !rest.isEmpty {
      let code = cursor.leb()
      if code == 0 { continue }
      guard let entry = RawEntry(&cursor, code: code, in: table) else { return false }
      if let name = entry.name, rest.contains(name.place - base) {
        guard entry.abbreviation.isOnlyDeclared,
          !sources.contains(entry.abbreviation.role == .function ? .declaredFunctions : .declarations)
        else { return false }
        rest.remove(name.place - base)
      }
      if entry.abbreviation.traits.contains(.hasChildren), let sibling = entry.sibling(of: scanned, base: base) {
        cursor.jump(to: sibling)
      }
    }
    return rest.isEmpty
  }
}

extension AbbreviationTable.Abbreviation {
  /// True of an entry that is none of the index's.
  fileprivate var isOnlyDeclared: Bool {
    traits.contains(.isDeclaration) && traits.isDisjoint(with: [.hasCode, .hasLocation])
      && (role == .function || role == .variable || role == .aggregate)
  }
}

/// Where the entries of an abbreviation table have their names from.
private struct NameSources: OptionSet {
  let rawValue: UInt8
  /// Other units, or what is unknown here.
  static let elsewhere = NameSources(rawValue: 1)
  /// Offsets in `.debug_str`.
  static let offsets = NameSources(rawValue: 2)
  /// Numbers of offsets in `.debug_str_offsets`.
  static let indexes = NameSources(rawValue: 4)
  /// Declarations of functions that they complete (DW_AT_specification).
  static let declaredFunctions = NameSources(rawValue: 8)
  /// Other declarations.
  static let declarations = NameSources(rawValue: 16)
}

extension NameSources {
  /// Reads a table (DWARF 5 §7.5.3); `elsewhere` where it is damaged.
  fileprivate init(_ section: UnsafeRawBufferPointer, at offset: UInt64) {
    self = []
    guard var cursor = ByteCursor(section, at: offset) else {
      insert(.elsewhere)
      return
    }
    while cursor.leb() != 0 {
      let tag = Int(truncatingIfNeeded: cursor.leb())
      cursor.skip(1)
      while true {
        let attribute = Int(truncatingIfNeeded: cursor.leb())
        let form = Int(truncatingIfNeeded: cursor.leb())
        if cursor.isDamaged { break }
        if form == DW_FORM_implicit_const { cursor.skipLEB() }
        if attribute == 0, form == 0 { break }
        note(attribute, form, tag)
      }
    }
    if cursor.isDamaged { insert(.elsewhere) }
  }

  private mutating func note(_ attribute: Int, _ form: Int, _ tag: Int) {
    switch attribute {
    case DW_AT_specification, DW_AT_abstract_origin:
      if attribute == DW_AT_specification { insert(tag == DW_TAG_subprogram ? .declaredFunctions : .declarations) }
      switch form {
      case DW_FORM_ref1, DW_FORM_ref2, DW_FORM_ref4, DW_FORM_ref8, DW_FORM_ref_udata: break
      default: insert(.elsewhere)
      }
    case DW_AT_name, DW_AT_linkage_name, DW_AT_MIPS_linkage_name:
      // A unit's own name is a file's.
      if [DW_TAG_compile_unit, DW_TAG_partial_unit, DW_TAG_skeleton_unit].contains(tag) { return }
      switch form {
      case DW_FORM_string: break
      case DW_FORM_strp: insert(.offsets)
      case DW_FORM_strx, DW_FORM_strx1, DW_FORM_strx2, DW_FORM_strx3, DW_FORM_strx4: insert(.indexes)
      default: insert(.elsewhere)
      }
    default: break
    }
  }
}
