package import Debugger

/// `info locals`, `info args`.
package struct VariableList: CommandResult, Equatable {
  package let variables: [VariableSnapshot]
  /// What text says where there is none: "No locals."
  private let ifEmpty: String
  package init(_ variables: [VariableSnapshot], ifEmpty: String) {
    self.variables = variables
    self.ifEmpty = ifEmpty
  }
  package var text: String {
    variables.isEmpty
      ? ifEmpty : variables.map { VariableText.assignment($0, indent: 0) }.joined(separator: "\n")
  }
  private enum CodingKeys: CodingKey { case variables }
}
