/// Where a row of the locals tree is: what it hangs on, and the names from there inwards. It means the same at the
/// next stop, so open rows stay open.
package struct TreePath: Sendable, Hashable {
  /// What a row hangs on.
  package enum Origin: Sendable, Hashable {
    /// A variable of the selected frame.
    case variable
    /// A watch expression, by its number.
    case expression(Int)
    /// A pinned place, by its number.
    case place(Int)
  }

  package let origin: Origin
  package let components: [String]

  package init(_ components: [String], origin: Origin = .variable) {
    self.origin = origin
    self.components = components
  }

  package func appending(_ name: String) -> TreePath {
    TreePath(components + [name], origin: origin)
  }

  /// nil for what hangs on nothing else.
  package var parent: TreePath? {
    components.count > 1 ? TreePath(components.dropLast(), origin: origin) : nil
  }

  /// 0 for a variable.
  package var depth: Int { components.count - 1 }

  /// The number of a watch expression or pinned place that this is, itself.
  package var keptNumber: Int? {
    guard depth == 0 else { return nil }
    switch origin {
    case .variable: return nil
    case .expression(let number), .place(let number): return number
    }
  }
}
