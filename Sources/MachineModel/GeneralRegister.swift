/// The x86-64 registers that `PTRACE_GETREGS` gives. Raw values 0…16 are their DWARF numbers
/// (System V psABI for AMD64, figure 3.36); the rest are ours.
package enum GeneralRegister: UInt8, CaseIterable, Sendable {
  case rax, rdx, rcx, rbx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15
  case rip
  case eflags, cs, ss, ds, es, fs, gs
  case fsBase, gsBase
  /// The system call's number while the kernel may restart it; -1 says that there is nothing to restart.
  case origRax

  /// The name as gdb's users know it (`fs_base`, `orig_rax`).
  package var name: String {
    switch self {
    case .fsBase: "fs_base"
    case .gsBase: "gs_base"
    case .origRax: "orig_rax"
    default: String(describing: self)
    }
  }

  /// The register of that name, or nil.
  package init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// By DWARF number: 0…16 as above, 49…59 the flags, segments and their bases.
  package init?(dwarfNumber: Int) {
    guard let found = Self.allCases.first(where: { $0.dwarfNumber == dwarfNumber }) else { return nil }
    self = found
  }

  /// nil for the one that is no register of the processor.
  package var dwarfNumber: Int? {
    switch self {
    case .eflags: 49
    case .es: 50
    case .cs: 51
    case .ss: 52
    case .ds: 53
    case .fs: 54
    case .gs: 55
    case .fsBase: 58
    case .gsBase: 59
    case .origRax: nil
    default: Int(rawValue)
    }
  }
}
