package import MachineModel

/// Steps through the code of one source line (`step`, `next`, `until`): instruction by instruction while the
/// program counter stays in the line's ranges.
///
/// Asks the session (`.needsSymbols`) as soon as the thread has left them otherwise than by a call that is to be
/// stepped over: it may have arrived, entered a function, returned, or come to the middle of another line; and after many steps,
/// for the line seems to loop.
package struct LineStepPlan: ThreadPlan {
  private let ranges: [Range<VirtualAddress>]
  private let stepsOverCalls: Bool
  private var calls: CallTracker
  private var steps = 0

  /// So many steps in a line mean that it loops.
  private static let patience = 256

  /// It has asked for symbols only because the line seems to loop for long.
  var isLooping: Bool { steps > Self.patience }

  /// - Parameter ranges: what counts as the line; code that has none (an empty list) is left at once.
  package init(ranges: [Range<VirtualAddress>], stepsOverCalls: Bool) {
    self.ranges = ranges
    self.stepsOverCalls = stepsOverCalls
    calls = CallTracker()
  }

  package mutating func next(_ observation: PlanObservation) -> PlanDirective {
    switch calls.observe(observation) {
    case .inCall(let returnAddress): return .run(until: [returnAddress])
    case .entered(let returnAddress) where stepsOverCalls:
      calls.stepOut(to: returnAddress, from: observation.registers)
      return .run(until: [returnAddress])
    case .entered: return .needsSymbols
    case .level:
      let pc = observation.registers.programCounter
      steps += 1
      return observation.isStart || ranges.contains { $0.contains(pc) } && !isLooping ? .singleStep : .needsSymbols
    }
  }
}
