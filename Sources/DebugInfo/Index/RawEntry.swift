import CDw

/// An entry's place in its section, with what the index reads of it.
struct RawEntry {
  /// A value's bytes, which have not been looked at.
  struct Value {
    let place: UnsafeRawPointer
    let form: UInt16
  }
  let abbreviation: AbbreviationTable.Abbreviation
  private(set) var name: Value?
  private(set) var linkageName: Value?
  /// DW_AT_specification or DW_AT_abstract_origin.
  private(set) var origin: Value?
  private var siblingValue: Value?

  /// Reads what follows the abbreviation's code. nil where the data is damaged.
  @inline(__always)
  init?(_ cursor: inout ByteCursor, code: UInt64, in table: AbbreviationTable) {
    guard code < UInt64(table.abbreviations.count) else { return nil }
    abbreviation = table.abbreviations[Int(truncatingIfNeeded: code)]
    guard abbreviation.tag != 0 else { return nil }
    if abbreviation.size >= 0 {
      cursor.skip(Int(abbreviation.size))
    } else {
      let first = Int(abbreviation.firstStep)
      for index in first..<first + Int(abbreviation.stepCount) {
        let step = table.steps[index]
        switch step.slot {
        case .none: break
        case .name: name = Value(place: cursor.position, form: step.form)
        case .linkageName: linkageName = Value(place: cursor.position, form: step.form)
        case .origin: origin = Value(place: cursor.position, form: step.form)
        case .sibling: siblingValue = Value(place: cursor.position, form: step.form)
        }
        cursor.skip(step.extent, table.encoding)
      }
    }
    if cursor.isDamaged { return nil }
  }

  /// Where its sibling begins (DWARF 5 §2.3); nil where it does not say.
  func sibling(of unit: ScannedUnit, base: UnsafeRawPointer) -> UnsafeRawPointer? {
    guard let offset = siblingValue?.reference(from: unit.header), unit.holds(offset) else { return nil }
    return base + Int(offset)
  }
}

extension RawEntry.Value {
  /// The offset in the section of the entry that a reference of this file means; nil for other forms. Its bytes were
  /// passed already, so they are there.
  func reference(from unit: UnitHeader) -> UInt64? {
    let relative: UInt64
    switch Int(form) {
    case DW_FORM_ref1: relative = UInt64(place.load(as: UInt8.self))
    case DW_FORM_ref2: relative = UInt64(place.loadUnaligned(as: UInt16.self))
    case DW_FORM_ref4: relative = UInt64(place.loadUnaligned(as: UInt32.self))
    case DW_FORM_ref8: relative = place.loadUnaligned(as: UInt64.self)
    case DW_FORM_ref_udata:
      // Ten bytes are as many as a number has.
      var cursor = ByteCursor(from: place, to: place + 10)
      relative = cursor.leb()
    case DW_FORM_ref_addr where unit.encoding.version > 2:
      return unit.encoding.offsetSize == 8
        ? place.loadUnaligned(as: UInt64.self) : UInt64(place.loadUnaligned(as: UInt32.self))
    default: return nil
    }
    let (offset, overflow) = unit.offset.addingReportingOverflow(relative)
    return overflow ? nil : offset
  }
}

/// A string within a section, which ends with a zero there. Nobody writes to sections.
struct StringPlace: @unchecked Sendable {
  let start: UnsafeRawPointer
  /// Of its section.
  private let end: UnsafeRawPointer

  /// The string that a value of `form` means (DWARF 5 §7.5.5); nil where it is in another file, or outside of its section.
  init?(
    _ value: UnsafeRawPointer, form: Int, header: UnitHeader, base: UInt64, _ sections: DwarfSections
  ) {
    guard form != DW_FORM_string else {
      guard let start = sections.section(ofTypes: header.isInTypesSection).baseAddress else { return nil }
      self.init(start: value, end: start + Int(header.end))
      return
    }
    self.init(value, form: form, offsetSize: header.encoding.offsetSize, base: base, sections)
  }

  private init(start: UnsafeRawPointer, end: UnsafeRawPointer) {
    self.start = start
    self.end = end
  }

  /// The same for all forms whose string is not the value itself.
  init?(_ value: UnsafeRawPointer, form: Int, offsetSize size: Int, base: UInt64, _ sections: DwarfSections) {
    func offset() -> UInt64 {
      size == 8 ? value.loadUnaligned(as: UInt64.self) : UInt64(value.loadUnaligned(as: UInt32.self))
    }
    let section: UnsafeRawBufferPointer
    let position: UInt64
    switch form {
    case DW_FORM_strp: (section, position) = (sections.strings, offset())
    case DW_FORM_line_strp: (section, position) = (sections.lineStrings, offset())
    case DW_FORM_strx, DW_FORM_strx1, DW_FORM_strx2, DW_FORM_strx3, DW_FORM_strx4:
      var cursor = ByteCursor(from: value, to: value + 10)
      let index: UInt64 =
        switch form {
        case DW_FORM_strx1: cursor.unsigned(size: 1)
        case DW_FORM_strx2: cursor.unsigned(size: 2)
        case DW_FORM_strx3: cursor.unsigned(size: 3)
        case DW_FORM_strx4: cursor.unsigned(size: 4)
        default: cursor.leb()
        }
      let (distance, overflow) = index.multipliedReportingOverflow(by: UInt64(size))
      guard !overflow, var entry = ByteCursor(sections.stringOffsets, at: base &+ distance) else { return nil }
      (section, position) = (sections.strings, entry.unsigned(size: size))
      if entry.isDamaged { return nil }
    default: return nil
    }
    guard position < UInt64(section.count), let first = section.baseAddress else { return nil }
    start = first + Int(position)
    end = first + section.count
  }

  /// Without the zero.
  var bytes: UnsafeRawBufferPointer {
    var cursor = ByteCursor(from: start, to: end)
    return cursor.string()
  }

  /// True for a name that the Itanium C++ ABI's rules made (and Rust's of old).
  var isMangled: Bool {
    end - start > 2 && start.load(as: UInt8.self) == UInt8(ascii: "_")
      && (start + 1).load(as: UInt8.self) == UInt8(ascii: "Z")
  }
}
