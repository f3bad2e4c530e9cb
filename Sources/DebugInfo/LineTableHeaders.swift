import CDw
import Elf
import MachineModel

/// The lists of files at the head of line tables (DWARF 5 §6.2.4), for what libdw passes over: checksums and texts.
struct LineTableHeaders {
  struct Entry {
    fileprivate(set) var path = ""
    fileprivate(set) var directory = 0
    fileprivate(set) var checksum: [UInt8]?
    fileprivate(set) var text: [UInt8]?
  }
  private let mapping: FileMapping
  private let lines: UnsafeRawBufferPointer
  private let lineStrings: UnsafeRawBufferPointer
  private let strings: UnsafeRawBufferPointer

  /// LLVM's extension: the text of a file; empty where it was not at hand.
  private static let textContent: UInt64 = 0x2001
  /// More than any unit has; a damaged count may be anything.
  private static let mostEntries: UInt64 = 100_000

  /// nil where there are no line tables.
  init?(_ mapping: FileMapping) {
    guard let file = try? ElfFile(mapping), let lines = file.section(".debug_line").flatMap(file.contents) else {
      return nil
    }
    self.mapping = mapping
    self.lines = lines
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    lineStrings = file.section(".debug_line_str").flatMap(file.contents) ?? none
    strings = file.section(".debug_str").flatMap(file.contents) ?? none
  }

  /// The entry of a file by its absolute name in a unit's table. nil where it is not there, or the table is of a version
  /// before 5: those have names only, but then an empty one answers a file of that name.
  func entry(of file: String, in unit: DIE) -> Entry? {
    guard let offset = unit.unsigned(DW_AT_stmt_list), let (directories, files) = lists(at: offset) else {
      return nil
    }
    let compilation = unit.string(DW_AT_comp_dir) ?? ""
    let base = file.split(separator: "/").last ?? ""
    return files.first { entry in
      guard entry.path.hasSuffix(base) else { return false }
      // Directory 0 is where the compiler ran.
      let isOther = entry.directory > 0 && directories.indices.contains(entry.directory)
      let folder = isOther ? directories[entry.directory].path : compilation
      let path = entry.path.hasPrefix("/") || folder.isEmpty ? entry.path : "\(folder)/\(entry.path)"
      return sourcePath(path, in: compilation) == file
    }
  }

  private func lists(at offset: UInt64) -> (directories: [Entry], files: [Entry])? {
    guard let start = Int(exactly: offset), var cursor = Cursor(lines, at: start) else { return nil }
    let isLong = cursor.fixed(4) == 0xffff_ffff
    if isLong { _ = cursor.fixed(8) }
    let size = isLong ? 8 : 4
    let version = cursor.fixed(2)
    if version >= 5 { cursor.skip(2) }
    _ = cursor.fixed(size)
    // The instruction length, the operations of one, the default statement flag, line base and range.
    cursor.skip(version >= 4 ? 5 : 4)
    let opcodes = cursor.fixed(1)
    cursor.skip(Int(opcodes) - 1)
    guard cursor.isWhole, (2...5).contains(version) else { return nil }
    if version == 5 {
      guard let directories = entries(&cursor, size), let files = entries(&cursor, size) else { return nil }
      return (directories, files)
    }
    // Before DWARF 5: names up to an empty one; directory 0 is the compilation's.
    var directories = [Entry()]
    while let path = cursor.string(), !path.isEmpty { directories.append(Entry(path: path)) }
    var files: [Entry] = []
    while cursor.isWhole, let path = cursor.string(), !path.isEmpty {
      files.append(Entry(path: path, directory: Int(clamping: cursor.leb())))
      _ = (cursor.leb(), cursor.leb())
    }
    return cursor.isWhole ? (directories, files) : nil
  }

  private func entries(_ cursor: inout Cursor, _ size: Int) -> [Entry]? {
    let formats = (0..<cursor.fixed(1)).map { _ in (content: cursor.leb(), form: cursor.leb()) }
    let count = cursor.leb()
    guard count <= Self.mostEntries else { return nil }
    var found: [Entry] = []
    for _ in 0..<count {
      var entry = Entry()
      for (content, form) in formats {
        guard let value = cursor.value(Int(clamping: form), size) else { return nil }
        read(value, content, into: &entry)
      }
      guard cursor.isWhole else { return nil }
      found.append(entry)
    }
    return found
  }

  private func read(_ value: Cursor.Value, _ content: UInt64, into entry: inout Entry) {
    switch (content, value) {
    case (UInt64(DW_LNCT_path), _): entry.path = bytes(value).map { String(decoding: $0, as: UTF8.self) } ?? ""
    case (UInt64(DW_LNCT_directory_index), .number(let index)): entry.directory = Int(clamping: index)
    case (UInt64(DW_LNCT_MD5), .block(let sum)) where sum.count == 16: entry.checksum = Array(sum)
    case (Self.textContent, _): entry.text = bytes(value).flatMap { $0.isEmpty ? nil : Array($0) }
    default: break
    }
  }

  private func bytes(_ value: Cursor.Value) -> UnsafeRawBufferPointer? {
    switch value {
    case .block(let bytes): bytes
    case .lineString(let offset): Cursor(lineStrings, at: Int(clamping: offset))?.text
    case .string(let offset): Cursor(strings, at: Int(clamping: offset))?.text
    case .number: nil
    }
  }
}

/// Reads on in a section; past its end, everything is 0 and `isWhole` false.
private struct Cursor {
  enum Value {
    case number(UInt64)
    case block(UnsafeRawBufferPointer)
    /// Offsets in `.debug_line_str` and `.debug_str`.
    case lineString(UInt64)
    case string(UInt64)
  }
  private let bytes: UnsafeRawBufferPointer
  private var at: Int
  private(set) var isWhole = true

  init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard offset >= 0, offset < bytes.count else { return nil }
    self.bytes = bytes
    at = offset
  }

  /// Up to the next zero byte; nil where there is none.
  var text: UnsafeRawBufferPointer? {
    let rest = bytes[at...]
    return rest.firstIndex(of: 0).map { UnsafeRawBufferPointer(rebasing: bytes[at..<$0]) }
  }

  mutating func string() -> String? {
    guard isWhole, at < bytes.count, let text else { return nil }
    at += text.count + 1
    return String(decoding: text, as: UTF8.self)
  }

  mutating func skip(_ count: Int) { _ = block(max(0, count)) }

  mutating func block(_ count: Int) -> UnsafeRawBufferPointer {
    guard isWhole, count <= bytes.count - at else {
      isWhole = false
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    defer { at += count }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<(at + count)])
  }

  mutating func fixed(_ size: Int) -> UInt64 {
    block(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func leb() -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<10 {
      let byte = fixed(1)
      value |= (byte & 0x7f) &<< UInt64(7 * index)
      if byte & 0x80 == 0 { break }
    }
    return value
  }

  /// A value of one of the forms that DWARF 5 allows here (§6.2.4.1); nil for any other.
  mutating func value(_ form: Int, _ offsetSize: Int) -> Value? {
    switch form {
    case DW_FORM_string:
      guard at < bytes.count, let text else { return nil }
      at += text.count + 1
      return .block(text)
    case DW_FORM_line_strp: return .lineString(fixed(offsetSize))
    case DW_FORM_strp: return .string(fixed(offsetSize))
    case DW_FORM_udata: return .number(leb())
    case DW_FORM_data1: return .number(fixed(1))
    case DW_FORM_data2: return .number(fixed(2))
    case DW_FORM_data4: return .number(fixed(4))
    case DW_FORM_data8: return .number(fixed(8))
    case DW_FORM_data16: return .block(block(16))
    case DW_FORM_block: return .block(block(Int(clamping: leb())))
    default: return nil
    }
  }
}
