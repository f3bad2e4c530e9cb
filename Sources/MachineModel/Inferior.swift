/// A thread as it stands at a stop.
package struct ThreadRecord: Sendable, Equatable {
  package let id: ThreadID
  /// `/proc/PID/task/TID/comm`, raw: may hold any characters.
  package let name: String
  package init(id: ThreadID, name: String) {
    self.id = id
    self.name = name
  }
}

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

/// A process to look at: a live one (`Tracing`) or a core file. Everything that moves it is the tracer's own.
package protocol Inferior: Sendable {
  var id: ProcessID { get }
  var memory: any MemoryReader { get }
  /// All threads, by id, the leader first. Linear in their number.
  func threads() async -> [ThreadRecord]
  /// nil where the thread is gone.
  func registers(of thread: ThreadID) async -> RegisterFile?
  func floatingPoint(of thread: ThreadID) async -> FloatingPointState?
  /// The auxiliary vector, `(type, value)` in its order (getauxval(3)).
  func auxiliaryVector() -> [(type: UInt64, value: UInt64)]
  func regions() -> [MemoryRegion]
}
