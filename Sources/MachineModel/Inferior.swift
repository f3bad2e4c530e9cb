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
