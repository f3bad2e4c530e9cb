import Debugger

/// Watchpoints in gdb's words.
enum WatchText {
  static func title(_ kind: BreakpointKind) -> String {
    switch kind {
    case .watchpoint: "Hardware watchpoint"
    case .readWatchpoint: "Hardware read watchpoint"
    case .accessWatchpoint: "Hardware access (read/write) watchpoint"
    default: "Watchpoint"
    }
  }

  /// What a stop says of each; `who` is the thread that `hit` them, where that is said.
  static func lines(_ reports: [WatchReport], who: String) -> [String] {
    reports.flatMap { report -> [String] in
      let head = ["", who + title(report.kind) + " \(report.id): " + escapedName(report.expression), ""]
      guard let old = report.old else { return head + ["Value = \(escapedName(report.new))"] }
      return head + ["Old value = \(escapedName(old))", "New value = \(escapedName(report.new))"]
    }
  }

  static func ended(_ ids: [Int]) -> [String] {
    ids.flatMap {
      ["", "Watchpoint \($0) deleted because the program has left the block in", "which its expression is valid."]
    }
  }
}
