/// How far a plan has come, apart from what it knows itself.
package struct PlanProgress: Sendable, Equatable {
  /// What a plan is to be shown before its thread moves.
  package enum View: Sendable {
    /// Where it starts.
    case start
    /// A place that it ran to, where a breakpoint was reported instead.
    case place
  }
  package var due: View?
  /// Its last word was `.singleStep`.
  package var isSingleStepping = false
  /// Where it runs to: temporary traps.
  package var targets: [VirtualAddress] = []
  /// A temporary trap where the thread comes back to from a signal handler; nil while it is in none.
  package var handlerTrap: VirtualAddress?
  /// It has ended with this, at a place where a breakpoint was reported instead.
  package var arrival: StopReason?

  package init(due: View?) { self.due = due }
}

/// A plan that a stop interrupted, as it stood: for a stop that nobody is told of (a breakpoint's condition is false, a
/// library was loaded), so that the motion goes on as if there had been none.
package struct PausedPlan: Sendable {
  package let thread: ThreadID
  package let plan: any ThreadPlan
  package let progress: PlanProgress
  package let holdsOthers: Bool

  package init(thread: ThreadID, plan: any ThreadPlan, progress: PlanProgress, holdsOthers: Bool) {
    self.thread = thread
    self.plan = plan
    self.progress = progress
    self.holdsOthers = holdsOthers
  }
}
