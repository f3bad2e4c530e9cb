import DebugInfo

/// What `printf` prints.
extension DebugSession {
  /// Texts, and values of expressions in the selected frame.
  package func text(of pieces: [LogLine.Piece]) async throws(SessionError) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .value(let expression, let form):
        text += try await evaluating(expression) { (evaluator) throws(ExpressionError) in
          try self.text(of: expression, form, evaluator)
        }.result
      }
    }
    return text
  }

  /// An expression's value as text.
  func text(of expression: String, _ form: LogLine.Form, _ evaluator: ExpressionEvaluator) throws(ExpressionError)
    -> String
  {
    switch form {
    case .integer(let format): return format(try evaluator.wholeNumber(expression))
    case .text(let format):
      return format(try evaluator.string(expression).map { String(decoding: $0, as: UTF8.self) })
    case .floating(let format): return format(try evaluator.floatingNumber(expression))
    case .natural(let format):
      let formatter = ValueFormatter(settings: settings, language: evaluator.scope.language)
      return try formatter.checkedText(evaluator.evaluate(expression), format: format)
    }
  }
}
