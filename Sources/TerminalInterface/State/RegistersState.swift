package import Debugger

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
