import Elf

package struct DebugInfoError: Error, Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// EISDIR for a directory.
    case cannotOpen(errno: Int32)
    case empty
    case notElf
    /// The machine it is for, as in "32-bit x86".
    case foreignMachine(String)
    case damaged(String)
  }
  package let path: String
  package let reason: Reason
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension DebugInfoError {
  fileprivate init(_ error: ElfError) {
    let reason: Reason =
      switch error.reason {
      case .cannotOpen(let number): .cannotOpen(errno: number)
      case .empty: .empty
      case .notElf: .notElf
      case .foreignMachine(let name): .foreignMachine(name)
      case .damaged(let what): .damaged(what)
      }
    self.init(path: error.path, reason: reason)
  }
}
