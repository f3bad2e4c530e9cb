import MachineModel

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
  static let longestInstruction: UInt64 = 15

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
