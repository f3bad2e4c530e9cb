package import Debugger

/// What a thread does at a stop.
package struct ThreadActivity: Sendable, Equatable {
  /// In a word.
  package enum State: String, Sendable, Encodable, CaseIterable {
    /// It stopped of itself: at a breakpoint, say, or by a signal.
    case stopped
    /// It was running code.
    case running
    /// It sleeps in a system call.
    case sleeping
    /// It waits for a lock or another thread's end.
    case waiting
    /// It is part of a deadlock.
    case deadlocked
  }
  package let thread: ThreadSnapshot
  /// The selected one.
  package let isCurrent: Bool
  package var state: State
  /// The innermost in the user's own code, or else the innermost of all.
  package let frame: FrameSnapshot?
  package let wait: KernelWait?
  package let target: WaitTarget?
  /// The system call with its arguments, read as what they are; nil where it sleeps in none.
  package let systemCall: String?
  /// Seconds of processor time that it has used so far; nil where the system does not tell.
  package let processorTime: Double?
  /// Its part, 0 … 1, of what all threads have used since the stop that was looked at before; nil where that is
  /// nothing.
  package let processorShare: Double?
  package init(
    thread: ThreadSnapshot, isCurrent: Bool, state: State, frame: FrameSnapshot?, wait: KernelWait?,
    target: WaitTarget?, systemCall: String?, processorTime: Double?, processorShare: Double?
  ) {
    self.thread = thread
    self.isCurrent = isCurrent
    self.state = state
    self.frame = frame
    self.wait = wait
    self.target = target
    self.systemCall = systemCall
    self.processorTime = processorTime
    self.processorShare = processorShare
  }
}

/// All threads of a process at a stop, the locks that they wait for, and the deadlocks.
package struct ConcurrencySnapshot: Sendable, Equatable {
  package let threads: [ThreadActivity]
  package let locks: [Lock]
  package let deadlocks: [Deadlock]
  package init(threads: [ThreadActivity], locks: [Lock], deadlocks: [Deadlock]) {
    self.threads = threads
    self.locks = locks
    self.deadlocks = deadlocks
  }
}
