package import MachineModel

/// A row of `info registers`.
package struct RegisterRow: Sendable, Encodable, Equatable {
  package let name: String
  /// `0x…`, or `<not saved>`.
  package let raw: String
  /// In the register's natural form: decimal, `[ ZF PF ]`, `0x401136 <main+4>`.
  package let natural: String
  package init(name: String, raw: String, natural: String) {
    self.name = name
    self.raw = raw
    self.natural = natural
  }
}

/// A row of `disassemble`.
package struct InstructionRow: Sendable, Encodable, Equatable {
  package let address: VirtualAddress
  /// `<main+4>`: the function it belongs to, and the distance from its start.
  package let function: String?
  package let offset: UInt64
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
  package init(
    address: VirtualAddress, function: String?, offset: UInt64, bytes: String, text: String, comment: String?,
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

/// What `x` shows: a row an address.
package struct MemoryDump: Sendable, Encodable, Equatable {
  package struct Row: Sendable, Encodable, Equatable {
    package let address: VirtualAddress
    /// `main+4`.
    package let symbol: String?
    package let values: [String]
    package init(address: VirtualAddress, symbol: String?, values: [String]) {
      self.address = address
      self.symbol = symbol
      self.values = values
    }
  }
  package let rows: [Row]
  /// "Cannot access memory at address 0x…", where it ended early.
  package let error: String?
  package init(rows: [Row], error: String?) {
    self.rows = rows
    self.error = error
  }
}

/// A row of `info sharedlibrary`.
package struct ImageRow: Sendable, Encodable, Equatable {
  /// `.text` in the process.
  package let from: VirtualAddress
  package let to: VirtualAddress
  package let path: String
  package let hasDebugInfo: Bool
  package let buildID: String?
  package init(from: VirtualAddress, to: VirtualAddress, path: String, hasDebugInfo: Bool, buildID: String?) {
    self.from = from
    self.to = to
    self.path = path
    self.hasDebugInfo = hasDebugInfo
    self.buildID = buildID
  }
}
