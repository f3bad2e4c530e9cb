import Concurrency
import MachineModel
import Testing

/// What registers say of the system call that a thread sleeps in.
@Suite struct KernelWaitTests {
  /// Bytes at an address.
  private struct Bytes: MemoryReader {
    var start = VirtualAddress(0x1000)
    var bytes: [UInt8] = []
    func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
      let offset = address.rawValue &- start.rawValue
      guard offset < UInt64(bytes.count) else { return 0 }
      let part = bytes[Int(offset)...].prefix(buffer.count)
      buffer.copyBytes(from: part)
      return part.count
    }
  }

  private func registers(_ call: UInt64, _ result: Int64, _ arguments: [UInt64] = []) -> RegisterFile {
    var registers = RegisterFile()
    registers[.origRax] = call
    registers[.rax] = UInt64(bitPattern: result)
    for (register, value) in zip([.rdi, .rsi, .rdx, .r10, .r8, .r9] as [GeneralRegister], arguments) {
      registers[register] = value
    }
    return registers
  }

  @Test(arguments: [-512, -513, -514, -516, -4] as [Int64]) func interruptedCallsWait(result: Int64) {
    let wait = KernelWait(registers(0, result, [3]), memory: Bytes())
    #expect(wait?.call.name == "read")
    #expect(wait?.arguments.first == 3)
  }

  @Test(arguments: [(UInt64.max, -512), (0, 5), (0, 0), (0, -11)] as [(UInt64, Int64)])
  func othersDoNot(call: UInt64, result: Int64) {
    #expect(KernelWait(registers(call, result), memory: Bytes()) == nil)
  }

  /// `mov $0xe6,%eax; syscall`: what was begun again as restart_syscall.
  @Test func callsThatWereBegunAgain() {
    let code: [UInt8] = [UInt8](repeating: 0x90, count: 20) + [0xB8, 0xE6, 0, 0, 0, 0x0F, 0x05]
    var state = registers(219, -516)
    state.programCounter = VirtualAddress(0x1000 + UInt64(code.count))
    #expect(KernelWait(state, memory: Bytes(bytes: code))?.call.name == "clock_nanosleep")
    #expect(KernelWait(state, memory: Bytes())?.call.name == "restart_syscall")
  }

  @Test func futexOperations() {
    func wait(_ operation: UInt64, _ value: UInt64 = 0) -> FutexWait? {
      KernelWait(registers(202, -512, [0x5000, operation, value]), memory: Bytes()).flatMap(FutexWait.init)
    }
    #expect(wait(128, 2)?.word == VirtualAddress(0x5000))
    #expect(wait(128, 2)?.isLowLevelLock == true)
    #expect(wait(393)?.isLowLevelLock == false)
    #expect(wait(134)?.inheritsPriority == true)
    // FUTEX_WAKE.
    #expect(wait(129) == nil)
  }

  @Test func argumentsAreRead() {
    let time = Bytes(bytes: [1, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x65, 0xCD, 0x1D, 0, 0, 0, 0])
    func text(_ call: UInt64, _ arguments: [UInt64], _ memory: Bytes = Bytes()) -> String? {
      KernelWait(registers(call, -512, arguments), memory: memory).map {
        SystemCallText($0, memory: memory, process: nil).text
      }
    }
    #expect(text(230, [0, 0, 0x1000], time) == "clock_nanosleep(0, 0, 1.5 s)")
    #expect(text(232, [4, 0x2000, 16, 0xFFFF_FFFF]) == "epoll_wait(4, 0x2000, 16, -1)")
    #expect(text(7, [0x1000, 1, 250], Bytes(bytes: [9, 0, 0, 0, 1, 0, 0, 0])) == "poll([9], 1, 250 ms)")
    #expect(text(61, [0xFFFF_FFFF_FFFF_FFFF, 0, 0]) == "wait4(-1, NULL, 0)")
    #expect(text(202, [0x5000, 128, 2]) == "futex(0x5000, FUTEX_WAIT_PRIVATE, 2)")
    #expect(text(450, []) == "set_mempolicy_home_node()")
  }

  @Test func functionsOfTheLibrary() {
    let meanings: [(String, LibraryWait?)] = [
      ("___pthread_mutex_lock", .mutex), ("__pthread_mutex_lock_full", .mutex), ("pthread_mutex_timedlock", .mutex),
      ("___pthread_rwlock_rdlock", .readLock), ("__pthread_rwlock_wrlock_full64", .writeLock),
      ("pthread_cond_timedwait", .condition), ("__new_sem_wait_slow64", .semaphore),
      ("std::sys::sync::mutex::futex::Mutex::lock_contended", .rustMutex),
      ("std::sys::sync::rwlock::futex::RwLock::write_contended", .rustWriteLock), ("read", nil),
      ("futex_wait", nil), ("pthread_rwlock_unlock", nil),
    ]
    for (name, meaning) in meanings { #expect(LibraryWait.meaning(name) == meaning, "\(name)") }
  }
}
