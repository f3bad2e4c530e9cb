package import MachineModel

/// What a lock's own memory says of it, by the layouts of glibc (sysdeps/x86_64/nptl/bits/pthreadtypes-arch.h,
/// struct_mutex.h, struct_rwlock.h, internaltypes.h; their sizes and orders are part of its ABI) and of Rust's
/// library (std/src/sys/sync). Needs no debug information.
package struct LockState: Equatable, Sendable {
  package let address: VirtualAddress
  package let kind: Lock.Kind
  package var attributes: [String] = []
  /// The thread that has it for itself, as the lock records it.
  package var owner: ThreadID?
  package var readers: Int?
  /// False where the lock says that nobody has it; then nothing is to be inferred.
  package var isHeld = true
  /// Somebody has it for itself, whoever that is.
  package var isExclusive = false

  /// The lock around a futex word. nil where memory cannot be read.
  /// - Parameter wait: what the waiting thread was after; nil where that is not known.
  package init?(word: VirtualAddress, wait: LibraryWait?, inheritsPriority: Bool, memory: any MemoryReader) {
    do throws(MemoryError) {
      try self.init(reading: word, wait: wait, inheritsPriority: inheritsPriority, memory)
    } catch {
      return nil
    }
  }

  /// A mutex that one of `threads` has, as its two records of that agree; nil where there is none at an address.
  package init?(mutexAt address: VirtualAddress, heldBy threads: Set<ThreadID>, memory: any MemoryReader) {
    guard let state = try? Self.mutex(at: address, memory), let owner = state.owner, threads.contains(owner),
      state.isHeld, let kind = try? memory.integer(address + 16 as VirtualAddress, as: UInt32.self), kind <= 0xFF,
      let recorded = try? memory.integer(address + 8 as VirtualAddress, as: Int32.self), recorded == owner.rawValue
    else { return nil }
    self = state
  }

  private init(address: VirtualAddress, kind: Lock.Kind) {
    self.address = address
    self.kind = kind
  }

  private init(
    reading word: VirtualAddress, wait: LibraryWait?, inheritsPriority: Bool, _ memory: any MemoryReader
  ) throws(MemoryError) {
    switch wait {
    case .mutex: self = try Self.mutex(at: word, memory)
    case .readLock, .writeLock: self = try Self.readWriteLock(around: word, memory)
    case .rustMutex:
      self.init(address: word, kind: .mutex)
      isExclusive = try memory.integer(word, as: UInt32.self) != 0
      isHeld = isExclusive
    case .rustReadLock: self = try Self.rustReadWriteLock(at: word, memory)
    // A writer waits on the second word.
    case .rustWriteLock: self = try Self.rustReadWriteLock(at: word - 4, memory)
    // `__g_signals`, the last words of 48 bytes that begin at a multiple of 8.
    case .condition: self.init(address: word - (word.rawValue % 8 == 0 ? 40 : 44) as VirtualAddress, kind: .condition)
    case .semaphore: self.init(address: word, kind: .semaphore)
    // `current_round` is the second word.
    case .barrier: self.init(address: word - 4, kind: .barrier)
    case .once: self.init(address: word, kind: .once)
    case nil where inheritsPriority:
      self.init(address: word, kind: .mutex)
      attributes = ["priority-inheriting"]
      owner = Self.thread(try memory.integer(word, as: UInt32.self))
    case nil: self.init(address: word, kind: .futex)
    }
  }

  /// `__lock`, `__count`, `__owner`, `__nusers`, `__kind`.
  private static func mutex(at address: VirtualAddress, _ memory: any MemoryReader) throws(MemoryError) -> LockState {
    var state = LockState(address: address, kind: .mutex)
    let kind = try memory.integer(address + 16 as VirtualAddress, as: UInt32.self)
    let word = try memory.integer(address, as: UInt32.self)
    // nptl/pthreadP.h: PTHREAD_MUTEX_TIMED_NP …; PTHREAD_MUTEX_ROBUST_NORMAL_NP, _PRIO_INHERIT_NP, _PRIO_PROTECT_NP,
    // pshared.
    state.attributes = [nil, "recursive", "error-checking", "adaptive"][Int(kind & 3)].map { [$0] } ?? []
    for (bit, name) in [
      (0x10, "robust"), (0x20, "priority-inheriting"), (0x40, "priority-protecting"), (0x80, "process-shared"),
    ] as [(UInt32, String)] where kind & bit != 0 { state.attributes.append(name) }
    // All robust ones have the last bit (nptl/pthread_mutex_init.c).
    if kind & 0x10 != 0 { state.attributes.removeAll { $0 == "process-shared" } }
    state.isHeld = word != 0
    state.isExclusive = state.isHeld
    // The words of robust and inheriting ones are the owner's id; others have it written down.
    state.owner =
      kind & 0x30 != 0 ? thread(word) : thread(try memory.integer(address + 8 as VirtualAddress, as: UInt32.self))
    return state
  }

  /// `__readers`, `__writers`, `__wrphase_futex`, `__writers_futex`, two words that are not used, `__cur_writer`.
  private static func readWriteLock(
    around word: VirtualAddress, _ memory: any MemoryReader
  ) throws(MemoryError) -> LockState {
    // It begins at a multiple of 8. Where readers let writers pass, they wait on its first word, which counts others
    // then; the other two words are 3 at most.
    let value = try memory.integer(word, as: UInt32.self)
    let isFirst = word.rawValue % 8 == 0 && value > 3
    let address = isFirst ? word : word - (word.rawValue % 8 == 0 ? 8 : 12) as VirtualAddress
    var state = LockState(address: address, kind: .readWriteLock)
    let readers = try memory.integer(address, as: UInt32.self)
    state.owner = thread(try memory.integer(address + 24 as VirtualAddress, as: UInt32.self))
    state.isExclusive = state.owner != nil
    // The low bits are PTHREAD_RWLOCK_WRPHASE, _WRLOCKED, _RWAITING; while a writer has it, the rest counts who waits
    // to read.
    state.readers = state.isExclusive ? 0 : Int(readers >> 3)
    state.isHeld = state.isExclusive || readers >> 3 != 0
    return state
  }

  /// The state's low 30 bits count the readers, or are all set by a writer.
  private static func rustReadWriteLock(
    at address: VirtualAddress, _ memory: any MemoryReader
  ) throws(MemoryError) -> LockState {
    var state = LockState(address: address, kind: .readWriteLock)
    let mask: UInt32 = 0x3FFF_FFFF
    let count = try memory.integer(address, as: UInt32.self) & mask
    state.isHeld = count != 0
    state.isExclusive = count == mask
    state.readers = state.isExclusive ? 0 : Int(count)
    return state
  }

  /// FUTEX_TID_MASK.
  private static func thread(_ word: UInt32) -> ThreadID? {
    let id = Int32(word & 0x3FFF_FFFF)
    return id == 0 ? nil : ThreadID(id)
  }
}
