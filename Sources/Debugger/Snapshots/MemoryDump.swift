package import MachineModel

/// What `x` shows: a row an address.
package struct MemoryDump: Sendable, Encodable, Equatable {
  /// The values that begin at one address.
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
