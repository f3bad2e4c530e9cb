import MachineModel
import Tracing

/// What comes of a hit.
enum HitVerdict {
  /// It is another thread's, its condition is false, or it is to be ignored.
  case passedOver
  case due
  /// The program is elsewhere, by what the condition called.
  case arrived(Arrival)
}

extension DebugSession {
  /// Counts a hit of an enabled breakpoint's, if its condition holds.
  func countHit(of breakpoint: Breakpoint, _ stop: StopEvent) async -> HitVerdict {
    if let thread = breakpoint.thread, thread != threads.number(of: stop.thread) { return .passedOver }
    switch await answer(of: breakpoint, to: stop) {
    case .fails: return .passedOver
    case .holds: break
    case .failed(let message): tellFailure(breakpoint.id, message)
    case .arrived(let call):
      tellFailure(breakpoint.id, call.message)
      return .arrived(call.arrival)
    }
    // What the condition called may have changed the table.
    guard var breakpoint = breakpointTable[breakpoint.id] else { return .passedOver }
    breakpoint.hits += 1
    let isIgnored = breakpoint.ignoreCount > 0
    if isIgnored { breakpoint.ignoreCount -= 1 }
    breakpointTable[breakpoint.id] = breakpoint
    return isIgnored ? .passedOver : .due
  }
}
