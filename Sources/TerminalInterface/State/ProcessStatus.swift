package import Debugger
package import MachineModel

/// What the interface knows of the process.
package struct ProcessStatus: Sendable, Equatable {
  package enum Phase: Sendable, Equatable {
    /// Nothing was run so far.
    case none
    case running(ProcessID)
    case stopped(ProcessID)
    /// It exited, or a signal ended it.
    case ended(ResumeOutcome)
  }

  package var phase = Phase.none
  /// The number of the inferior that all this is about, where there are several.
  package var inferior: Int?
  /// The last stop; stays while the process runs on.
  package var stop: StopSnapshot?
  /// It was there before sdb, and is to outlive it.
  package var isAttached = false
  /// False for the first moments of a run: a step that is over at once should not flicker.
  package var showsRunning = false
  /// A pause was asked for since the process runs.
  package var pauseRequested = false
  /// Grows with each run, so that a late wake-up is told from a current one.
  package var runs = 0

  package init() {}

  package var isRunning: Bool { if case .running = phase { true } else { false } }
  package var isStopped: Bool { if case .stopped = phase { true } else { false } }
  package var isAlive: Bool { isRunning || isStopped }
}
