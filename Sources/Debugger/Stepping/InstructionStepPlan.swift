package import MachineModel

/// Steps single instructions (`stepi`, `nexti`), `count` of them; a call counts as one where it is stepped over.
package struct InstructionStepPlan: ThreadPlan {
  private var remaining: Int
  private let stepsOverCalls: Bool
  private var calls = CallTracker()

  package init(count: Int, stepsOverCalls: Bool) {
    remaining = max(1, count)
    self.stepsOverCalls = stepsOverCalls
  }

  package mutating func next(_ observation: PlanObservation) -> PlanDirective {
    switch calls.observe(observation) {
    case .inCall(let returnAddress): return .run(until: [returnAddress])
    case .entered(let returnAddress) where stepsOverCalls:
      calls.stepOut(to: returnAddress, from: observation.registers)
      return .run(until: [returnAddress])
    case .entered, .level:
      if !observation.isStart { remaining -= 1 }
      return remaining > 0 ? .singleStep : .finished
    }
  }
}
