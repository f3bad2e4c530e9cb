package import MachineModel

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
