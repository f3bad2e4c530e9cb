package import MachineModel

/// One decoded instruction.
package struct Instruction: Sendable, Hashable {
  package enum Flow: Sendable, Hashable {
    /// Goes on to the next instruction.
    case next
    case call(target: VirtualAddress?)
    case jump(target: VirtualAddress?, isConditional: Bool)
    case `return`
    case systemCall
  }
  package let address: VirtualAddress
  package let bytes: [UInt8]
  package let mnemonic: String
  /// In AT&T or Intel syntax, as the disassembler was made.
  package let operands: String
  package let flow: Flow
  /// The address that a RIP-relative operand names.
  package let referenced: VirtualAddress?
  package init(
    address: VirtualAddress, bytes: [UInt8], mnemonic: String, operands: String, flow: Flow, referenced: VirtualAddress?
  ) {
    self.address = address
    self.bytes = bytes
    self.mnemonic = mnemonic
    self.operands = operands
    self.flow = flow
    self.referenced = referenced
  }
}

/// x86-64 instructions by Capstone. Not to be shared between threads.
package final class Disassembler {
  package enum Syntax: String, Sendable { case att, intel }
  package init(syntax: Syntax = .att) {}
  /// Decodes `bytes`, which stand at `address`, until `limit` instructions or their end. A byte that is no
  /// instruction becomes one of mnemonic `(bad)`; so the sum of lengths is always what was consumed.
  package func instructions(_ bytes: [UInt8], at address: VirtualAddress, limit: Int) -> [Instruction] {
    fatalError("skeleton")
  }
}
