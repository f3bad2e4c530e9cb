/// A mapped range of a process, as `/proc/PID/maps` has it (proc(5)), or a core file's segments and NT_FILE.
package struct MemoryRegion: Sendable, Equatable {
  package let range: Range<VirtualAddress>
  package let isReadable: Bool
  package let isWritable: Bool
  package let isExecutable: Bool
  /// Where in the file the range begins.
  package let offset: FileOffset
  /// The file, `[heap]`, `[stack]`, `[vdso]` …, or nil.
  package let path: String?
  package init(
    range: Range<VirtualAddress>, isReadable: Bool, isWritable: Bool, isExecutable: Bool, offset: FileOffset,
    path: String?
  ) {
    self.range = range
    self.isReadable = isReadable
    self.isWritable = isWritable
    self.isExecutable = isExecutable
    self.offset = offset
    self.path = path
  }
}
