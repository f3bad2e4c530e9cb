package import Debugger

/// `print`.
package struct PrintResult: CommandResult, Equatable {
  package let value: EvaluatedValue
  package init(_ value: EvaluatedValue) { self.value = value }
  package var text: String {
    value.history.map { "$\($0) = \(value.variable.value)" } ?? "\(value.variable.value)"
  }
  package func encode(to encoder: any Encoder) throws { try value.variable.encode(to: encoder) }
}
