package import Concurrency

/// The overlay of threads, stacks, locks and processes.
package struct ConcurrencyState: Sendable, Equatable {
  /// What it shows, in the order of the tabs.
  package enum Section: Int, Sendable, CaseIterable {
    case threads, stacks, locks, processes

    package var title: String {
      switch self {
      case .threads: "Threads"
      case .stacks: "Stacks"
      case .locks: "Locks"
      case .processes: "Processes"
      }
    }
  }

  package private(set) var section = Section.threads
  package private(set) var content: ConcurrencyContent?
  package var problem: String?
  package var freshness = Freshness()
  package var list = ListState()
  /// What rows have to match to be shown; empty: all are.
  package private(set) var filter = ""
  /// Keys go to the filter.
  package var isFiltering = false
  /// The opened nodes of the stacks, by their places from the root on.
  private var open: Set<[Int]> = []
  /// Made of the content once a change, not once a drawing.
  package private(set) var rows: [ConcurrencyRow] = []

  package init() {}

  mutating func accept(_ content: ConcurrencyContent) {
    self.content = content
    problem = nil
    open = Self.commonNodes(of: content.stacks.roots, path: [])
    rows = makeRows()
    list.cursor = min(list.cursor, max(0, rows.count - 1))
  }

  mutating func show(_ section: Section) {
    guard section != self.section else { return }
    self.section = section
    list = ListState()
    rows = makeRows()
  }

  /// The next tab, or the one before.
  mutating func showNeighbour(_ step: Int) {
    let count = Section.allCases.count
    show(Section.allCases[((section.rawValue + step) % count + count) % count])
  }

  mutating func setFilter(_ text: String) {
    filter = text
    list = ListState()
    rows = makeRows()
  }

  /// Opens or closes the node that the cursor is on; nil: the other way round. False where it is no such node.
  mutating func setOpen(_ isOpen: Bool?) -> Bool {
    guard let row = list.selected(of: rows), let path = row.path, row.canOpen else { return false }
    if isOpen ?? !open.contains(path) { open.insert(path) } else { open.remove(path) }
    rows = makeRows()
    return true
  }

  /// What all stacks of a tree share is open to begin with.
  private static func commonNodes(of nodes: [StackTree.Node], path: [Int]) -> Set<[Int]> {
    guard nodes.count == 1, let node = nodes.first else { return [] }
    return commonNodes(of: node.callees, path: path + [0]).union([path + [0]])
  }

  private func makeRows() -> [ConcurrencyRow] {
    guard let content else { return [] }
    let all =
      switch section {
      case .threads: ConcurrencyRow.threads(content.snapshot)
      case .stacks: ConcurrencyRow.stacks(content.stacks.roots, isOpen: { open.contains($0) || !filter.isEmpty })
      case .locks: ConcurrencyRow.locks(content.snapshot)
      case .processes: content.processes.map(ConcurrencyRow.processes) ?? []
      }
    guard !filter.isEmpty else { return all }
    let wanted = RowFilter(filter)
    // A row stays for what is below it, too.
    var kept: [ConcurrencyRow] = []
    var needed = 0
    for row in all.reversed() {
      guard wanted.matches(row.text) || row.depth < needed else { continue }
      kept.append(row)
      needed = section == .stacks ? row.depth : 0
    }
    return kept.reversed()
  }
}

/// What the overlay is about, at one stop.
package struct ConcurrencyContent: Sendable, Equatable {
  package let snapshot: ConcurrencySnapshot
  package let stacks: StackTree
  package let processes: ProcessTree?
  package init(snapshot: ConcurrencySnapshot, stacks: StackTree, processes: ProcessTree?) {
    self.snapshot = snapshot
    self.stacks = stacks
    self.processes = processes
  }
}
