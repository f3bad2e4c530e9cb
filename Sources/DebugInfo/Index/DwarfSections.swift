import Elf

/// The sections that an index is made from, without libdw: bytes of one file, for any thread to read.
final class DwarfSections: @unchecked Sendable {
  let info: UnsafeRawBufferPointer
  let types: UnsafeRawBufferPointer
  let abbreviations: UnsafeRawBufferPointer
  let strings: UnsafeRawBufferPointer
  let lineStrings: UnsafeRawBufferPointer
  let stringOffsets: UnsafeRawBufferPointer
  let addresses: UnsafeRawBufferPointer
  let ranges: UnsafeRawBufferPointer
  let rangeLists: UnsafeRawBufferPointer
  let lines: UnsafeRawBufferPointer
  /// DWARF 5 §6.1.1.
  let names: UnsafeRawBufferPointer
  /// gdb's own ("Index Section Format" in its manual).
  let gdbIndex: UnsafeRawBufferPointer
  /// Holds the bytes, which nobody writes to.
  private let mapping: FileMapping

  /// nil where the file is no ELF file.
  /// - Parameter mapping: without compressed sections.
  init?(_ mapping: FileMapping) {
    guard let elf = try? ElfFile(mapping) else { return nil }
    func contents(_ name: String) -> UnsafeRawBufferPointer {
      elf.section(name).flatMap(elf.contents) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }
    self.mapping = mapping
    info = contents(".debug_info")
    types = contents(".debug_types")
    abbreviations = contents(".debug_abbrev")
    strings = contents(".debug_str")
    lineStrings = contents(".debug_line_str")
    stringOffsets = contents(".debug_str_offsets")
    addresses = contents(".debug_addr")
    ranges = contents(".debug_ranges")
    rangeLists = contents(".debug_rnglists")
    lines = contents(".debug_line")
    names = contents(".debug_names")
    gdbIndex = contents(".gdb_index")
  }

  func section(ofTypes isTypes: Bool) -> UnsafeRawBufferPointer { isTypes ? types : info }

  /// Gives back the memory of bytes that were read and are not needed soon. They stay readable.
  func release(_ bytes: UnsafeRawBufferPointer) { mapping.release(bytes) }
}
