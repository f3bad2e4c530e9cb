package import DebugInfo
package import MachineModel

/// Evaluates expressions of C and C++ (and what other languages share with them) in a scope.
package struct ExpressionEvaluator {
  package enum Outcome {
    case value(Value)
    /// The expression is the name of a type (`ptype struct point`, `whatis int *`).
    case type(DataType)
  }
  package let scope: any EvaluationScope
  package init(scope: any EvaluationScope) { self.scope = scope }

  /// The value of an expression; assignments in it are carried out.
  package func evaluate(_ text: String) throws(ExpressionError) -> Value { throw ExpressionError("No value.") }
  /// As `evaluate`, but a type's name is an answer too, and nothing is written: `whatis`, `ptype`, `sizeof`.
  package func evaluateOrType(_ text: String) throws(ExpressionError) -> Outcome { .value(try evaluate(text)) }
  /// The address that an expression means, for `x`, `break *`, `disassemble`: a pointer's value, an array's or
  /// function's place, an integer.
  package func address(_ text: String) throws(ExpressionError) -> VirtualAddress { VirtualAddress(0) }
  /// True where the value is not zero, for conditions.
  package func truth(_ text: String) throws(ExpressionError) -> Bool { false }
}
