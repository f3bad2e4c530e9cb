package import Debugger
import MachineModel

/// `info registers`.
package struct RegisterTable: CommandResult, Equatable {
  package let registers: [RegisterRow]
  package init(registers: [RegisterRow]) { self.registers = registers }
  package var text: String {
    registers.map { padded($0.name, 15) + Self.columns($0) }.joined(separator: "\n")
  }

  /// As gdb has it: a floating-point register's number comes first, a vector has one form only.
  private static func columns(_ row: RegisterRow) -> String {
    switch VectorRegister(name: row.name) {
    case .xmm: row.raw
    case .x87: padded(row.natural, 19) + " (raw \(row.raw))"
    case nil: padded(row.raw, 19) + " " + row.natural
    }
  }
}
