import CPtrace
import Glibc
import MachineModel

extension TracedProcess {
  /// Books one wait status: the thread's state, and what is pending of it. Acts on nothing yet, so that all
  /// statuses that have come are known before anything is reported.
  func note(_ status: WaitStatus, of tid: Int32) {
    if children[tid] != nil { return noteChild(status, of: tid) }
    if status.isEnd { return noteEnd(status, of: tid) }
    if case .executed(let former) = status, !isLaunching { return noteExec(formerly: former) }
    guard let thread = threadTable[tid] else { return }
    markStopped(thread)
    if isLaunching { return noteLaunch(status, of: thread) }
    switch status {
    case .signal(let number): noteSignal(number, of: thread)
    case .interrupted: noteInterrupted(thread)
    case .groupStop:
      thread.isInGroupStop = true
      goOn(thread)
    case .cloned(let child): noteClone(child, by: thread)
    case .forked(let child): noteFork(child, by: thread)
    case .vforked(let child): noteVfork(child, by: thread)
    case .vforkDone: noteVforkDone(thread)
    case .exiting: noteExiting(thread)
    case .systemCall: noteSystemCall(thread)
    default: goOn(thread)
    }
  }

  private var isLaunching: Bool {
    if case .launching = phase { true } else { false }
  }

  func markStopped(_ thread: TracedThread) {
    thread.registers = nil
    thread.areRegistersUnsaved = false
    thread.isInGroupStop = false
    thread.takesSignal = false
    guard thread.isRunning else { return }
    thread.isRunning = false
    if !thread.isLeaving { runningCount -= 1 }
  }

  func markRunning(_ thread: TracedThread) {
    thread.registers = nil
    guard !thread.isRunning else { return }
    thread.isRunning = true
    if !thread.isLeaving { runningCount += 1 }
  }

  func queue(_ thread: TracedThread, _ stop: PendingStop) {
    thread.pending = stop
    pendingQueue.append(thread)
  }

  /// After an event that nobody needs to hear of: on with what the thread was doing.
  func goOn(_ thread: TracedThread) {
    guard case .running = phase else { return }
    if exclusive?.thread === thread { restart(thread) } else { idle.append(thread) }
  }

  private func noteInterrupted(_ thread: TracedThread) {
    // The interrupt is told first where the thread met a trap, or a step or a watch ended, at the same moment; that would come
    // as a phantom later, and end a process that was let go of meanwhile. Resuming collects it, without another instruction.
    let mayBeTrapped = thread.isStepping || !patches.isEmpty || !thread.debugRegisters.slots.isEmpty
    if mayBeTrapped, sdb_trap_is_queued(thread.id) == 1 { return collectTrap(of: thread) }
    if exclusive?.thread !== thread { idle.append(thread) }
  }

  private func noteSignal(_ number: Int32, of thread: TracedThread) {
    var information = sdb_signal_info()
    // Gone in the meantime: its end will be told.
    guard sdb_signal_information(thread.id, &information) == 0 else { return }
    thread.takesSignal = true
    if number == SIGTRAP, let stop = trap(of: thread, code: information.code) {
      // Rewound from a trap that is no more: as if it had never been there.
      if case .siteHit(let address) = stop, !patches.contains(address) { return goOn(thread) }
      return queue(thread, stop)
    }
    queue(thread, .signal(SignalInfo(information)))
  }

  /// What a SIGTRAP with that si_code is, where it is one of the processor's; nil for one that was sent.
  private func trap(of thread: TracedThread, code: Int32) -> PendingStop? {
    switch code {
    case SignalCode.kernel: return breakpointTrap(of: thread)
    case SignalCode.trace, SignalCode.branch, SignalCode.handlerEntry:
      let slots = hitSlots(of: thread)
      guard thread.isStepping else { return slots.isEmpty ? nil : .watched(slots, endsStep: false) }
      finishStep(of: thread)
      return slots.isEmpty ? .stepped : .watched(slots, endsStep: true)
    case SignalCode.debugRegister:
      guard !thread.debugRegisters.slots.isEmpty else { return nil }
      return .watched(hitSlots(of: thread), endsStep: false)
    default: return nil
    }
  }

  /// An `int3` was executed: ours, the program's own, or one of ours that has been lifted since.
  private func breakpointTrap(of thread: TracedThread) -> PendingStop? {
    guard var registers = registers(of: thread) else { return nil }
    let address = registers.programCounter - 1
    let isLiftedForThread = exclusive?.thread === thread && exclusive?.lifted == address
    let isOurs = patches.contains(address) && !isLiftedForThread
    if !isOurs && isProgramTrap(endingAt: registers.programCounter) { return .programTrap }
    registers.programCounter = address
    change(registers, of: thread)
    return .siteHit(address)
  }

  /// `CC`, or `CD 03`.
  private func isProgramTrap(endingAt end: VirtualAddress) -> Bool {
    switch processMemory.rawByte(end - 1) {
    case PatchTable.trap: true
    case 0x03: processMemory.rawByte(end - 2) == 0xCD
    default: false
    }
  }
}

/// `si_code` of a SIGTRAP (sigaction(2)).
private enum SignalCode {
  /// SI_KERNEL: an `int3` was executed.
  static let kernel: Int32 = 0x80
  /// TRAP_TRACE: a single step, or the program's own trap flag.
  static let trace: Int32 = 2
  /// TRAP_BRKPT: a single step over a system call.
  static let branch: Int32 = 1
  /// TRAP_HWBKPT: a debug register was hit, and nothing else.
  static let debugRegister: Int32 = 4
  /// A single step that entered a signal handler (the kernel's `signal_setup_done`).
  static let handlerEntry = SIGTRAP
}

extension SignalInfo {
  fileprivate init(_ information: sdb_signal_info) {
    let isFault = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP].contains(information.number) && information.code > 0
    self.init(
      signal: Signal(information.number), code: information.code,
      faultAddress: isFault ? VirtualAddress(information.address) : nil,
      // SI_USER, SI_QUEUE, SI_TKILL and the like carry the sender.
      sender: information.code <= 0 ? ProcessID(information.sender) : nil)
  }
}
