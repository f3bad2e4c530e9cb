import MachineModel

/// A `ThreadPlan` in progress, or no more than the wish that other threads be held.
final class PlanRun {
  let thread: TracedThread
  var plan: (any ThreadPlan)?
  let holdsOthers: Bool
  var isUnstarted: Bool
  /// The plan's last word was `.singleStep`.
  var isSingleStepping = false
  /// Temporary traps.
  var targets: [VirtualAddress] = []
  /// A temporary trap where the thread comes back to from a signal handler.
  var handlerTrap: VirtualAddress?

  init(_ thread: TracedThread, _ plan: (any ThreadPlan)?, holdsOthers: Bool) {
    self.thread = thread
    self.plan = plan
    self.holdsOthers = holdsOthers
    isUnstarted = plan != nil
  }
}

extension TracedProcess {
  /// Shows the plan where its thread stands, and does as it says.
  func consultPlan(_ run: PlanRun) {
    let thread = run.thread
    guard run.plan != nil else { return proceed(thread) }
    guard let registers = registers(of: thread) else { return }
    let observation = PlanObservation(registers: registers, memory: processMemory, isStart: run.isUnstarted)
    run.isUnstarted = false
    // No copy of the plan: one step must not allocate.
    guard let directive = run.plan?.next(observation) else { return }
    switch directive {
    case .singleStep:
      setTargets([], of: run)
      run.isSingleStepping = true
      thread.isStepping = true
      proceed(thread)
    case .run(let targets):
      run.isSingleStepping = false
      thread.isStepping = false
      // With nowhere to stop at (a return address out of a smashed stack), here is the only place.
      guard setTargets(targets, of: run) else { return arrive(run, registers, .planFinished) }
      let here = registers.programCounter
      if targets.contains(here) && (sites[here] == nil || thread.passedSite == here) { thread.passedSite = here }
      proceed(thread)
    case .finished: arrive(run, registers, .planFinished)
    case .needsSymbols: arrive(run, registers, .planNeedsSymbols)
    }
  }

  /// The plan ends. At a user's site whose instruction has not been executed yet, that is what counts.
  private func arrive(_ run: PlanRun, _ registers: RegisterFile, _ reason: StopReason) {
    let here = registers.programCounter
    let isNews = sites[here] != nil && run.thread.passedSite != here
    let isReported = isNews && countHit(at: here)
    if isNews { run.thread.passedSite = here }
    halt(run.thread, isReported ? .breakpoint(here) : reason)
  }

  /// False where none of some targets can have a trap.
  @discardableResult
  private func setTargets(_ targets: [VirtualAddress], of run: PlanRun) -> Bool {
    if targets == run.targets { return true }
    let old = run.targets
    // The new ones first: a trap in both stays in place.
    run.targets = targets.filter { insertPatch($0) }
    for address in old { removePatch(address) }
    return targets.isEmpty || !run.targets.isEmpty
  }

  func endPlan() {
    guard let run = plan else { return }
    plan = nil
    interruptedPlan = run.plan.map { (ThreadID(run.thread.id), $0) }
    for address in run.targets { removePatch(address) }
    if let trap = run.handlerTrap { removePatch(trap) }
    run.thread.isStepping = false
  }
}
