package import MachineModel

/// A row of `disassemble`.
package struct InstructionRow: Sendable, Encodable, Equatable {
  package let address: VirtualAddress
  /// `<main+4>`: the function it belongs to, and the distance from its entry, negative in a part that was moved away
  /// before it.
  package let function: String?
  package let offset: Int64
  /// Hexadecimal, a byte two digits, without spaces.
  package let bytes: String
  /// `mov    %rsp,%rbp`.
  package let text: String
  /// What an address in the operands names: `0x401030 <printf@plt>`.
  package let comment: String?
  /// True for the selected frame's program counter.
  package let isCurrent: Bool
  package let file: String?
  package let line: Int?
  /// Past its last byte.
  package var end: VirtualAddress { address + bytes.utf8.count / 2 }

  package init(
    address: VirtualAddress, function: String?, offset: Int64, bytes: String, text: String, comment: String?,
    isCurrent: Bool, file: String?, line: Int?
  ) {
    self.address = address
    self.function = function
    self.offset = offset
    self.bytes = bytes
    self.text = text
    self.comment = comment
    self.isCurrent = isCurrent
    self.file = file
    self.line = line
  }
}
