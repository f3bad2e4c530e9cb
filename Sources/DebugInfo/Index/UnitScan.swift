import CDw
import Elf
import Glibc

/// Goes through the entries of units once, in the bytes as they stand, and takes down the names. Holds what one worker needs;
/// results do not depend on what it has read before.
struct UnitScan {
  private let sections: DwarfSections
  private let units: [ScannedUnit]
  private var tables: [TableKey: AbbreviationTable?] = [:]
  private var hashes = NameHashes()
  private(set) var records: [NameIndex.Record] = []

  private struct TableKey: Hashable {
    let offset: UInt64
    let encoding: UnitEncoding
  }

  /// No program nests deeper; damaged data may.
  private static let deepest = 255
  /// DW_AT_abstract_origin and DW_AT_specification make chains of three links at most; damaged data may make a ring.
  private static let longestChain = 8

  init(_ sections: DwarfSections, units: [ScannedUnit]) {
    self.sections = sections
    self.units = units
  }

  /// Where an entry stands to functions.
  private enum Place: UInt8 {
    case outside, inFunction
    /// Below an entry that means nothing to the index.
    case ignored
  }

  /// Adds the records of a unit. False where it takes libdw to read it (an alternate or split file, a form or format that is
  /// unknown here); then nothing was added.
  mutating func scan(_ unit: ScannedUnit) -> Bool {
    guard unit.header.isSupported, let table = table(of: unit) else { return false }
    let before = records.count
    let section = sections.section(ofTypes: unit.header.isInTypesSection)
    guard let base = section.baseAddress else { return false }
    var cursor = ByteCursor(from: base + Int(unit.header.entry), to: base + Int(unit.header.end))
    let file = unit.header.isInTypesSection ? 1 : 0
    return withUnsafeTemporaryAllocation(of: Place.self, capacity: Self.deepest + 1) { outer in
      var depth = 0
      var place = Place.outside
      while !cursor.isAtEnd {
        let offset = UInt64(cursor.position - base)
        let code = cursor.leb()
        if code == 0 {
          // The unit's own entry has no siblings.
          guard depth > 1 else { break }
          depth -= 1
          place = outer[depth]
          continue
        }
        guard let entry = RawEntry(&cursor, code: code, in: table) else { break }
        let traits = entry.abbreviation.traits
        if place != .ignored {
          guard add(entry, of: unit, table, offset: offset, file: file, isInFunction: place == .inFunction) else {
            records.removeLast(records.count - before)
            return false
          }
        }
        guard traits.contains(.hasChildren) else {
          if depth == 0 { break }
          continue
        }
        let below = place == .ignored ? .ignored : Self.place(below: entry.abbreviation, in: place)
        if below == .ignored, let sibling = entry.sibling(of: unit, base: base) {
          cursor.jump(to: sibling)
          continue
        }
        guard depth < Self.deepest else { break }
        outer[depth] = place
        depth += 1
        place = below
      }
      return true
    }
  }

  /// Adds what somebody else has read.
  mutating func add(_ more: [NameIndex.Record]) { records += more }

  private static func place(below entry: AbbreviationTable.Abbreviation, in place: Place) -> Place {
    switch entry.role {
    case .container, .aggregate, .namespace: place
    // Parameters are all that a declaration has.
    case .function: entry.traits.contains(.isDeclaration) ? .ignored : .inFunction
    case .inlined: .inFunction
    default: .ignored
    }
  }

  private mutating func table(of unit: ScannedUnit) -> AbbreviationTable? {
    let key = TableKey(offset: unit.header.abbreviations, encoding: unit.header.encoding)
    if let known = tables[key] { return known }
    let table = AbbreviationTable(sections.abbreviations, at: key.offset, encoding: key.encoding)
    // Most units have one of their own, which nobody asks for again.
    if tables.count > 64 { tables.removeAll() }
    tables[key] = table
    return table
  }

  // MARK: Records

  /// False where libdw has to read the unit.
  private mutating func add(
    _ entry: RawEntry, of unit: ScannedUnit, _ table: AbbreviationTable, offset: UInt64, file: Int,
    isInFunction: Bool
  ) -> Bool {
    let traits = entry.abbreviation.traits
    let kind: NameIndex.Kind
    switch entry.abbreviation.role {
    case .function where traits.contains(.hasCode): kind = .function
    case .inlined where traits.contains(.hasCode): kind = .inlined
    // One that is optimised out is still known; a constant of a class is declared only, with its value.
    case .variable where !isInFunction && (traits.contains(.hasLocation) || !traits.contains(.isDeclaration)):
      kind = .global
    case .enumerator where !isInFunction: kind = .enumerator
    case .aggregate where !isInFunction && !traits.contains(.isDeclaration): kind = .type
    case .plainType where !isInFunction: kind = .type
    case .namespace: kind = .namespace
    default: return true
    }
    guard let names = names(of: entry, in: unit, table, wantsLinkageName: kind == .function) else { return false }
    if let name = names.name {
      records.append(NameIndex.Record(offset: offset, hash: hashes.baseNameHash(name), file: file, kind: kind))
      // What a mangled name stands for is found by the name within it.
      if let linkage = names.linkage, !linkage.isMangled {
        records.append(
          NameIndex.Record(offset: offset, hash: nameHash(linkage.bytes), file: file, kind: .linkage))
      }
    }
    return true
  }

  /// The entry's own names, or those of the entries that it completes or is a copy of. nil where libdw has to tell.
  private mutating func names(
    of entry: RawEntry, in unit: ScannedUnit, _ table: AbbreviationTable, wantsLinkageName: Bool
  ) -> (name: StringPlace?, linkage: StringPlace?)? {
    var found: (name: StringPlace?, linkage: StringPlace?)
    var (entry, unit, table) = (entry, unit, table)
    for _ in 0..<Self.longestChain {
      if found.name == nil, let name = entry.name {
        guard let place = string(name, of: unit) else { return nil }
        found.name = place
      }
      if wantsLinkageName, found.linkage == nil, let name = entry.linkageName {
        guard let place = string(name, of: unit) else { return nil }
        found.linkage = place
      }
      if found.name != nil, !wantsLinkageName || found.linkage != nil { break }
      guard let origin = entry.origin else { break }
      guard let target = reference(origin, from: unit, table) else { return nil }
      (entry, unit, table) = target
    }
    return found
  }

  /// The entry that an attribute names; nil where it is in another file, or none.
  private mutating func reference(
    _ value: RawEntry.Value, from unit: ScannedUnit, _ table: AbbreviationTable
  ) -> (RawEntry, ScannedUnit, AbbreviationTable)? {
    guard let offset = value.reference(from: unit.header) else { return nil }
    var (target, table) = (unit, table)
    if !unit.holds(offset) {
      guard let other = self.unit(at: offset), let itsTable = self.table(of: other) else { return nil }
      (target, table) = (other, itsTable)
    }
    guard let base = sections.section(ofTypes: target.header.isInTypesSection).baseAddress else { return nil }
    var cursor = ByteCursor(from: base + Int(offset), to: base + Int(target.header.end))
    let code = cursor.leb()
    guard let entry = RawEntry(&cursor, code: code, in: table), entry.abbreviation.role != .other else { return nil }
    return (entry, target, table)
  }

  /// Of `.debug_info`.
  private func unit(at offset: UInt64) -> ScannedUnit? {
    let past = units.firstIndex { $0.header.isInTypesSection } ?? units.endIndex
    let index = units[..<past].firstIndex(past: { $0.header.offset > offset }) - 1
    guard index >= 0, units[index].holds(offset), units[index].header.isSupported else { return nil }
    return units[index]
  }

  /// nil where the string is in another file, or none.
  private func string(_ value: RawEntry.Value, of unit: ScannedUnit) -> StringPlace? {
    StringPlace(value.place, form: Int(value.form), header: unit.header, base: unit.stringOffsetsBase, sections)
  }
}

/// A unit as the scan needs it.
struct ScannedUnit {
  let header: UnitHeader
  /// DW_AT_str_offsets_base.
  let stringOffsetsBase: UInt64

  /// True where an entry may stand at that offset of its section.
  func holds(_ offset: UInt64) -> Bool { offset >= header.entry && offset < header.end }
}

/// The base names' hashes of strings met lately, by their place: most names stand in many units, and looking at one again would
/// bring its page back into memory.
private struct NameHashes {
  private static let bits = 15
  private var known = [(place: UnsafeRawPointer?, hash: UInt32)](repeating: (nil, 0), count: 1 << bits)

  mutating func baseNameHash(_ name: StringPlace) -> UInt32 {
    // Fibonacci hashing of the address.
    let product = UInt64(UInt(bitPattern: name.start)) &* 0x9e37_79b9_7f4a_7c15
    let index = Int(truncatingIfNeeded: product >> UInt64(64 - Self.bits))
    if known[index].place == name.start { return known[index].hash }
    let bytes = name.bytes
    let hash =
      bytes.last == UInt8(ascii: ">") ? nameHash(UnsafeRawBufferPointer(rebasing: baseName(bytes))) : nameHash(bytes)
    known[index] = (name.start, hash)
    return hash
  }
}
