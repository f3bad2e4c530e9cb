import CCapstone
package import MachineModel

/// One decoded instruction.
package struct Instruction: Sendable, Hashable {
  /// Where execution goes after it; targets are nil where a register or memory has them.
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

/// x86-64 instructions by Capstone, printed as the GNU tools print them. Not to be shared between threads.
package final class Disassembler {
  /// How operands are written.
  package enum Syntax: String, Sendable { case att, intel }

  private let syntax: Syntax
  /// False where Capstone's library is missing: then nothing can be decoded.
  package static var isAvailable: Bool { sdb_capstone_is_there() }
  /// nil where there was no memory for one, or no library.
  private let capstone: OpaquePointer?

  package init(syntax: Syntax = .att) {
    self.syntax = syntax
    capstone = sdb_capstone_open(syntax == .att)
  }

  deinit {
    if let capstone { sdb_capstone_close(capstone) }
  }

  /// Decodes `bytes`, which stand at `address`, until `limit` instructions or their end. A byte that is no
  /// instruction becomes one of mnemonic `(bad)`; so the sum of lengths is always what was consumed.
  package func instructions(_ bytes: [UInt8], at address: VirtualAddress, limit: Int) -> [Instruction] {
    var found: [Instruction] = []
    var at = 0
    while at < bytes.count, found.count < limit {
      let instruction = decode(bytes[at...], at: address + at)
      found.append(instruction)
      at += instruction.bytes.count
    }
    return found
  }

  private func decode(_ bytes: ArraySlice<UInt8>, at address: VirtualAddress) -> Instruction {
    // Capstone 4 does not know the marks of Intel CET.
    for (code, name) in [([0xf3, 0x0f, 0x1e, 0xfa], "endbr64"), ([0xf3, 0x0f, 0x1e, 0xfb], "endbr32")]
      as [([UInt8], String)]
    where bytes.starts(with: code) {
      return Instruction(
        address: address, bytes: code, mnemonic: name, operands: "", flow: .next, referenced: nil)
    }
    var raw = sdb_instruction()
    let isKnown = bytes.withUnsafeBufferPointer { buffer in
      capstone.map { sdb_capstone_decode($0, buffer.baseAddress, buffer.count, address.rawValue, &raw) } ?? false
    }
    guard isKnown, raw.length > 0, raw.length <= bytes.count else {
      return Instruction(
        address: address, bytes: Array(bytes.prefix(1)), mnemonic: "(bad)", operands: "", flow: .next, referenced: nil)
    }
    let text = InstructionText(raw, bytes: bytes.prefix(raw.length), syntax: syntax)
    return Instruction(
      address: address, bytes: Array(bytes.prefix(raw.length)), mnemonic: text.mnemonic, operands: text.operands,
      flow: Instruction.Flow(raw), referenced: raw.has_reference ? VirtualAddress(raw.reference) : nil)
  }
}

extension Instruction.Flow {
  fileprivate init(_ raw: sdb_instruction) {
    let target = raw.has_target ? VirtualAddress(raw.target) : nil
    self =
      switch raw.flow {
      case SDB_FLOW_CALL: .call(target: target)
      case SDB_FLOW_JUMP: .jump(target: target, isConditional: false)
      case SDB_FLOW_CONDITIONAL_JUMP: .jump(target: target, isConditional: true)
      case SDB_FLOW_RETURN: .return
      case SDB_FLOW_SYSTEM_CALL: .systemCall
      default: .next
      }
  }
}
