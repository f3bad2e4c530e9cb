package import DebugInfo
package import MachineModel

/// What the process is doing.
package enum ProcessState: Sendable, Equatable {
  case none
  case running(ProcessID)
  case stopped(ProcessID)
}

/// What the session tells whoever watches (the interface): facts, immutable, in order.
package enum SessionEvent: Sendable {
  case state(ProcessState)
  /// There are several inferiors, and that one is current: what follows is about it.
  case inferior(Int)
  case stopped(StopSnapshot)
  /// The last stop again, with the value that the finished function returned.
  case stopCompleted(StopSnapshot)
  /// `.exited` or `.killed`.
  case ended(ResumeOutcome)
  case breakpointsChanged
  case imagesChanged
  /// Another frame or thread was selected.
  case selectionChanged
  /// A variable, register or memory was written.
  case dataChanged
  /// A watch expression or pinned place came or went.
  case keptValuesChanged
  /// Files are being indexed, which takes a while; nil: not any more.
  case indexing(IndexProgress?)
  /// Something is being fetched from a debuginfod server.
  case download(DownloadProgress)
  case downloadEnded
  /// A line for the console ("Breakpoint 2, pending, resolved: 1 location").
  case notice(String)
}
