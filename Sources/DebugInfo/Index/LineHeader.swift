import CDw
import Elf

/// The head of a line table (DWARF 5 §6.2.4), as far as its lists of folders and files: no line is decoded.
struct LineHeader {
  /// What the forms in it depend on.
  let encoding: UnitEncoding
  private let sections: DwarfSections
  /// Where the lists begin.
  private let lists: ByteCursor

  /// A part of what the table says of a folder or file.
  struct Field {
    /// DW_LNCT_*.
    let content: Int
    /// DW_FORM_*.
    fileprivate let form: Int
    /// The value's bytes.
    fileprivate let place: UnsafeRawPointer
    fileprivate let end: UnsafeRawPointer
  }

  /// nil where the header is damaged, or of a version that is unknown here.
  init?(_ sections: DwarfSections, at offset: UInt64) {
    guard var cursor = ByteCursor(sections.lines, at: offset) else { return nil }
    let isWide = cursor.read(UInt32.self) == 0xffff_ffff
    if isWide { cursor.skip(8) }
    let version = Int(cursor.read(UInt16.self))
    guard (2...5).contains(version) else { return nil }
    if version == 5 { cursor.skip(2) }
    cursor.skip(isWide ? 8 : 4)
    // minimum_instruction_length, maximum_operations_per_instruction (from version 4 on), default_is_stmt, line_base,
    // line_range.
    cursor.skip(version >= 4 ? 5 : 4)
    cursor.skip(max(0, Int(cursor.read(UInt8.self)) - 1))
    guard !cursor.isDamaged else { return nil }
    encoding = UnitEncoding(version: version, offsetSize: isWide ? 8 : 4, addressSize: 8)
    self.sections = sections
    lists = cursor
  }

  /// Calls `visit` with the last part of each file's name, until the list is damaged.
  func forEachFileName(_ visit: (UnsafeRawBufferPointer) -> Void) {
    var cursor = lists
    if encoding.version == 5 {
      forEachField(&cursor) { _, _ in true }
      forEachField(&cursor) { _, field in
        if field.content == DW_LNCT_path, let name = text(field) { visit(Self.lastPart(name)) }
        return true
      }
    } else {
      while Self.nextName(&cursor) != nil {}
      while let name = Self.nextName(&cursor) {
        if let name = text(name) { visit(Self.lastPart(name)) }
        for _ in 0..<3 { cursor.skipLEB() }
      }
    }
  }

  /// Calls `folder`, then `file`, with all fields of each, as version 5 has them; of versions before, those that there are.
  /// They are told the number of what the field is about, from 0, and answer false to end. Answers whether all was read.
  func forEachEntry(folder: (UInt64, Field) -> Bool, file: (UInt64, Field) -> Bool) -> Bool {
    var cursor = lists
    if encoding.version == 5 { return forEachField(&cursor, folder) && forEachField(&cursor, file) }
    // Folder 0 is the compilation's.
    var number: UInt64 = 1
    while let name = Self.nextName(&cursor) {
      guard folder(number, name) else { return false }
      number += 1
    }
    number = 0
    while let name = Self.nextName(&cursor) {
      let start = cursor.position
      cursor.skipLEB()
      let index = Field(
        content: DW_LNCT_directory_index, form: DW_FORM_udata, place: start, end: cursor.position)
      guard file(number, name), file(number, index) else { return false }
      cursor.skipLEB()
      cursor.skipLEB()
      number += 1
    }
    return !cursor.isDamaged
  }

  /// The next name of a list of before version 5; nil at its end.
  private static func nextName(_ cursor: inout ByteCursor) -> Field? {
    let start = cursor.position
    guard !cursor.string().isEmpty, !cursor.isDamaged else { return nil }
    return Field(content: DW_LNCT_path, form: DW_FORM_string, place: start, end: cursor.position)
  }

  /// A list of version 5: what each entry has, then the entries.
  @discardableResult
  private func forEachField(_ cursor: inout ByteCursor, _ visit: (UInt64, Field) -> Bool) -> Bool {
    let formats = (0..<cursor.read(UInt8.self)).map { _ in
      (content: Int(truncatingIfNeeded: cursor.leb()), form: Int(truncatingIfNeeded: cursor.leb()))
    }
    let count = cursor.leb()
    var index: UInt64 = 0
    while index < count {
      let entry = cursor.position
      for (content, form) in formats {
        let place = cursor.position
        cursor.skip(AttributeForm(code: form).extent(in: encoding), encoding)
        guard !cursor.isDamaged,
          visit(index, Field(content: content, form: form, place: place, end: cursor.position))
        else { return false }
      }
      // One of no bytes could be claimed any number of times.
      guard cursor.position != entry else { return false }
      index += 1
    }
    return !cursor.isDamaged
  }

  // MARK: Values

  /// A field's string, or the bytes of one; nil for a number.
  func text(_ field: Field) -> UnsafeRawBufferPointer? {
    var cursor = ByteCursor(from: field.place, to: field.end)
    switch field.form {
    case DW_FORM_string: return cursor.string()
    case DW_FORM_data16: return UnsafeRawBufferPointer(start: field.place, count: field.end - field.place)
    case DW_FORM_block: return cursor.take(Int(clamping: cursor.leb()))
    default:
      return StringPlace(field.place, form: field.form, offsetSize: encoding.offsetSize, base: 0, sections)?.bytes
    }
  }

  func number(_ field: Field) -> UInt64? {
    var cursor = ByteCursor(from: field.place, to: field.end)
    switch field.form {
    case DW_FORM_udata: return cursor.leb()
    case DW_FORM_data1, DW_FORM_data2, DW_FORM_data4, DW_FORM_data8: return cursor.unsigned(size: cursor.remaining)
    default: return nil
    }
  }

  /// What stands behind the last slash.
  static func lastPart(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return UnsafeRawBufferPointer(rebasing: path[(slash + 1)...])
  }
}
