package import Debugger
import MachineModel

/// `info threads`.
package struct ThreadTable: CommandResult, Equatable {
  package let threads: [ThreadRow]
  package init(threads: [ThreadRow]) { self.threads = threads }

  package var text: String {
    if threads.isEmpty { return "No threads." }
    let targets = threads.map { ThreadText.target($0) }
    let width = max("Target Id".count, targets.map(\.count).max() ?? 0)
    let rows = zip(threads, targets).map { row, target in
      (row.current ? "* " : "  ") + padded(row.number, 4) + " " + padded(target, width) + " "
        + (row.frame.map(FrameText.location) ?? "(running)")
    }
    return (["  Id   \(padded("Target Id", width)) Frame "] + rows).joined(separator: "\n")
  }
}
