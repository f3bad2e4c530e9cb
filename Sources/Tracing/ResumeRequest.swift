package import MachineModel

/// How the process goes on.
package struct ResumeRequest: Sendable {
  /// The thread that `plan` and `signal` are about.
  package var thread: ThreadID
  /// nil: run freely.
  package var plan: (any ThreadPlan)?
  /// Delivered to `thread` as it resumes; nil: none, also not the one that it stopped with.
  package var signal: Signal?
  /// Other threads stay stopped.
  package var holdsOthers = false
  package init(thread: ThreadID, plan: (any ThreadPlan)? = nil, signal: Signal? = nil) {
    self.thread = thread
    self.plan = plan
    self.signal = signal
  }
}
