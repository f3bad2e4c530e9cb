package import MachineModel

/// What `info functions`, `info variables` and `info types` list.
package struct SymbolList: Sendable, Equatable, Encodable {
  package struct Row: Sendable, Equatable, Encodable {
    /// nil for what is built into the compiler.
    package let line: Int?
    package let name: String
    /// As it could stand in the source: `static int add(int, int);`.
    package let declaration: String
  }
  package struct File: Sendable, Equatable, Encodable {
    package let file: String
    package var symbols: [Row]
  }
  package struct Undescribed: Sendable, Equatable, Encodable {
    package let address: VirtualAddress
    package let name: String
  }
  package let files: [File]
  /// ELF symbols that no debug information describes, by address.
  package let undescribed: [Undescribed]
}
