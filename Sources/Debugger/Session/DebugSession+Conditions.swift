import DebugInfo
import MachineModel
import Tracing

/// What a breakpoint's condition says to a hit.
enum ConditionAnswer {
  case holds
  case fails
  /// It can't be evaluated: that stops too, and the user is told.
  case failed(String)
  /// What it called in the program did not come back.
  case arrived(AbandonedCall)
}

/// A breakpoint that a stop is due to, with what it wants done, which outlives a temporary one.
package struct ClaimedBreakpoint: Sendable, Equatable {
  package let id: Int
  package let commands: [String]
}

/// What the breakpoints at an address say to a hit.
enum Claim {
  case claimed(StopCause)
  /// A false condition, a hit to be ignored, a trap of our own.
  case unclaimed
  /// The program is elsewhere, by what a condition called.
  case arrived(Arrival)
}

extension DebugSession {
  /// Asks the breakpoints at `address` whether a hit is to be reported, and as whose.
  func claim(_ stop: StopEvent, at address: VirtualAddress) async -> Claim {
    var cause: StopCause?
    claims = []
    for breakpoint in breakpointTable.enabled(at: address)
    where !nesting.isAsking(breakpoint: breakpoint.id, in: stop.thread) {
      switch await countHit(of: breakpoint, stop) {
      case .passedOver: continue
      case .arrived(let arrival): return .arrived(arrival)
      case .due: break
      }
      switch breakpoint.probe {
      case .trace?:
        await trace(breakpoint, at: stop)
        continue
      case .time?:
        if let frame = frameProgram(at: address) { await process?.timeCall(at: address, frame: frame, by: stop.thread) }
        continue
      case .count?: continue
      case nil: break
      }
      if let line = breakpoint.log {
        switch await log(line, by: breakpoint.id, at: stop) {
        case .holds, .fails: continue
        case .failed(let message): notify("Error in the log line of breakpoint \(breakpoint.id):\n\(message)")
        case .arrived(let call): return .arrived(call.arrival)
        }
      }
      claims.append(ClaimedBreakpoint(id: breakpoint.id, commands: breakpoint.commands))
      if cause == nil { cause = await self.cause(of: breakpoint, at: stop) }
    }
    guard let cause else { return .unclaimed }
    await retireClaimed()
    return .claimed(cause)
  }

  func tellFailure(_ id: Int, _ message: String) {
    notify("Error in testing condition for breakpoint \(id):\n\(message)")
  }

  func answer(of breakpoint: Breakpoint, to stop: StopEvent) async -> ConditionAnswer {
    guard let condition = breakpoint.condition else { return .holds }
    let answer = await answer(at: stop, asking: breakpoint.id) { (evaluator) throws(ExpressionError) in
      try evaluator.truth(condition)
    }
    switch answer {
    case .value(let isTrue): return isTrue ? .holds : .fails
    case .failed(let message): return .failed(message)
    case .arrived(let call): return .arrived(call)
    }
  }

  /// What an expression of a breakpoint's comes to at a hit.
  enum HitAnswer<Result> {
    case value(Result)
    /// It can't be evaluated.
    case failed(String)
    /// What it called in the program did not come back.
    case arrived(AbandonedCall)
  }

  /// Evaluates for a breakpoint in the innermost frame of a thread that has hit it.
  func answer<Result>(
    at stop: StopEvent, asking breakpoint: Int, _ body: (ExpressionEvaluator) throws(ExpressionError) -> Result
  ) async -> HitAnswer<Result> {
    guard let process else { return .failed("\(SessionError.notRunning)") }
    nesting.ask(breakpoint: breakpoint, in: stop.thread)
    defer {
      nesting.leave()
      stacks[stop.thread] = nil
    }
    do throws(SessionError) {
      let evaluation = try await evaluation(
        in: { () async throws(SessionError) in
          let walker = self.walker(for: stop.registers, process: process, hiddenInlined: 0, thread: stop.thread)
          self.stacks[stop.thread] = walker
          guard let frame = self.frame(asking: breakpoint, in: walker, of: stop.thread) else {
            throw .noFrame("No frame selected.")
          }
          return await self.frameScope(frame, thread: stop.thread, process: process)
        }, body)
      switch evaluation {
      case .value(let result, _): return .value(result)
      case .abandoned(let call):
        guard call.isUndone else { return .arrived(call) }
        try await undo(call.call)
        restore(call.context, of: process)
        return .failed(call.message)
      }
    } catch {
      return .failed("\(error)")
    }
  }
}
