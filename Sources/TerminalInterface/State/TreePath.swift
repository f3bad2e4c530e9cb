/// Where a row of the locals tree is: the names from its variable inwards. It means the same at the next stop, so
/// open rows stay open.
package struct TreePath: Sendable, Hashable {
  package let components: [String]

  package init(_ components: [String]) {
    self.components = components
  }

  package func appending(_ name: String) -> TreePath {
    TreePath(components + [name])
  }

  /// 0 for a variable.
  package var depth: Int { components.count - 1 }
}

/// A row of the locals tree as it is shown.
package struct TreeRow: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case variable(name: String, type: String, value: String, canOpen: Bool, isOpen: Bool, isChanged: Bool)
    /// Elements from `first` on were not asked for.
    case more(first: Int, remaining: Int)
    case loading
    case problem(String)
  }
  /// Of the variable, or of the one that it is about.
  package let path: TreePath
  package let depth: Int
  package let content: Content
}
