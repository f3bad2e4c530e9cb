import Commands
import Debugger

/// `bt -parallel`.
package struct ParallelStacks: CommandResult, Equatable {
  package let tree: StackTree
  package init(_ tree: StackTree) { self.tree = tree }

  package func encode(to encoder: any Encoder) throws { try tree.encode(to: encoder) }

  package var text: String {
    if tree.count == 0 { return "No threads." }
    return tree.roots.flatMap { lines(of: $0, indent: "") }.joined(separator: "\n")
  }

  /// A heading where the number of threads changes, then frames from the outermost on; what branches is indented.
  private func lines(of node: StackTree.Node, indent: String) -> [String] {
    let noun = node.threads.count == 1 ? "thread" : "threads"
    var lines = ["\(indent)\(node.threads.count) \(noun): \(ThreadWords.ranges(node.threads))"]
    var node = node
    lines.append(indent + "  " + FrameText.place(node.frame))
    while node.callees.count == 1, let callee = node.callees.first, callee.threads.count == node.threads.count {
      node = callee
      lines.append(indent + "  " + FrameText.place(node.frame))
    }
    return lines + node.callees.flatMap { self.lines(of: $0, indent: indent + "    ") }
  }
}

/// Threads and locks in words.
enum ThreadWords {
  /// `thread 2 "left"`.
  static func name(_ thread: ThreadSnapshot) -> String { "thread \(thread.id) \"\(escapedName(thread.name))\"" }

  /// `1 3-5 9` of ascending numbers.
  static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
  }

  /// `mutex first`; without a name, by its address.
  static func name(_ lock: Lock) -> String {
    kind(lock) + " " + (lock.name.map { escapedName($0) } ?? "at \(lock.address)")
  }

  /// `recursive mutex`.
  static func kind(_ lock: Lock) -> String {
    let noun = lock.kind == .condition ? "condition variable" : lock.kind.rawValue
    return (lock.attributes + [noun]).joined(separator: " ")
  }
}
