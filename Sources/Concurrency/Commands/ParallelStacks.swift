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
