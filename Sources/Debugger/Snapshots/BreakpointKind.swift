/// What a row of `info breakpoints` is, in gdb's words.
package enum BreakpointKind: String, Sendable, Codable {
  case breakpoint, dprintf
  case hardwareBreakpoint = "hw breakpoint"
  case watchpoint = "hw watchpoint"
  case readWatchpoint = "read watchpoint"
  case accessWatchpoint = "acc watchpoint"
  case softwareWatchpoint = "watchpoint"
  case catchpoint
  case trace, time, count

  package var isWatchpoint: Bool {
    switch self {
    case .watchpoint, .readWatchpoint, .accessWatchpoint, .softwareWatchpoint: true
    case .breakpoint, .dprintf, .hardwareBreakpoint, .catchpoint, .trace, .time, .count: false
    }
  }
}

extension Probe {
  var kind: BreakpointKind {
    switch self {
    case .trace: .trace
    case .time: .time
    case .count: .count
    }
  }
}

/// Which use of what is watched stops the program.
package enum WatchAccess: Sendable {
  /// That changes the value.
  case write
  case read
  case readOrWrite
}

/// A watchpoint that a stop is due to.
package struct WatchReport: Sendable, Equatable, Encodable {
  package let id: Int
  package let kind: BreakpointKind
  package let expression: String
  /// nil where the value has not changed.
  package let old: String?
  package let new: String

  package init(id: Int, kind: BreakpointKind, expression: String, old: String?, new: String) {
    self.id = id
    self.kind = kind
    self.expression = expression
    self.old = old
    self.new = new
  }

  private enum CodingKeys: String, CodingKey { case id, expression, old, new }
}
