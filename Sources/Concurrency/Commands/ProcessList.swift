import Commands

/// `info processes`.
package struct ProcessList: CommandResult, Equatable {
  package let tree: ProcessTree
  package init(tree: ProcessTree) { self.tree = tree }

  package func encode(to encoder: any Encoder) throws { try tree.encode(to: encoder) }

  package var text: String { lines.map { $0.text }.joined(separator: "\n") }

  /// A process each, with how deep it stands.
  package var lines: [(depth: Int, text: String)] { Self.lines(of: tree, depth: 0) }

  private static func lines(of tree: ProcessTree, depth: Int) -> [(depth: Int, text: String)] {
    let call = tree.systemCall.map { " in " + $0 } ?? ""
    let threads = tree.threads > 1 ? ", \(tree.threads) threads" : ""
    let inferior = tree.inferior.map { ", inferior \($0)" } ?? ""
    let text = "\(tree.id)  \(escapedName(tree.commandLine))  (\(tree.state.word)\(call)\(threads)\(inferior))"
    let row = (depth, String(repeating: "  ", count: depth) + text)
    return [row] + tree.children.flatMap { lines(of: $0, depth: depth + 1) }
  }
}
