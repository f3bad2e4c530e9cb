package import MachineModel

/// How the process goes on.
package struct ResumeRequest: Sendable {
  /// The thread that `plan` and `signal` are about.
  package var thread: ThreadID
  /// nil: run freely.
  package var plan: (any ThreadPlan)?
  /// What goes on instead of a new plan; of `thread`.
  package private(set) var paused: PausedPlan?
  /// Delivered to `thread` as it resumes; nil: none, also not the one that it stopped with.
  package var signal: Signal?
  /// What other threads go on with instead of the signals that they stopped with; number 0: none.
  package var queued: [ThreadID: Signal] = [:]
  /// Other threads stay stopped, until `thread` ends or `releaseOthers` lets them go.
  package var holdsOthers = false
  package init(thread: ThreadID, plan: (any ThreadPlan)? = nil, signal: Signal? = nil) {
    self.thread = thread
    self.plan = plan
    self.signal = signal
  }

  /// The same for the copy of `original` that a fork has made: what that was to do, the copy does; of other threads there is none.
  package func copied(from original: ThreadID, to copy: ThreadID) -> ResumeRequest {
    guard thread == original else { return ResumeRequest(thread: copy) }
    var request = ResumeRequest(thread: copy, plan: plan)
    request.paused = paused.map {
      PausedPlan(thread: copy, plan: $0.plan, progress: $0.progress, holdsOthers: false)
    }
    return request
  }

  /// As if there had been no stop: with the plan that it interrupted.
  package init(continuing stop: StopEvent) {
    thread = stop.paused?.thread ?? stop.thread
    paused = stop.paused
    holdsOthers = stop.paused?.holdsOthers ?? false
  }
}
