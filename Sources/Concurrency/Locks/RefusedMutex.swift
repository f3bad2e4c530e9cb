import Debugger
import MachineModel

/// The priority-inheriting mutex that a thread has asked for and will never get: the kernel refuses to wait where
/// that would be a deadlock, and glibc waits for ever on a word of its own then (nptl/pthread_mutex_lock.c).
enum RefusedMutex {
  /// Those that a callee saves: the innermost functions have found them as the waiting one has left them, or put them
  /// on the stack.
  private static let registers: [GeneralRegister] = [.rbx, .rbp, .r12, .r13, .r14, .r15]
  private static let searchedWords: UInt64 = 64

  /// True for a word that the waiting function has on its own stack.
  static func isPrivate(_ word: VirtualAddress, of stack: ThreadStack) -> Bool {
    guard let caller = stack.ownFrames.first, caller.level > 0 else { return false }
    return word.rawValue &- stack.registers[.rsp] < 8 * searchedWords
  }

  /// By what the thread's registers and the innermost words of its stack lead to; nil where that is no mutex of this
  /// kind.
  static func search(_ stack: ThreadStack, threads: Set<ThreadID>, memory: any MemoryReader) -> LockState? {
    let bottom = stack.registers.stackPointer
    let words = (0..<searchedWords).compactMap { try? memory.unsigned(bottom + 8 * $0, size: 8) }
    for pointer in registers.map({ stack.registers[$0] }) + words where pointer % 8 == 0 && pointer > 4096 {
      // To the mutex, or to its `__kind`.
      for address in [pointer, pointer - 16] {
        if let state = LockState(mutexAt: VirtualAddress(address), heldBy: threads, memory: memory),
          state.attributes.contains("priority-inheriting")
        {
          return state
        }
      }
    }
    return nil
  }
}
