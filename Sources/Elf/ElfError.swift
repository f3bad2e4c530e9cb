/// Why a file cannot be read as a program or library of this machine.
package struct ElfError: Error, Sendable, Equatable {
  /// What is wrong with it.
  package enum Reason: Sendable, Equatable {
    case cannotOpen(errno: Int32)
    /// No bytes in it.
    case empty
    case notElf
    /// ELF, but not 64-bit little-endian x86-64; says which machine it is for.
    case foreignMachine(String)
    /// What is wrong with its structure.
    case damaged(String)
  }
  package let path: String
  package let reason: Reason
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}
