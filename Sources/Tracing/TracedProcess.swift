import CPtrace
import Glibc
package import MachineModel

/// A live process under ptrace. Isolated to the tracer thread, the one OS thread that the kernel answers.
/// All-stop: an event in `events` of kind `.stopped` means that every thread is stopped.
/// A launched process is killed when the last reference to this goes, or sdb ends.
package actor TracedProcess: Inferior {
  let tracer: TracerThread
  package nonisolated let id: ProcessID
  nonisolated let processMemory: ProcessMemory
  package nonisolated var memory: any MemoryReader { processMemory }
  /// Everything that happens to the process, in order; ends after `.ended`.
  package nonisolated let events: AsyncStream<ProcessEvent>
  let emitter: AsyncStream<ProcessEvent>.Continuation

  package nonisolated var unownedExecutor: UnownedSerialExecutor { tracer.asUnownedSerialExecutor() }

  // MARK: State, read and written on the tracer thread

  enum Phase {
    /// Between fork and exec.
    case launching
    /// Threads run, or are stopped for a moment on our own account.
    case running
    /// Threads are being stopped; `purpose` is fulfilled when all have.
    case halting(HaltPurpose)
    case halted
    case ended
  }

  enum HaltPurpose {
    case report(TracedThread, StopReason)
    case attach
    case detach
  }

  var phase = Phase.launching
  /// By id.
  var threadTable: [Int32: TracedThread] = [:]
  /// How many threads the kernel may yet report a stop of.
  var runningCount = 0
  /// Stopped threads with a pending stop, first come first served.
  var pendingQueue: [TracedThread] = []
  /// Stopped threads with nothing pending, to be resumed.
  var idle: [TracedThread] = []
  /// Threads that can go on only while all others are held.
  var exclusiveQueue: [ExclusiveRun] = []
  var exclusive: ExclusiveRun?
  /// Every running thread has been asked to stop, and none has been resumed since.
  var areInterrupted = false

  let patches = PatchTable()
  /// Of a process that goes on without sdb.
  var ledger: TrapLedger?
  /// How many traps of an sdb that was killed were found in it when it was attached to, and taken out.
  package var healedTraps = 0
  /// While a child of vfork shares the memory, there are no traps in it.
  var arePatchesLifted = false
  var sites: [VirtualAddress: Site] = [:]
  /// Of calls that are timed, by the place where they were noticed, since they were asked for last.
  var callTimes: [VirtualAddress: CallTimes] = [:]
  var watches = WatchTable()
  var caught = CaughtEvents()
  var plan: PlanRun?
  /// Children of fork and vfork, until they have been let go.
  var children: [Int32: ForkedChild] = [:]
  var dispositions = SignalDispositions()
  /// The thread that the last resumption was about: an interrupt is reported of it.
  var selected: TracedThread?

  /// Whose memory it runs in: the parent's, between vfork and exec.
  var memoryOwner: TracedProcess?

  let launch: StartedLaunch?
  /// The program's group is the terminal's foreground one while it runs, ours while it is stopped.
  let sharesTerminal: Bool
  var launchResult: Result<Void, TracingError>?
  var launchWaiter: CheckedContinuation<Void, Never>?
  /// Resumed when the process has ended or is let go.
  var endWaiters: [CheckedContinuation<Void, Never>] = []
  var endActions: [@Sendable () -> Void] = []
  /// Resumed when all threads of a process that is attached to have stopped, or it has ended.
  var attachWaiter: CheckedContinuation<Void, Never>?
  /// True for what sdb launched: it ends with sdb. What was attached to goes on.
  package nonisolated let killsOnExit: Bool

  /// A process none of whose threads is known yet.
  init(_ pid: Int32, launch: StartedLaunch?, parent: TracedProcess? = nil, on tracer: TracerThread) {
    self.tracer = tracer
    self.launch = launch
    id = ProcessID(pid)
    killsOnExit = parent?.killsOnExit ?? (launch != nil)
    sharesTerminal = parent?.sharesTerminal ?? launch?.sharesTerminal ?? false
    processMemory = ProcessMemory(of: pid, patches: patches)
    (events, emitter) = AsyncStream.makeStream(of: ProcessEvent.self)
  }

  /// A thread that has just been seized, and runs.
  func track(_ tid: Int32) {
    threadTable[tid] = TracedThread(tid)
    runningCount += 1
    tracer.route(tid, to: self)
  }

  isolated deinit {
    if case .ended = phase { return }
    if !killsOnExit, case .halted = phase { return letGo() }
    for tid in threadTable.keys { tracer.forget(tid) }
    if killsOnExit { tracer.bury(id.rawValue) }
    giveTerminalBack()
    emitter.finish()
  }

  // MARK: Requests

  /// Resumes a stopped process. The next `.stopped` or `.ended` in `events` answers it.
  /// Throws `.processGone` where it has ended or is about to, which `events` tells; EBUSY where it runs, ESRCH where the
  /// thread is gone, EINVAL where there is no such signal.
  package func resume(_ request: ResumeRequest) throws(TracingError) {
    switch phase {
    case .halted: break
    case .ended: throw TracingError(operation: .processGone, errno: ESRCH)
    default: throw TracingError(operation: .resume, errno: EBUSY)
    }
    guard let thread = threadTable[request.thread.rawValue], !thread.isLeaving else {
      throw TracingError(operation: livingThread() == nil ? .processGone : .resume, errno: ESRCH)
    }
    if let signal = request.signal, !(1...64).contains(signal.number) {
      throw TracingError(operation: .resume, errno: EINVAL)
    }
    selected = thread
    releaseKept()
    prepare(thread, for: request)
    phase = .running
    lendTerminal()
    if let arrival = plan?.progress.arrival { halt(thread, arrival) } else { resumeAll() }
    advance()
  }

  /// Lets the threads go on that the last resumption holds; without effect on a stopped process.
  package func releaseOthers() {
    guard case .running = phase, let plan, plan.holdsOthers else { return }
    plan.holdsOthers = false
    resumeAll()
    advance()
  }

  /// Some thread that may stop yet, `preferred` where it is one.
  func livingThread(preferring preferred: TracedThread? = nil) -> TracedThread? {
    if let preferred, !preferred.isGone, !preferred.isLeaving { return preferred }
    return threadTable.values.first { !$0.isLeaving }
  }

  private func prepare(_ thread: TracedThread, for request: ResumeRequest) {
    for other in threadTable.values where other !== thread {
      // Where nothing was said about it, it gets what it stopped with.
      let signal = request.queued[ThreadID(other.id)]?.number ?? other.reportedSignal
      if signal != 0 { setSignal(Signal(signal), of: other) }
    }
    if let signal = request.signal { setSignal(signal, of: thread) }
    for other in threadTable.values {
      other.reportedSignal = 0
    }
    if let paused = request.paused {
      resume(paused, of: thread)
    } else if request.plan != nil || request.holdsOthers {
      plan = PlanRun(thread, request.plan, holdsOthers: request.holdsOthers)
    }
  }

  /// Asks a running process to stop (`.interrupted`); without effect on a stopped one. From any thread.
  package nonisolated func interrupt() {
    tracer.perform { self.assumeIsolated { $0.stopOnRequest() } }
  }

  private func stopOnRequest() {
    guard case .running = phase else { return }
    guard let thread = livingThread(preferring: selected) else { return }
    halt(thread, .interrupted)
    advance()
  }

  // MARK: Inferior

  /// A thread's name as the kernel has it, of any characters; empty where it is gone.
  package nonisolated func name(of thread: ThreadID) -> String { ProcFiles.name(of: thread.rawValue, in: id.rawValue) }

  package func threads() -> [ThreadRecord] { threadIDs().map { ThreadRecord(id: $0, name: name(of: $0)) } }

  /// The leader first. Without the names, which cost a few system calls each.
  package func threadIDs() -> [ThreadID] {
    let leader = id.rawValue
    return threadTable.values.filter { !$0.isLeaving }.map(\.id)
      .sorted { ($0 == leader ? 0 : 1, $0) < ($1 == leader ? 0 : 1, $1) }
      .map { ThreadID($0) }
  }

  package func registers(of thread: ThreadID) -> RegisterFile? {
    threadTable[thread.rawValue].flatMap { registers(of: $0) }
  }

  package func floatingPoint(of thread: ThreadID) -> FloatingPointState? {
    guard let found = threadTable[thread.rawValue], !found.isRunning else { return nil }
    var image = [UInt8](repeating: 0, count: Int(SDB_EXTENDED_STATE_CAPACITY))
    let size = Int(sdb_get_floating_point(found.id, &image, image.count))
    guard size >= SDB_FLOATING_POINT_SIZE else { return nil }
    return FloatingPointState(image: Array(image.prefix(size)))
  }

  package func setRegisters(_ registers: RegisterFile, of thread: ThreadID) throws(TracingError) {
    guard let found = threadTable[thread.rawValue], let before = self.registers(of: found) else {
      throw TracingError(operation: .writeRegisters, errno: ESRCH)
    }
    try write(registers, to: found)
    if before.programCounter != registers.programCounter {
      found.passedSite = nil
      found.handlerReturn = nil
    }
  }

  package func setFloatingPoint(_ state: FloatingPointState, of thread: ThreadID) throws(TracingError) {
    let result = sdb_set_floating_point(thread.rawValue, state.image, state.image.count)
    guard result == 0 else { throw TracingError(operation: .writeRegisters, errno: -result) }
  }

  package nonisolated func auxiliaryVector() -> [(type: UInt64, value: UInt64)] {
    ProcFiles.auxiliaryVector(of: processMemory.thread)
  }

  package nonisolated func regions() -> [MemoryRegion] { ProcFiles.regions(of: processMemory.thread) }

  // MARK: Registers of a stopped thread

  /// nil where the thread runs or is gone.
  func registers(of thread: TracedThread) -> RegisterFile? {
    if let cached = thread.registers { return cached }
    guard !thread.isRunning else { return nil }
    var registers = RegisterFile()
    let result = registers.withUnsafeMutableValues { sdb_get_registers(thread.id, $0.baseAddress) }
    guard result == 0 else { return nil }
    thread.registers = registers
    return registers
  }

  /// Changes a stopped thread's registers; the kernel is told when the thread goes on, or a stop is reported.
  func change(_ registers: RegisterFile, of thread: TracedThread) {
    thread.registers = registers
    thread.areRegistersUnsaved = true
  }

  /// Tells the kernel of changed registers. Only a thread that has been killed meanwhile refuses; its end will be told.
  func saveRegisters(of thread: TracedThread) {
    guard thread.areRegistersUnsaved else { return }
    thread.areRegistersUnsaved = false
    _ = thread.registers?.withUnsafeMutableValues { sdb_set_registers(thread.id, $0.baseAddress) }
  }

  func write(_ registers: RegisterFile, to thread: TracedThread) throws(TracingError) {
    var values = registers
    let result = values.withUnsafeMutableValues { sdb_set_registers(thread.id, $0.baseAddress) }
    thread.areRegistersUnsaved = false
    thread.registers = nil
    guard result == 0 else { throw TracingError(operation: .writeRegisters, errno: -result) }
  }
}
