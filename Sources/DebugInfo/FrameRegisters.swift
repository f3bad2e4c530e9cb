package import MachineModel

/// A physical frame's registers, as far as they are known.
package struct FrameRegisters: Sendable, Equatable {
  /// By DWARF number 0…16 (16: the program counter); nil: not saved, and so unknown.
  private var values: [UInt64?]
  /// Where a caller's register is saved in memory, for writing to it; nil where it is still in the register.
  private var saved: [VirtualAddress?]
  /// True for the innermost frame and one interrupted by a signal: its program counter is the next
  /// instruction's, not a return address.
  package var isInterrupted: Bool
  /// True where this frame was called by the kernel to handle a signal (a trampoline).
  package var isSignalTrampoline = false

  /// The general registers and the program counter: those that call frame information speaks of.
  private static let count = 17

  package init(_ registers: RegisterFile) {
    values = GeneralRegister.allCases.prefix(Self.count).map { registers[$0] }
    saved = .init(repeating: nil, count: Self.count)
    isInterrupted = true
  }
  /// Of a frame that has yet to come: nothing is known but where it will be.
  package init(programCounter: VirtualAddress) {
    values = .init(repeating: nil, count: Self.count - 1) + [programCounter.rawValue]
    saved = .init(repeating: nil, count: Self.count)
    isInterrupted = true
  }
  package init(values: [UInt64?], saved: [VirtualAddress?], isInterrupted: Bool) {
    precondition(values.count == Self.count && saved.count == Self.count)
    self.values = values
    self.saved = saved
    self.isInterrupted = isInterrupted
  }
  /// A register's value, by DWARF number; nil where it is not known.
  /// These registers in a function that the frame's own called, and that called on by a jump which ends before
  /// `address`: it had nothing on the stack but its return address.
  package func inTailCall(at address: VirtualAddress) -> FrameRegisters {
    var registers = self
    registers.values[16] = address.rawValue
    registers.values[7] = values[7].map { $0 &- 8 }
    registers.saved[16] = nil
    registers.saved[7] = nil
    return registers
  }
  package subscript(dwarf number: Int) -> UInt64? { values.indices.contains(number) ? values[number] : nil }
  /// Where a caller's register is saved in memory; nil where it is still in the register.
  package func savedAddress(dwarf number: Int) -> VirtualAddress? {
    saved.indices.contains(number) ? saved[number] : nil
  }
  private subscript(register: GeneralRegister) -> UInt64? { self[dwarf: Int(register.rawValue)] }
  package var programCounter: VirtualAddress { VirtualAddress(self[.rip] ?? 0) }
  package var stackPointer: VirtualAddress? { self[.rsp].map(VirtualAddress.init) }
  /// The one place of the rule: a return address may already belong to the next line, scope or function, so
  /// what the frame is doing is looked up one byte before it.
  package var lookupAddress: VirtualAddress {
    // Nothing called a trampoline: the kernel made its frame.
    isInterrupted || isSignalTrampoline ? programCounter : programCounter - 1
  }
}
