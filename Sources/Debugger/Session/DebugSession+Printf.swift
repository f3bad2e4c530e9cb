import DebugInfo

/// What `printf` takes from expressions.
extension DebugSession {
  /// The text that an expression leads to, up to its zero, at most a megabyte; nil for a null pointer.
  package func string(at expression: String) async throws(SessionError) -> String? {
    let bytes = try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      try evaluator.string(expression)
    }.result
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A number, cut where it has a fraction; a pointer's or array's address.
  package func wholeNumber(_ expression: String) async throws(SessionError) -> Int64 {
    try await evaluating(expression) { (evaluator) throws(ExpressionError) in
      try evaluator.wholeNumber(expression)
    }.result
  }
}
