import DebugInfo
import MachineModel

/// Watch expressions, pinned places, and what else is done to a row of a variable tree.
extension DebugSession {
  // MARK: Kept in view

  /// Adds a watch expression; answers its number. It is evaluated when it is shown, and may have no value here.
  @discardableResult
  package func keep(expression: String) throws(SessionError) -> Int {
    let number = try kept.add(.expression(expression))
    sink.yield(.keptValuesChanged)
    return number
  }

  /// The watch expressions, in the order in which they were added.
  package var keptExpressions: [String] {
    kept.contents.compactMap { if case .expression(let text) = $0.content { text } else { nil } }
  }

  /// Keeps a value of this stop in view by its address and type. Throws where it is not in memory.
  @discardableResult
  package func pin(_ id: ValueID, name: String) throws(SessionError) -> Int {
    let (opened, language) = try openValue(id)
    let value = opened.value
    guard let address = value.address, value.bitField == nil else {
      throw .refused("\(name) is not in memory: there is no address to pin.")
    }
    let number = try kept.add(.place(value.type, address, name: name, language: language))
    sink.yield(.keptValuesChanged)
    return number
  }

  /// Keeps it in view no more.
  package func release(_ number: Int) {
    kept.remove(number)
    sink.yield(.keptValuesChanged)
  }

  /// All that is kept in view, evaluated in the selected frame. An expression's assignments are not carried out, and
  /// nothing is called: what is looked at at each stop must not move the program.
  package func keptValues() async -> [KeptValueSnapshot] {
    var shown: [KeptValueSnapshot] = []
    for (number, content) in kept.contents {
      // A scope each: what an expression assigns is seen in its own only.
      guard let scope = try? await selectedScope() else { break }
      switch content {
      case .expression(let text):
        shown.append(KeptValueSnapshot(number: number, kind: .expression, variable: watched(text, in: scope)))
      case .place(let type, let address, let name, let language):
        let value = Value(type: type, location: .memory(address), source: scope)
        shown.append(
          KeptValueSnapshot(number: number, kind: .place(address), variable: snapshot(name: name, value, language)))
      }
    }
    return shown
  }

  private func watched(_ text: String, in scope: FrameScope) -> VariableSnapshot {
    do throws(ExpressionError) {
      return snapshot(name: text, try ExpressionEvaluator(scope: scope).evaluate(text), scope.language)
    } catch {
      return VariableSnapshot(name: text, type: "", value: "<error: \(error.message)>")
    }
  }

  // MARK: Rows

  func openValue(_ id: ValueID) throws(SessionError) -> (value: OpenValue, frameLanguage: SourceLanguage) {
    guard id.generation == generation, let found = openValues.value(id.number) else {
      throw .refused("The program has moved since this value was shown.")
    }
    return found
  }

  /// Values of this stop in another format. Those that are no more are left out.
  package func texts(of formats: [(id: ValueID, letter: ValueFormat.Letter)]) -> [ValueID: String] {
    var texts: [ValueID: String] = [:]
    for (id, letter) in formats {
      guard let (value, language) = try? openValue(id) else { continue }
      texts[id] = ValueFormatter(settings: settings, language: language)
        .nestedText(value.value, format: ValueFormat(value.isRaw && letter == .natural ? .raw : letter))
    }
    return texts
  }

  /// Gives a value of this stop another: `text` is an expression of its frame, converted as an assignment does.
  package func assign(_ text: String, to id: ValueID) async throws(SessionError) {
    let value = try openValue(id).value.value
    _ = try stoppedProcess()
    guard let scope = value.source as? FrameScope else { throw .refused("This value can't be written.") }
    try expressionResult { () throws(ExpressionError) in
      let evaluator = ExpressionEvaluator(scope: scope)
      let place = try evaluator.plain(value)
      guard place.isAssignable else { throw ExpressionError("Left operand of assignment is not an lvalue.") }
      let converted = try evaluator.cast(evaluator.evaluate(text), to: place.type)
      try place.write(evaluator.bytes(of: converted))
    }
    try await carryOut(scope.takeWrites(), thread: scope.thread)
  }
}
