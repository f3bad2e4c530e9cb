package import MachineModel

/// A value that the user keeps in view, as it is at this stop.
package struct KeptValueSnapshot: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case expression
    case place(VirtualAddress)
  }

  /// For `DebugSession.release`.
  package let number: Int
  package let kind: Kind
  /// What can't be evaluated here has `<error: …>` for its value.
  package let variable: VariableSnapshot

  package init(number: Int, kind: Kind, variable: VariableSnapshot) {
    self.number = number
    self.kind = kind
    self.variable = variable
  }
}
