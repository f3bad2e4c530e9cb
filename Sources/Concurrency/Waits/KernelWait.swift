package import MachineModel

/// The system call that a stopped thread sleeps in.
package struct KernelWait: Sendable, Equatable {
  package let call: SystemCall
  /// All six, used or not.
  package let arguments: [UInt64]

  package init(call: SystemCall, arguments: [UInt64]) {
    self.call = call
    self.arguments = arguments
  }

  /// What a call answers that a stop has interrupted (the kernel's linux/errno.h: ERESTARTSYS, ERESTARTNOINTR,
  /// ERESTARTNOHAND, ERESTART_RESTARTBLOCK; EINTR of those that are not begun again, signal(7)).
  private static let interrupted: Set<Int64> = [-512, -513, -514, -516, -4]
  private static let restart = SystemCall(named: "restart_syscall")

  /// nil where the thread was stopped elsewhere. Reads the code before the program counter where the kernel has begun
  /// a call again.
  package init?(_ registers: RegisterFile, memory: any MemoryReader) {
    let number = Int64(bitPattern: registers[.origRax])
    guard number >= 0, Self.interrupted.contains(Int64(bitPattern: registers[.rax])) else { return nil }
    var call = SystemCall(number: Int(number))
    if call == Self.restart, let original = Self.call(before: registers.programCounter, memory) { call = original }
    self.init(
      call: call,
      arguments: [registers[.rdi], registers[.rsi], registers[.rdx], registers[.r10], registers[.r8], registers[.r9]])
  }

  /// By the `mov $NUMBER,%eax` (B8) that comes before the `syscall` that ends at an address.
  private static func call(before end: VirtualAddress, _ memory: any MemoryReader) -> SystemCall? {
    let length = 24
    guard let code = try? memory.bytes(end - length, count: length), code.suffix(2) == [0x0F, 0x05] else { return nil }
    // All numbers have two bytes.
    guard let start = (0..<(length - 6)).last(where: { code[$0] == 0xB8 && code[$0 + 3] == 0 && code[$0 + 4] == 0 })
    else { return nil }
    return SystemCall(number: Int(code[start + 1]) | Int(code[start + 2]) << 8)
  }
}

/// What a thread waits for by futex(2).
package struct FutexWait: Sendable, Equatable {
  /// The word that another thread is to change.
  package let word: VirtualAddress
  /// True where the kernel knows the word's owner: its low 30 bits are that thread's id (futex(2),
  /// "Priority-inheritance futexes").
  package let inheritsPriority: Bool
  /// True for glibc's mutexes, whose word is 2 while somebody waits (nptl/lowlevellock.c); all else of it waits by
  /// FUTEX_WAIT_BITSET.
  package let isLowLevelLock: Bool

  /// nil for another call, and for operations that do not wait.
  package init?(_ wait: KernelWait) {
    guard wait.call.name == "futex" else { return nil }
    // Without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME.
    switch wait.arguments[1] & 0x7F {
    case 0, 9: inheritsPriority = false  // FUTEX_WAIT, FUTEX_WAIT_BITSET.
    case 6, 13: inheritsPriority = true  // FUTEX_LOCK_PI, FUTEX_LOCK_PI2.
    case 11: inheritsPriority = false  // FUTEX_WAIT_REQUEUE_PI.
    default: return nil
    }
    word = VirtualAddress(wait.arguments[0])
    isLowLevelLock = wait.arguments[1] & 0x7F == 0 && wait.arguments[2] == 2
  }
}
