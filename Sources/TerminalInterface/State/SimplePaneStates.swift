package import Debugger
package import MachineModel

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

/// The process's threads.
package struct ThreadsState: Sendable, Equatable {
  package var threads: [ThreadRow] = []
  package var list = ListState()
  package var freshness = Freshness()
  package var problem: String?

  package init() {}

  mutating func accept(_ rows: [ThreadRow]) {
    threads = rows
    problem = nil
    if let current = rows.firstIndex(where: \.current) { list.cursor = current }
  }
}

/// The selected frame's registers, and which of them the last stop changed.
package struct RegistersState: Sendable, Equatable {
  package private(set) var registers: [RegisterRow] = []
  package private(set) var changed: Set<String> = []
  package var list = ListState()
  package var freshness = Freshness()
  package var problem: String?
  private var generation = -1
  private var thread = -1
  private var before: [String: String] = [:]
  private var now: [String: String] = [:]

  package init() {}

  /// Registers of outer frames are not compared: a selection is no change.
  mutating func accept(_ rows: [RegisterRow], generation: Int, thread: Int, level: Int) {
    registers = rows
    problem = nil
    changed = []
    guard level == 0 else { return }
    if thread != self.thread {
      before = [:]
      now = [:]
    }
    if generation != self.generation { before = now }
    self.generation = generation
    self.thread = thread
    now = Dictionary(rows.map { ($0.name, $0.raw) }) { first, _ in first }
    changed = Set(rows.filter { before[$0.name] != nil && before[$0.name] != $0.raw }.map(\.name))
  }

  mutating func clear() {
    registers = []
    changed = []
    now = [:]
    before = [:]
    problem = nil
    freshness.expire()
  }
}

/// Instructions around the selected frame's, or around where the cursor was taken.
package struct DisassemblyState: Sendable, Equatable {
  /// Instructions asked for before and after an address.
  package static let before = 48
  package static let after = 160

  package var rows: [InstructionRow] = []
  package var list = ListState()
  package var freshness = Freshness()
  package var problem: String?
  /// Where the pane was scrolled to; nil: it follows the selected frame.
  package var anchor: VirtualAddress?
  /// Columns that are scrolled out on the left.
  package var column = 0

  package init() {}

  /// Takes new rows; the cursor stays at its instruction where that is among them and the pane was scrolled.
  mutating func accept(_ rows: [InstructionRow], height: Int) {
    let address = anchor
    self.rows = rows
    problem = nil
    if let address, let row = rows.firstIndex(where: { $0.address >= address }) {
      list.cursor = row
      list.top = row - height / 2
    } else if let row = rows.firstIndex(where: \.isCurrent) {
      list.reveal(row, count: rows.count, height: height)
    } else {
      list.select(0, count: rows.count, height: height)
    }
  }

  mutating func clear() {
    rows = []
    problem = nil
    anchor = nil
    freshness.expire()
  }
}
