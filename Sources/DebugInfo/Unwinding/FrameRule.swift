import CDw
package import MachineModel

/// The canonical frame address as a register and an offset, as compilers nearly always have it.
package struct FrameRule: Sendable, Equatable {
  private let register: GeneralRegister
  private let offset: UInt64

  /// nil for any expression but one DW_OP_bregN (DWARF 5 §2.5.1.2).
  init?(_ expression: [UInt8]) {
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count,
      (DW_OP_breg0...DW_OP_breg31).contains(operation.code),
      let register = GeneralRegister(dwarfNumber: operation.code - DW_OP_breg0)
    else { return nil }
    self.register = register
    offset = operation.first
  }

  /// The same for the tracer thread.
  package var program: SiteProgram? { SiteProgram([.register(register), .constant(offset), .arithmetic(.add)]) }

  package func address(_ registers: RegisterFile) -> VirtualAddress {
    VirtualAddress(registers[register] &+ offset)
  }
}
