package import Debugger
import MachineModel

/// All breakpoints.
package struct BreakpointsState: Sendable, Equatable {
  package var breakpoints: [BreakpointSnapshot] = []
  package var list = ListState()
  package var freshness = Freshness()
  /// Grows with each change of a breakpoint; these have a revision of their own, as they outlive processes.
  package var revision = 0

  package init() {}

  /// What the gutter shows at a line of a file.
  package enum Mark: Sendable, Equatable { case enabled, disabled, hit }

  /// Marks of a file by line. `hit`: the breakpoint that the process stands at.
  package func marks(in file: String, hit: Int?) -> [Int: Mark] {
    var marks: [Int: Mark] = [:]
    for breakpoint in breakpoints {
      for location in breakpoint.locations {
        guard location.file == file, let line = location.line else { continue }
        let mark: Mark = breakpoint.id == hit ? .hit : breakpoint.enabled ? .enabled : .disabled
        if marks[line] == nil || mark != .disabled { marks[line] = mark }
      }
    }
    return marks
  }

  /// Those that stand at a line, or were asked for there and moved on to a line with code.
  func ids(at line: Int, of file: String) -> [Int] {
    breakpoints.filter { breakpoint in
      breakpoint.locations.contains { $0.file == file && $0.line == line }
        || (breakpoint.specification.hasSuffix(":\(line)") && breakpoint.locations.contains { $0.file == file })
    }.map(\.id)
  }

  func ids(at address: VirtualAddress) -> [Int] {
    breakpoints.filter { $0.locations.contains { $0.address == address } }.map(\.id)
  }
}
