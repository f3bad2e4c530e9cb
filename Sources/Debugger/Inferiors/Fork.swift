import MachineModel

/// `set follow-fork-mode`: which process is debugged after a fork.
package enum FollowForkMode: String, Sendable, CaseIterable {
  case parent
  case child
  /// A person is asked; where there is none, the parent.
  case ask
}

/// `set follow-exec-mode`: where a program goes that a process executes instead of its own.
package enum FollowExecMode: String, Sendable, CaseIterable {
  /// Into an inferior of its own: the one that it was in keeps its program, to be run again.
  case new
  case same
}

/// A fork that a process stands at: the child is there, and has not run yet.
struct Fork {
  /// The one that made it.
  let thread: ThreadID
  let child: ProcessID
  let isVfork: Bool
  /// `fork` or `vfork`.
  var name: String { isVfork ? "vfork" : "fork" }
}

/// The inferior in whose memory the child of a vfork runs, until it executes a program or ends.
struct VforkParent {
  let inferior: Int
  /// It is to be let go of then.
  let isLeft: Bool
}
