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
    switch dwarfNumber {
    case 0...16: self.init(rawValue: UInt8(dwarfNumber))
    case 49: self = .eflags
    case 50: self = .es
    case 51: self = .cs
    case 52: self = .ss
    case 53: self = .ds
    case 54: self = .fs
    case 55: self = .gs
    case 58: self = .fsBase
    case 59: self = .gsBase
    default: return nil
    }
  }
}

/// One thread's general registers at a stop.
package struct RegisterFile: Sendable, Equatable {
  private var values: InlineArray<27, UInt64> = .init(repeating: 0)

  package init() {}

  package subscript(register: GeneralRegister) -> UInt64 {
    get { values[Int(register.rawValue)] }
    set { values[Int(register.rawValue)] = newValue }
  }

  /// All values at once, in the order of `GeneralRegister`'s raw values.
  package mutating func withUnsafeMutableValues<Result>(_ body: (UnsafeMutableBufferPointer<UInt64>) -> Result)
    -> Result
  {
    var span = values.mutableSpan
    return span.withUnsafeMutableBufferPointer { body($0) }
  }

  package var programCounter: VirtualAddress {
    get { VirtualAddress(self[.rip]) }
    set { self[.rip] = newValue.rawValue }
  }
  package var stackPointer: VirtualAddress { VirtualAddress(self[.rsp]) }

  package static func == (left: Self, right: Self) -> Bool {
    GeneralRegister.allCases.allSatisfy { left[$0] == right[$0] }
  }
}

/// One thread's x87 and SSE state at a stop, as the FXSAVE image of `PTRACE_GETFPREGS` lays it out
/// (Intel SDM volume 1, §10.5.1).
package struct FloatingPointState: Sendable, Equatable {
  /// The 512 bytes of the image: ST0 at 32, a register each 16 bytes; XMM0 at 160, likewise.
  package var image: [UInt8]
  package init(image: [UInt8]) {
    precondition(image.count == 512)
    self.image = image
  }
  /// The sixteen bytes of `%xmmN`, least significant first.
  package func xmm(_ number: Int) -> ArraySlice<UInt8> { image[(160 + 16 * number)..<(176 + 16 * number)] }
  /// The ten bytes of `%st(N)`, least significant first.
  package func x87(_ number: Int) -> ArraySlice<UInt8> { image[(32 + 16 * number)..<(42 + 16 * number)] }
}
