import DebugInfo
import MachineModel
import Tracing

/// What came of evaluating an expression that may call into the program.
enum Evaluation<Result> {
  case value(Result, FrameScope)
  /// A call in it did not come back.
  case abandoned(AbandonedCall)
}

extension DebugSession {
  /// Evaluates in the selected frame. What the expression calls in the program is carried out as it comes to it, and
  /// what it writes before that too. A call that does not come back is reported as the stop, or the end, that it led to.
  func evaluating<Result>(
    _ expression: String, _ body: (ExpressionEvaluator) throws(ExpressionError) -> Result
  ) async throws(SessionError) -> (result: Result, scope: FrameScope) {
    let evaluation = try await evaluation(
      in: { () async throws(SessionError) in try await self.selectedScope(for: expression) }, body)
    switch evaluation {
    case .value(let result, let scope): return (result, scope)
    case .abandoned(let call):
      await report(call)
      throw .expression(call.message)
    }
  }

  /// Evaluates in a scope, which stays the same: after a call the thread's registers are as they were.
  func evaluation<Result>(
    in makeScope: () async throws(SessionError) -> FrameScope,
    _ body: (ExpressionEvaluator) throws(ExpressionError) -> Result
  ) async throws(SessionError) -> Evaluation<Result> {
    let journal = EvaluationJournal()
    // Results that are returned in memory stay there until the expression has its value.
    var bottom: VirtualAddress?
    let scope = try await makeScope()
    for _ in 0..<Self.mostCalls {
      journal.begin()
      let outcome: Result?
      do throws(ExpressionError) {
        outcome = try body(ExpressionEvaluator(scope: scope, journal: journal))
      } catch {
        guard journal.request != nil else { throw .expression(error.message) }
        outcome = nil
      }
      try await carryOut(scope.takeWrites(), thread: scope.thread)
      for warning in scope.takeWarnings() { notify("warning: \(warning)") }
      if let outcome { return .value(outcome, scope) }
      guard let request = journal.request, let thread = scope.thread else { break }
      switch try await call(request, in: thread, below: &bottom) {
      case .returned(let returned): journal.answer(returned.value(scope))
      case .abandoned(let call): return .abandoned(call)
      }
    }
    throw .expression("The expression calls too many functions.")
  }

  /// A loop in an expression there is none: more calls than this are a fault.
  private static var mostCalls: Int { 10_000 }

  private func report(_ abandoned: AbandonedCall) async {
    switch abandoned.arrival {
    case .ended(let outcome): tell(.ended(outcome))
    case .returned(let call, let stop), .terminated(let call, let stop):
      guard let snapshot = try? await reportReturn(of: call, at: stop, cause: .callReturned, nil) else { return }
      keepUnreported(.stopped(snapshot))
    case .stopped(let stop, let cause, let hidden):
      let snapshot = await report(stop, cause: cause, origin: nil, hiddenInlined: hidden)
      keepUnreported(.stopped(snapshot))
      guard abandoned.isUndone else { return }
      do throws(SessionError) {
        try await undo(abandoned.call)
      } catch {
        notify("\(error)")
      }
      // The signal was the function's, and is gone with it.
      lastStop = nil
      dataChanged()
    }
  }
}
