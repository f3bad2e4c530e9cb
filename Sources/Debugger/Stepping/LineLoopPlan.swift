import DebugInfo
import MachineModel

/// Runs through a line that loops, to one of its exits in the frame where it began; from an exit that is part of the line (a return,
/// a jump to an address that is computed) it goes on by steps.
struct LineLoopPlan: ThreadPlan {
  private let exits: LineExits
  /// The canonical address of the frame that is stepped through.
  private let frame: VirtualAddress
  private var steps: LineStepPlan
  private let ranges: [Range<VirtualAddress>]
  private var isStepping = false

  init(_ exits: LineExits, frame: VirtualAddress, ranges: [Range<VirtualAddress>], stepsOverCalls: Bool) {
    self.exits = exits
    self.frame = frame
    self.ranges = ranges
    steps = LineStepPlan(ranges: ranges, stepsOverCalls: stepsOverCalls)
  }

  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    if isStepping { return steps.next(observation) }
    let pc = observation.registers.programCounter
    guard !observation.isStart, let place = exits.places.first(where: { $0.address == pc }) else { return run }
    // A recursion comes to the same places.
    if let rule = place.frame, rule.address(observation.registers) != frame { return run }
    guard place.frame != nil, ranges.contains(where: { $0.contains(pc) }) else { return .needsSymbols }
    isStepping = true
    return steps.next(
      PlanObservation(registers: observation.registers, memory: observation.memory, isStart: true))
  }

  private var run: PlanDirective { .run(until: exits.places.map(\.address)) }
}
