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
  private let sections: DwarfSections

  /// LLVM's extension: the text of a file; empty where it was not at hand.
  private static let textContent = 0x2001
  /// More than any unit has; a damaged count may be anything.
  private static let mostEntries: UInt64 = 100_000

  /// nil where there are no line tables.
  init?(_ mapping: FileMapping) {
    guard let sections = DwarfSections(mapping), !sections.lines.isEmpty else { return nil }
    self.sections = sections
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
    guard let header = LineHeader(sections, at: offset) else { return nil }
    var (directories, files): ([Entry], [Entry]) = ([], [])
    func add(_ field: LineHeader.Field, of number: UInt64, to list: inout [Entry]) -> Bool {
      guard number < Self.mostEntries else { return false }
      while list.count <= Int(number) { list.append(Entry()) }
      read(field, of: header, into: &list[Int(number)])
      return true
    }
    let isWhole = header.forEachEntry(
      folder: { add($1, of: $0, to: &directories) }, file: { add($1, of: $0, to: &files) })
    return isWhole ? (directories, files) : nil
  }

  private func read(_ field: LineHeader.Field, of header: LineHeader, into entry: inout Entry) {
    switch field.content {
    case DW_LNCT_path: entry.path = header.text(field).map { String(decoding: $0, as: UTF8.self) } ?? ""
    case DW_LNCT_directory_index: entry.directory = Int(clamping: header.number(field) ?? 0)
    case DW_LNCT_MD5: entry.checksum = header.text(field).flatMap { $0.count == 16 ? Array($0) : nil }
    case Self.textContent: entry.text = header.text(field).flatMap { $0.isEmpty ? nil : Array($0) }
    default: break
    }
  }
}
