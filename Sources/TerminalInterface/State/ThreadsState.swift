package import Debugger

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
