package import MachineModel

/// Steps through the code of one source line (`step`, `next`, `until`): instruction by instruction while the
/// program counter stays in the line's ranges.
///
/// Asks the session (`.needsSymbols`) as soon as the thread has left them otherwise than by a call that is to be
/// stepped over: it may have arrived, entered a function, returned, or come to the middle of another line.
package struct LineStepPlan: ThreadPlan {
  private let ranges: [Range<VirtualAddress>]
  private let stepsOverCalls: Bool
  private var calls: CallTracker

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
      return observation.isStart || ranges.contains { $0.contains(pc) } ? .singleStep : .needsSymbols
    }
  }
}

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

/// Runs until a frame has returned (`finish`, stepping out of a function without lines), or to one of some
/// other places before (`until LOCATION`, `advance`, the function that a trampoline leads to).
package struct RunToPlan: ThreadPlan {
  private let places: [VirtualAddress]
  private let returnAddress: VirtualAddress?
  /// The canonical frame address of the frame that is to return: a deeper recursion comes to the same
  /// return address with its stack pointer still below it.
  private let frame: VirtualAddress?

  /// - Parameters:
  ///   - places: where to stop in whatever frame.
  ///   - returnAddress: where to stop once the stack pointer has come back up to `frame`.
  package init(places: [VirtualAddress] = [], returnAddress: VirtualAddress? = nil, frame: VirtualAddress? = nil) {
    self.places = places
    self.returnAddress = returnAddress
    self.frame = frame
  }

  package mutating func next(_ observation: PlanObservation) -> PlanDirective {
    let pc = observation.registers.programCounter
    if !observation.isStart {
      if places.contains(pc) { return .finished }
      if pc == returnAddress, frame.map({ observation.registers.stackPointer >= $0 }) ?? true { return .finished }
    }
    return .run(until: places + (returnAddress.map { [$0] } ?? []))
  }
}

/// Tells calls from other instructions by what they leave on the stack, so that no decoding is needed.
struct CallTracker: Sendable {
  enum Event: Equatable {
    /// At the level where the tracking began (or above it).
    case level
    /// The last instruction was a call that returns to that address.
    case entered(VirtualAddress)
    /// Still inside a call that is being stepped over.
    case inCall(VirtualAddress)
  }

  private var last: (pc: VirtualAddress, stackPointer: VirtualAddress)?
  private var pending: (returnAddress: VirtualAddress, stackPointer: VirtualAddress)?

  /// Longest x86-64 instruction (Intel SDM volume 2, §2.3.11).
  private static let longestInstruction: UInt64 = 15

  mutating func observe(_ observation: PlanObservation) -> Event {
    let registers = observation.registers
    if let call = pending {
      // A deeper recursion may pass the same address: it is our return only with the stack popped.
      guard registers.programCounter == call.returnAddress, registers.stackPointer > call.stackPointer else {
        return .inCall(call.returnAddress)
      }
      pending = nil
    }
    defer { last = (registers.programCounter, registers.stackPointer) }
    guard let last, registers.stackPointer == last.stackPointer - 8 as VirtualAddress,
      let value = try? observation.memory.unsigned(registers.stackPointer, size: 8)
    else { return .level }
    let pushed = VirtualAddress(value)
    let distance: UInt64 = pushed - last.pc
    // `call` to the next instruction (a way to read the program counter) leads nowhere else.
    guard (1...Self.longestInstruction).contains(distance), pushed != registers.programCounter else { return .level }
    return .entered(pushed)
  }

  /// From now on, everything until the return to `address` is inside the call.
  mutating func stepOut(to address: VirtualAddress, from registers: RegisterFile) {
    pending = (address, registers.stackPointer)
    last = nil
  }
}
