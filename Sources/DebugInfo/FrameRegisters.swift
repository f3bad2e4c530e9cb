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

  package init(_ registers: RegisterFile) {
    values = GeneralRegister.allCases.prefix(17).map { registers[$0] }
    saved = .init(repeating: nil, count: 17)
    isInterrupted = true
  }
  package init(values: [UInt64?], saved: [VirtualAddress?], isInterrupted: Bool) {
    precondition(values.count == 17 && saved.count == 17)
    self.values = values
    self.saved = saved
    self.isInterrupted = isInterrupted
  }
  package subscript(dwarf number: Int) -> UInt64? { (0..<17).contains(number) ? values[number] : nil }
  package func savedAddress(dwarf number: Int) -> VirtualAddress? { (0..<17).contains(number) ? saved[number] : nil }
  package var programCounter: VirtualAddress { VirtualAddress(values[16] ?? 0) }
  package var stackPointer: VirtualAddress? { values[7].map(VirtualAddress.init) }
  /// The one place of the rule: a return address may already belong to the next line, scope or function, so
  /// what the frame is doing is looked up one byte before it.
  package var lookupAddress: VirtualAddress { isInterrupted ? programCounter : programCounter - 1 }
}
