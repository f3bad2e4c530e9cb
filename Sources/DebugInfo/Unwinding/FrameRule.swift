import CDw
package import MachineModel

/// The canonical frame address as a register and an offset, as compilers nearly always have it.
package struct FrameRule: Sendable, Equatable {
  private let register: GeneralRegister
  private let offset: UInt64

  /// nil for any expression but one DW_OP_bregN or DW_OP_bregx (DWARF 5 §2.5.1.2); libdw hands out the latter.
  init?(_ expression: [UInt8]) {
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count else {
      return nil
    }
    let isNumbered = (DW_OP_breg0...DW_OP_breg31).contains(operation.code)
    guard isNumbered || operation.code == DW_OP_bregx,
      let register = GeneralRegister(
        dwarfNumber: isNumbered ? operation.code - DW_OP_breg0 : Int(clamping: operation.first))
    else { return nil }
    self.register = register
    offset = isNumbered ? operation.first : operation.second
  }

  /// The same for the tracer thread.
  package var program: SiteProgram? { SiteProgram([.register(register), .constant(offset), .arithmetic(.add)]) }

  package func address(_ registers: RegisterFile) -> VirtualAddress {
    VirtualAddress(registers[register] &+ offset)
  }
}
