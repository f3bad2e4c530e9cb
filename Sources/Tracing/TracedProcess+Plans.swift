import MachineModel

/// A `ThreadPlan` in progress, or no more than the wish that other threads be held.
final class PlanRun {
  let thread: TracedThread
  var plan: (any ThreadPlan)?
  var holdsOthers: Bool
  var progress: PlanProgress

  init(_ thread: TracedThread, _ plan: (any ThreadPlan)?, holdsOthers: Bool) {
    self.thread = thread
    self.plan = plan
    self.holdsOthers = holdsOthers
    progress = PlanProgress(due: plan == nil ? nil : .start)
  }

  init(_ thread: TracedThread, _ paused: PausedPlan) {
    self.thread = thread
    plan = paused.plan
    holdsOthers = paused.holdsOthers
    progress = paused.progress
  }

  /// As it stands; nil where no more is wished than that others be held.
  var paused: PausedPlan? {
    plan.map {
      PausedPlan(thread: ThreadID(thread.id), plan: $0, progress: progress, holdsOthers: holdsOthers)
    }
  }
}

extension TracedProcess {
  /// Shows the plan where its thread stands, and does as it says.
  func consultPlan(_ run: PlanRun) {
    let thread = run.thread
    guard run.plan != nil else { return proceed(thread) }
    var code = CodeWindow(processMemory)
    while let registers = registers(of: thread) {
      let observation = PlanObservation(
        registers: registers, memory: processMemory, isStart: run.progress.due == .start)
      run.progress.due = nil
      // No copy of the plan: one step must not allocate.
      guard let directive = run.plan?.next(observation) else { return }
      switch directive {
      case .singleStep:
        setTargets([], of: run)
        if carryOutStep(of: run, &code) { continue }
        run.progress.isSingleStepping = true
        thread.isStepping = true
        return proceed(thread)
      case .run(let targets):
        run.progress.isSingleStepping = false
        thread.isStepping = false
        // With nowhere to stop at (a return address out of a smashed stack), here is the only place.
        guard setTargets(targets, of: run) else { return arrive(run, registers, .planFinished) }
        let here = registers.programCounter
        if targets.contains(here) && (sites[here] == nil || thread.passedSite == here) { thread.passedSite = here }
        return proceed(thread)
      case .finished: return arrive(run, registers, .planFinished)
      case .needsSymbols: return arrive(run, registers, .planNeedsSymbols)
      }
    }
  }

  /// The plan ends. At a user's site whose instruction has not been executed yet, that is what counts.
  private func arrive(_ run: PlanRun, _ registers: RegisterFile, _ reason: StopReason) {
    let here = registers.programCounter
    let isNews = (sites[here] != nil || isWatchedCode(here)) && run.thread.passedSite != here
    let isReported = isNews && (countHit(at: here, by: run.thread) || isWatchedCode(here))
    if isNews { run.thread.passedSite = here }
    run.progress.arrival = reason
    halt(run.thread, isReported ? .breakpoint(here) : reason)
  }

  /// False where none of some targets can have a trap.
  @discardableResult
  private func setTargets(_ targets: [VirtualAddress], of run: PlanRun) -> Bool {
    if targets == run.progress.targets { return true }
    let old = run.progress.targets
    // The new ones first: a trap in both stays in place.
    run.progress.targets = targets.filter { insertPatch($0) }
    for address in old { removePatch(address) }
    return targets.isEmpty || !run.progress.targets.isEmpty
  }

  /// Takes the plan away, and its traps; answers how it stood.
  @discardableResult
  func endPlan() -> PausedPlan? {
    guard let run = plan else { return nil }
    plan = nil
    for address in run.progress.targets { removePatch(address) }
    if let trap = run.progress.handlerTrap { removePatch(trap) }
    run.thread.isStepping = false
    return run.paused
  }

  /// Makes a plan the one under way again, as it stood when it was taken away.
  func resume(_ paused: PausedPlan, of thread: TracedThread) {
    let run = PlanRun(thread, paused)
    plan = run
    run.progress.targets = []
    run.progress.handlerTrap = paused.progress.handlerTrap.flatMap { insertPatch($0) ? $0 : nil }
    thread.isStepping = run.progress.isSingleStepping && run.progress.handlerTrap == nil
    // What it ran to is not mapped any more.
    if !setTargets(paused.progress.targets, of: run) { run.progress.arrival = .planFinished }
  }
}
