import Compression

extension ElfFile {
  /// True where it has DWARF entries, compressed or not.
  package var hasDebugInformation: Bool { hasDebugSection("info") }

  /// True where it has `.debug_NAME`, or `.zdebug_NAME` as `-gz=zlib-gnu` writes it, with contents.
  package func hasDebugSection(_ name: String) -> Bool {
    (section(".debug_" + name) ?? section(".zdebug_" + name))?.hasContents ?? false
  }

  /// The ELF file in `.gnu_debugdata`, which has the symbols that `.dynsym` leaves out ("MiniDebugInfo"): an xz stream.
  /// nil where there is none, or it is damaged. Decompresses it at each call.
  package var embeddedDebugFile: ElfFile? {
    guard let section = section(".gnu_debugdata"), let stream = contents(of: section),
      let bytes = XZ.decompress(stream, limit: Self.largestEmbeddedFile)
    else { return nil }
    return try? ElfFile(FileMapping(contents: bytes, path: path + ".gnu_debugdata"))
  }

  /// It holds a symbol table and nothing more.
  private static let largestEmbeddedFile = 1 << 30

  /// CRC-32 of the whole file, as `.gnu_debuglink` keeps it. Reads all of it.
  package var checksum: UInt32 { Zlib.checksum(mapping.bytes) }
}
