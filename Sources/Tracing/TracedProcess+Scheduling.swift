import CPtrace
import Glibc
import MachineModel

/// A thread that goes on while all others are held.
struct ExclusiveRun {
  let thread: TracedThread
  /// A trap that is out of memory meanwhile, because the thread executes the instruction under it.
  var lifted: VirtualAddress?
  /// The thread waits for this child, which shares its memory.
  var vforkChild: Int32?
}

extension TracedProcess {
  /// Does whatever can be done now: acts on pending stops, lets threads step off traps, resumes them, or
  /// reports when all are stopped. Called after every change.
  func advance() {
    while true {
      settleExclusive()
      switch phase {
      case .launching, .halted, .ended: return
      case .halting(let purpose):
        guard haveAllStopped() else { return }
        finishHalt(purpose)
      case .running:
        if exclusive != nil { return }
        if let (thread, stop) = takePending() {
          act(on: stop, of: thread)
        } else if let next = exclusiveQueue.first(where: { isAllowed($0.thread) }) {
          guard haveAllStopped() else { return }
          exclusiveQueue.removeAll { $0.thread === next.thread }
          begin(next)
        } else {
          restartIdle()
          return
        }
      }
    }
  }

  /// Whether the resumption lets this thread move at all.
  private func isAllowed(_ thread: TracedThread) -> Bool {
    guard let plan, plan.holdsOthers else { return true }
    return plan.thread === thread
  }

  private func takePending() -> (TracedThread, PendingStop)? {
    var index = 0
    while index < pendingQueue.count {
      let thread = pendingQueue[index]
      guard let stop = thread.pending, !thread.isGone else {
        pendingQueue.remove(at: index)
        continue
      }
      if isAllowed(thread) {
        pendingQueue.remove(at: index)
        thread.pending = nil
        return (thread, stop)
      }
      index += 1
    }
    return nil
  }

  private func act(on stop: PendingStop, of thread: TracedThread) {
    switch stop {
    case .siteHit(let address): hit(address, by: thread)
    case .stepped: stepped(thread)
    case .watched(let slots, let endsStep): actOnWatch(slots, endsStep: endsStep, by: thread)
    case .programTrap: halt(thread, .programTrap)
    case .signal(let information): receive(information, in: thread)
    case .vfork(let child): exclusiveQueue.append(ExclusiveRun(thread: thread, vforkChild: child))
    case .executed: halt(thread, .executed)
    case .forked(let child, let isVfork): actOnFork(of: child, isVfork: isVfork, by: thread)
    case .systemCall(let call, let isEntry): halt(thread, .systemCall(call, isEntry: isEntry))
    }
  }

  func stepped(_ thread: TracedThread) {
    if let plan, plan.thread === thread { consultPlan(plan) } else { proceed(thread) }
  }

  // MARK: Halting

  func halt(_ thread: TracedThread, _ reason: StopReason) { phase = .halting(.report(thread, reason)) }

  /// Asks the running threads to stop; true once none runs.
  private func haveAllStopped() -> Bool {
    if runningCount > 0 && !areInterrupted {
      areInterrupted = true
      // A thread that can't be asked is about to end, which will be told.
      for thread in threadTable.values where thread.isRunning && !thread.isLeaving { sdb_interrupt(thread.id) }
      collectStops()
    }
    return runningCount == 0
  }

  /// While many threads are being stopped, asks for each by its id: to be told of any, one after the other, the kernel would look
  /// through all of them each time.
  func collectStops() {
    guard areInterrupted else { return }
    var stop = sdb_stop()
    var areMany = true
    while areMany, runningCount > Self.manyThreads {
      let before = runningCount
      for thread in threadTable.values where thread.isRunning && !thread.isLeaving && sdb_wait(thread.id, &stop) > 0 {
        note(WaitStatus(stop), of: stop.tid)
      }
      // The rest is waited for asleep.
      areMany = runningCount < before - before / 8
    }
  }

  private static let manyThreads = 16

  private func finishHalt(_ purpose: HaltPurpose) {
    for thread in threadTable.values { saveRegisters(of: thread) }
    idle = []
    exclusiveQueue.removeAll { run in
      // A vfork that has been taken from the kernel is acted on at the next resumption.
      if let child = run.vforkChild { queue(run.thread, .vfork(child: child)) }
      return true
    }
    switch purpose {
    case .detach: letGo()
    case .attach: finishAttaching()
    case .report(let thread, let reason):
      // Who asked for a pause is shown any thread; of other stops there is nothing to show where the thread ended while
      // the others were being stopped.
      let living = livingThread(preferring: thread)
      guard let shown = reason == .interrupted || living === thread ? living : nil,
        let registers = registers(of: shown)
      else {
        phase = .running
        resumeAll()
        return
      }
      phase = .halted
      selected = shown
      tracer.settle()
      giveTerminalBack()
      let paused = endPlan()
      emitter.yield(
        .stopped(StopEvent(thread: ThreadID(shown.id), reason: reason, registers: registers, paused: paused)))
    }
  }

  /// Everything that is stopped with nothing pending is to go on.
  func resumeAll() {
    for thread in threadTable.values where !thread.isRunning && !thread.isLeaving && thread.pending == nil {
      proceed(thread)
    }
  }

  // MARK: One at a time

  private func begin(_ run: ExclusiveRun) {
    let thread = run.thread
    guard !thread.isGone, !thread.isLeaving, !thread.isRunning else { return }
    if let child = run.vforkChild {
      liftPatches()
      release(child)
    } else if let address = run.lifted {
      guard thread.passedSite == address, let original = patches.original(at: address) else { return proceed(thread) }
      setByte(original, at: address)
      thread.isStepping = true
    }
    exclusive = run
    restart(thread)
  }

  /// Ends the exclusive run once its thread has stopped or is gone.
  private func settleExclusive() {
    guard let run = exclusive, !run.thread.isRunning || run.thread.isLeaving || run.thread.isGone else { return }
    exclusive = nil
    if arePatchesLifted { restorePatches() }
    if let address = run.lifted, patches.contains(address) { setByte(PatchTable.trap, at: address) }
    let thread = run.thread
    guard !thread.isGone, !thread.isLeaving else { return }
    if let stop = thread.pending, stop.endsStep {
      thread.passedSite = nil
      // The plan's own step is the plan's business; any other was only to get off the trap.
      if let plan, plan.thread === thread, plan.progress.isSingleStepping { return }
      thread.pending = stop.withoutStep
      thread.isStepping = false
    }
    if thread.pending == nil {
      thread.isStepping = plan?.thread === thread && plan?.progress.isSingleStepping == true
      proceed(thread)
    }
  }

  // MARK: Resuming

  /// The stopped thread is to go on as soon as it may: off the trap under it first, where its hit is known.
  func proceed(_ thread: TracedThread) {
    if let plan, plan.thread === thread, plan.progress.due != nil { return consultPlan(plan) }
    guard let passed = thread.passedSite else { return idle.append(thread) }
    guard patches.contains(passed), let registers = registers(of: thread), registers.programCounter == passed else {
      if !isWatchedCode(passed) { thread.passedSite = nil }
      return idle.append(thread)
    }
    if thread.signalToDeliver != 0 {
      thread.handlerReturn = (passed, registers.stackPointer)
      return idle.append(thread)
    }
    // What is carried out in a thread's place meets no debug register.
    if watches.all.isEmpty, passSite(passed, by: thread) {
      thread.passedSite = nil
      return idle.append(thread)
    }
    exclusiveQueue.append(ExclusiveRun(thread: thread, lifted: passed))
  }

  private func restartIdle() {
    var held: [TracedThread] = []
    for thread in idle where !thread.isRunning && !thread.isGone && !thread.isLeaving && thread.pending == nil {
      if isAllowed(thread) { restart(thread) } else { held.append(thread) }
    }
    idle.removeAll(keepingCapacity: true)
    idle += held
  }

  /// Resumes a thread whose step has ended already: it stops again at once, and need not be asked to.
  func collectTrap(of thread: TracedThread) {
    let wereInterrupted = areInterrupted
    restart(thread)
    areInterrupted = wereInterrupted
  }

  /// Lets the thread run, or step, with its signal.
  func restart(_ thread: TracedThread) {
    let signal = thread.signalToDeliver
    thread.signalToDeliver = 0
    areInterrupted = false
    saveRegisters(of: thread)
    arm(thread)
    // A thread that job control has stopped stays so until SIGCONT. Any failure means that it was killed: its
    // end will be told, so "running" is right.
    if thread.isInGroupStop && signal == 0 {
      markRunning(thread)
      sdb_listen(thread.id)
    } else if thread.isStepping {
      prepareStep(of: thread)
      markRunning(thread)
      sdb_single_step(thread.id, signal)
    } else {
      markRunning(thread)
      if caught.catchesSystemCalls {
        sdb_continue_to_system_call(thread.id, signal)
      } else {
        sdb_continue(thread.id, signal)
      }
    }
  }
}
