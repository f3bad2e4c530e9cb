package import Debugger

/// A row of the locals tree as it is shown.
package struct TreeRow: Sendable, Equatable {
  /// A variable, expression, member or element.
  package struct Variable: Sendable, Equatable {
    package let name: String
    /// As declared; empty where an expression has no value.
    package let type: String
    /// The class of what a pointer or reference leads to, where that is not the one it says.
    package let dynamicType: String?
    package let value: String
    /// Of a container: its elements without the words on it that `value` begins with; nil where there are none.
    package let contents: String?
    package let canOpen: Bool
    package let isOpen: Bool
    package let isChanged: Bool
    /// What its value is shown in.
    package let format: ValueFormat.Letter
    /// The line that declares it, where it stands in a block inside its function or shares its name.
    package let line: Int?
    /// Another variable of its name is meant where the program stands.
    package let isShadowed: Bool
  }

  package enum Content: Sendable, Equatable {
    case variable(Variable)
    /// Elements from `first` on were not asked for.
    case more(first: Int, remaining: Int)
    case loading
    case problem(String)
  }

  /// Of the variable, or of the one that it is about.
  package let path: TreePath
  package let depth: Int
  package let content: Content

  package var variable: Variable? {
    if case .variable(let variable) = content { variable } else { nil }
  }
  package var isOpen: Bool { variable?.isOpen ?? false }
}

/// A row whose value is wanted in another format than its own.
package struct FormattedRow: Sendable, Equatable {
  package let path: TreePath
  package let value: ValueID
  package let letter: ValueFormat.Letter
}

/// A row's value in that format.
package struct FormattedText: Sendable, Equatable {
  package let path: TreePath
  package let letter: ValueFormat.Letter
  package let text: String
  package let revision: Int
}
