package import MachineModel

/// Why the process stands, in the words of `"reason"`.
package enum StopCause: Sendable, Equatable {
  /// A user's breakpoint (the first that claims the stop).
  case breakpoint(id: Int, isTemporary: Bool)
  /// Watchpoints, in the order of their numbers.
  case watchpoints([WatchReport])
  /// Watchpoints of those numbers ended with the frame that their variables were in.
  case watchpointScope([Int])
  /// A catchpoint.
  case caught(CatchReport)
  /// `step`, `next`, `stepi`, `until`, … arrived. No `reason` line in text.
  case step
  /// `stepi` or `nexti` arrived: text shows the address where it is in the middle of a line.
  case instructionStep
  /// `finish` arrived, with the value that was returned where it is known.
  case finished(EvaluatedValue?)
  /// `until LOCATION`, `advance`.
  case location
  case signal(SignalInfo)
  /// Ctrl-C, or the pause key.
  case interrupted
  /// The program's own trap instruction.
  case trap
  /// `starti`, `--stop-at-entry`.
  case entry
  /// The process was attached to.
  case attached
  /// A function has returned that an abandoned expression had called.
  case callReturned

  package var name: String {
    switch self {
    case .breakpoint: "breakpoint"
    case .watchpoints: "watchpoint"
    case .caught: "catchpoint"
    case .watchpointScope: "watchpoint-scope"
    case .step, .instructionStep: "step"
    case .finished: "finish"
    case .location: "location"
    case .signal: "signal"
    case .interrupted: "interrupted"
    case .trap: "trap"
    case .entry: "entry"
    case .attached: "attached"
    case .callReturned: "call-returned"
    }
  }
}

extension StopCause {
  /// The signal that the thread has stopped with, caught or not.
  package var signal: Signal? {
    switch self {
    case .signal(let info): info.signal
    case .caught(let report): if case .signal(let signal) = report.event { signal } else { nil }
    default: nil
    }
  }

  /// The numbers of what the user has set that has stopped the process.
  package var breakpoints: [Int] {
    switch self {
    case .breakpoint(let id, _): [id]
    case .watchpoints(let reports): reports.map(\.id)
    case .caught(let report): [report.id]
    default: []
    }
  }
}

/// A stop, as it is reported: `{"event": "stopped", …}`.
package struct StopSnapshot: Sendable, Equatable, Encodable {
  /// Grows by one with each stop; what was learnt in an earlier one is stale.
  package let generation: Int
  package let cause: StopCause
  package let thread: ThreadSnapshot
  /// The innermost frame.
  package let frame: FrameSnapshot
  /// True where text shows `frame f (…) at file:line` and not just the source line: the function
  /// changed, or the stop was not a step's.
  package let showsFrame: Bool
  /// True where the stop's thread is another than the last one's (`[Switching to Thread …]`).
  package let switchedThread: Bool

  package init(
    generation: Int, cause: StopCause, thread: ThreadSnapshot, frame: FrameSnapshot, showsFrame: Bool,
    switchedThread: Bool
  ) {
    self.generation = generation
    self.cause = cause
    self.thread = thread
    self.frame = frame
    self.showsFrame = showsFrame
    self.switchedThread = switchedThread
  }

  private enum CodingKeys: String, CodingKey {
    case event, reason, breakpoint, breakpoints, watchpoints, caught, signal, value, thread, frame
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("stopped", forKey: .event)
    try container.encode(cause.name, forKey: .reason)
    switch cause {
    case .breakpoint(let id, _): try container.encode(id, forKey: .breakpoint)
    case .watchpoints(let reports): try container.encode(reports, forKey: .watchpoints)
    case .caught(let report):
      try container.encode(report.id, forKey: .breakpoint)
      try container.encode(report, forKey: .caught)
    case .watchpointScope(let ids): try container.encode(ids, forKey: .breakpoints)
    case .signal(let info): try container.encode(info.signal.name, forKey: .signal)
    case .finished(let value): try container.encodeIfPresent(value?.variable, forKey: .value)
    default: break
    }
    try container.encode(thread, forKey: .thread)
    try container.encode(frame, forKey: .frame)
  }
}

/// How a resumption ended.
package enum ResumeOutcome: Sendable, Equatable, Encodable {
  case stopped(StopSnapshot)
  case exited(pid: ProcessID, code: Int32)
  case killed(pid: ProcessID, signal: Signal)

  private enum CodingKeys: String, CodingKey { case event, code, signal }

  package func encode(to encoder: any Encoder) throws {
    if case .stopped(let stop) = self { return try stop.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("exited", forKey: .event)
    switch self {
    case .stopped: break
    case .exited(_, let code): try container.encode(code, forKey: .code)
    case .killed(_, let signal): try container.encode(signal.name, forKey: .signal)
    }
  }
}
