import Commands
import Concurrency
import DebugInfo
import Debugger

/// A row of the overlay of threads, stacks, locks and processes.
package struct ConcurrencyRow: Sendable, Equatable {
  package let text: String
  var depth = 0
  /// What Enter selects.
  var thread: Int?
  /// The frame of that thread to be selected with it.
  var level = 0
  /// Of a node of the stacks.
  var path: [Int]?
  var canOpen = false
  var scope = Scope.dialogText

  /// Widths beyond which names and places are cut, so that what a thread waits for stays in sight.
  private static let nameWidth = 15
  private static let placeWidth = 30

  static func threads(_ snapshot: ConcurrencySnapshot) -> [ConcurrencyRow] {
    let cells = snapshot.threads.map { thread in
      [
        String(thread.thread.id), shortened(escapedName(thread.thread.name), to: nameWidth), thread.state.rawValue,
        ThreadWords.processorShare(thread), ThreadWords.processorTime(thread),
        thread.frame.map { shortened(place($0), to: placeWidth) } ?? "??",
      ]
    }
    let widths = (0..<6).map { column in cells.map { columnWidth(of: $0[column]) }.max() ?? 0 }
    return zip(snapshot.threads, cells).map { thread, cells in
      let columns = zip(cells, widths).enumerated().map { index, cell in
        [0, 3, 4].contains(index) ? cell.0.leftPadded(to: cell.1) : cell.0.padded(to: cell.1)
      }
      var row = ConcurrencyRow(
        text: (thread.isCurrent ? "▶" : " ") + columns.joined(separator: " ") + " "
          + ThreadWords.target(thread, isBrief: true))
      row.thread = thread.thread.id
      row.level = thread.frame?.level ?? 0
      row.scope = thread.state == .deadlocked ? .statusError : thread.isCurrent ? .threadCurrent : .dialogText
      return row
    }
  }

  static func stacks(
    _ nodes: [StackTree.Node], path: [Int] = [], isOpen: ([Int]) -> Bool
  ) -> [ConcurrencyRow] {
    nodes.enumerated().flatMap { index, node -> [ConcurrencyRow] in
      let here = path + [index]
      let opens = !node.callees.isEmpty
      let isOpened = opens && isOpen(here)
      let mark = !opens ? " " : isOpened ? "▾" : "▸"
      let indent = String(repeating: "  ", count: path.count)
      var row = ConcurrencyRow(
        text: "\(indent)\(mark) \(node.threads.count)  \(place(node.frame))   \(ThreadWords.ranges(node.threads))")
      row.depth = path.count
      row.path = here
      row.canOpen = opens
      row.thread = node.threads.first
      row.level = node.frame.level
      return [row] + (isOpened ? stacks(node.callees, path: here, isOpen: isOpen) : [])
    }
  }

  static func locks(_ snapshot: ConcurrencySnapshot) -> [ConcurrencyRow] {
    func rows(_ result: any CommandResult, _ heading: Scope) -> [ConcurrencyRow] {
      result.text.split(separator: "\n").map { line in
        var row = ConcurrencyRow(text: String(line))
        row.scope = line.hasPrefix(" ") ? .dialogText : heading
        return row
      }
    }
    let deadlocks = DeadlockList(deadlocks: snapshot.deadlocks, unknownHolders: 0)
    return (snapshot.deadlocks.isEmpty ? [] : rows(deadlocks, .statusError))
      + rows(LockList(locks: snapshot.locks), .helpHeading)
  }

  static func processes(_ tree: ProcessTree) -> [ConcurrencyRow] {
    ProcessList(tree: tree).lines.map { ConcurrencyRow(text: $0.text, depth: $0.depth) }
  }

  /// `cross deadlocks.c:23`.
  private static func place(_ frame: FrameSnapshot) -> String {
    let function = frame.function.map { escapedName($0) } ?? "??"
    guard let file = frame.file, let line = frame.line else { return function }
    return "\(function) \(escapedName(fileName(file))):\(line)"
  }
}

/// What a row has to match: text, in which small letters find capitals too, or a regular expression.
struct RowFilter {
  private let text: SearchState
  private let pattern: NamePattern?

  init(_ filter: String) {
    text = SearchState(filter)
    pattern = try? NamePattern(filter)
  }

  func matches(_ row: String) -> Bool { text.matches(row) || pattern?.matches(row) == true }
}
