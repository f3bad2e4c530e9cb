import DebugInfo
import Glibc
import HostFiles
import MachineModel
import Synchronization
import Tracing

/// Where a motion began, to tell whether a stop shows its frame or just its line.
struct MotionOrigin {
  let thread: ThreadID
  let place: FrameIdentity
  let file: String?
  /// The canonical address of the innermost frame in which, or in whose callers, the motion ends where control comes
  /// there by an exception or longjmp(3); nil: that is of no interest.
  var escapeLimit: VirtualAddress?
}

extension DebugSession {
  /// Resumes, and answers what is worth a report: internal stops (the dynamic linker's, breakpoints whose condition is
  /// false, exec) are dealt with and passed over.
  func resumeUntilReported(
    _ request: ResumeRequest, motion: (any MotionController)?, origin: MotionOrigin? = nil
  ) async throws(SessionError) -> ResumeOutcome {
    guard let process else { throw .notRunning }
    invalidateStop()
    state = .running(process.id)
    var origin = origin
    switch try await resumeUntilStopped(request, motion: motion, origin: &origin) {
    case .ended(let outcome):
      sink.yield(.ended(outcome))
      return outcome
    case .returned(let call, let stop), .terminated(let call, let stop):
      let isFinish = call.thread == origin?.thread && (motion as? PlanMotion)?.isFinish == true
      return .stopped(
        try await reportReturn(of: call, at: stop, cause: isFinish ? .finished(nil) : .callReturned, origin))
    case .stopped(let stop, let cause, let hidden):
      return .stopped(await report(stop, cause: cause, origin: origin, hiddenInlined: hidden))
    }
  }

  /// A function that was called from here has returned at last: its thread is where it was before.
  func reportReturn(
    of call: InferiorCall, at stop: StopEvent, cause: StopCause, _ origin: MotionOrigin?
  ) async throws(SessionError) -> StopSnapshot {
    finishedState = await process?.state(of: stop.thread)
    try await undo(call)
    let back = StopEvent(thread: stop.thread, reason: stop.reason, registers: call.state.registers)
    return await report(back, cause: cause, origin: origin)
  }

  /// Resumes until there is something to report; the state is the caller's business.
  /// - Parameter origin: of several steps, that of the last one afterwards.
  func resumeUntilStopped(
    _ request: ResumeRequest, motion: (any MotionController)?, origin: inout MotionOrigin?
  ) async throws(SessionError) -> Arrival {
    do throws(SessionError) {
      let arrival = try await resumeUntilArrived(request, motion: motion, origin: &origin)
      await haltOthers()
      return arrival
    } catch {
      await haltOthers()
      throw error
    }
  }

  private func resumeUntilArrived(
    _ request: ResumeRequest, motion: (any MotionController)?, origin: inout MotionOrigin?
  ) async throws(SessionError) -> Arrival {
    var (motion, request) = (motion, request)
    // Where the motion is under way, and those of the others, which have none.
    var home = inferiors.current
    var (noMotion, nowhere): ((any MotionController)?, MotionOrigin?) = (nil, nil)
    // What a condition calls leaves the traps to the motion around it.
    if nesting.isEmpty, let process { await watchEscapes(origin?.escapeLimit != nil || followsCalls, of: process) }
    while true {
      if let fork = pendingFork {
        pendingFork = nil
        if inferiors.current == home {
          try await follow(fork, &request, &motion, &origin)
          home = inferiors.current
        } else {
          try await follow(fork, &request, &noMotion, &nowhere)
        }
      }
      try await goOnWithVforkChild(&request)
      guard let process, let eventPump else { throw .notRunning }
      // It has stopped while others were told of, and is to go on from there.
      let (resumed, isKept) = (inferiors.current, eventPump.hasStop)
      if nesting.holdsOthers || isSchedulerLocked { request.holdsOthers = true }
      if request.paused == nil { request.plan = watching(request.plan) }
      let resumption = request
      do throws(SessionError) {
        try await handOverWatches(to: process)
      } catch {
        state = .stopped(process.id)
        throw error
      }
      await handOverEvents(to: process)
      await handOverSignals(to: process)
      await handOverPolicies(to: process)
      forgetMemory()
      do throws(TracingError) {
        if !isKept { try await process.resume(resumption) }
      } catch {
        // A process that vanished says so in its events.
        if error.operation != .processGone {
          state = .stopped(process.id)
          throw .tracing(error)
        }
      }
      // A request that came before the process ran had nobody to stop.
      if interruption.withLock({ $0.isRequested }) { process.interrupt() }
      await resumeOthers()
      guard let event = await nextStopOrEnd(), let process = self.process else {
        forget()
        throw .notRunning
      }
      await collectIgnoredHits(from: process)
      switch event {
      case .ended(let end):
        await leaveVforkParent(after: "exit")
        return .ended(outcome(of: end, process.id))
      case .threadStarted, .threadEnded, .forked, .signalled, .passed: break
      case .stopped(let stop):
        let isHome = inferiors.current == home
        let decision =
          isHome
          ? try await decide(stop, process, &motion, &origin)
          : try await decide(stop, process, &noMotion, &nowhere)
        switch decision {
        case .resume(let next):
          if interruption.withLock({ $0.isRequested }) {
            return .stopped(stop, .interrupted, hidden: nil)
          }
          // A stop that was kept is judged as the process goes on: that remains to be done.
          if !isKept || inferiors.current != resumed { request = next }
        case .arrived(let arrival): return arrival
        }
      }
    }
  }

  private func nextStopOrEnd() async -> ProcessEvent? {
    while let event = await nextEvent() {
      switch event {
      case .stopped, .ended: return event
      default: await note(event)
      }
    }
    return nil
  }

  /// Takes note of what is no stop.
  func note(_ event: ProcessEvent) async {
    switch event {
    case .stopped, .ended: break
    case .threadStarted(let thread): _ = threads.number(of: thread)
    case .forked(let child, let isVfork): tellDetachedChild(child, isVfork: isVfork)
    case .passed(let passage): log(passage)
    case .signalled(let thread, let information): tellSignal(information.signal, of: thread)
    case .threadEnded(let thread):
      let number = threads.number(of: thread)
      threads.remove(thread)
      await deleteBreakpoints(ofThread: number)
      if let process {
        await liftTraps(of: calls.cancel(in: thread), process)
        await forgetTraces(of: thread, process)
      }
    }
  }

  private enum Decision {
    case resume(ResumeRequest)
    case arrived(Arrival)
  }

  private func decide(
    _ stop: StopEvent, _ process: TracedProcess, _ motion: inout (any MotionController)?, _ origin: inout MotionOrigin?
  ) async throws(SessionError) -> Decision {
    func report(_ cause: StopCause, hidden: Int? = nil) -> Decision { .arrived(.stopped(stop, cause, hidden: hidden)) }
    switch stop.reason {
    case .breakpoint(let address):
      if let call = calls.returned(at: stop) { return .arrived(.returned(call, stop)) }
      if terminations.contains(address), let call = nesting.innermostCall, call.thread == stop.thread {
        return .arrived(.terminated(call, stop))
      }
      await traceReturns(stop, to: address, process)
      let isLinkers = address == images.linkerBreakpoint
      let libraries = images.numbers
      if isLinkers {
        await refreshImages(of: process)
        if followsCalls { await watchEscapes(true, of: process) }
      }
      // A temporary one is gone once it is claimed.
      let hit = breakpointTable.enabled(at: address)
      switch await claim(stop, at: address) {
      case .claimed(let cause):
        return .arrived(.stopped(stop, cause, hidden: inlinedEntries(at: address, hitBy: hit)))
      case .arrived(let arrival): return .arrived(arrival)
      case .unclaimed: break
      }
      if isLinkers {
        switch await claimLibraries(stop, since: libraries) {
        case .claimed(let cause): return report(cause)
        case .arrived(let arrival): return .arrived(arrival)
        case .unclaimed: break
        }
      }
      if let cause = await endWatchScopes(stop, at: address) { return report(cause) }
      if await hasEscaped(stop, at: address, origin, process) { return report(.step) }
      return .resume(ResumeRequest(continuing: stop))
    case .watch(let hits): return decision(on: await claimWatches(stop, hits), stop)
    case .planFinished, .planNeedsSymbols:
      if let watching = stop.paused?.plan as? SoftwareWatchPlan, watching.hasChanged {
        switch await claimSteppedWatches(stop) {
        case .claimed(let cause): return report(cause)
        case .arrived(let arrival): return .arrived(arrival)
        case .unclaimed: return .resume(ResumeRequest(thread: stop.thread, plan: watching.continued))
        }
      }
      guard var controller = motion else { return report(.step) }
      let hidden = inlinedEntries(at: stop.registers.programCounter, .step)
      let situation = MotionSituation(
        symbols: symbols, memory: process.memory,
        walker: walker(
          for: stop.registers, process: process, hiddenInlined: hidden, thread: stop.thread), hidden: hidden,
        registers: stop.registers, isLooping: (stop.paused?.plan as? LineStepPlan)?.isLooping ?? false)
      let decision = controller.arrived(situation)
      motion = controller
      switch decision {
      case .finished(.step):
        guard let step = controller as? LineMotion,
          let (next, begin) = nextStep(after: step, situation, of: stop.thread)
        else { return report(.step) }
        motion = next
        origin = begin
        return .resume(ResumeRequest(thread: stop.thread, plan: next.plan))
      case .finished(let cause): return report(cause)
      case .finishedInline(let hidden): return report(.step, hidden: hidden)
      case .resume(let plan): return .resume(ResumeRequest(thread: stop.thread, plan: plan))
      }
    case .programTrap: return report(.trap)
    case .signal(let info):
      switch await claim(
        stop, .signal(info.signal),
        { if case .signals(let choice) = $0 { choice.contains(info.signal) } else { false } })
      {
      case .claimed(let cause): return report(cause)
      case .arrived(let arrival): return .arrived(arrival)
      case .unclaimed where signals[info.signal].stops: return report(.signal(info))
      case .unclaimed:
        // That it has stopped is a catchpoint's doing alone.
        var request = ResumeRequest(continuing: stop)
        request.signal = signals[info.signal].passes ? info.signal : nil
        return .resume(request)
      }
    case .forked(let child, let isVfork):
      pendingFork = Fork(thread: stop.thread, child: child, isVfork: isVfork)
      let claim = await claim(stop, isVfork ? .vfork(child) : .fork(child)) { $0 == (isVfork ? .vfork : .fork) }
      return decision(on: claim, stop)
    case .systemCall(let call, let isEntry):
      let claim = await claim(stop, .systemCall(call, isEntry: isEntry)) {
        if case .systemCalls(let calls) = $0 { calls.isEmpty || calls.contains(call) } else { false }
      }
      return decision(on: claim, stop)
    case .interrupted: return report(.interrupted)
    case .executed:
      await leaveVforkParent(after: "exec")
      await takeOverExecutedProgram(process)
      let claim = await claim(stop, .exec(program ?? "")) { $0 == .exec }
      return decision(on: claim, stop)
    }
  }

  /// What is nobody's is passed over.
  private func decision(on claim: Claim, _ stop: StopEvent) -> Decision {
    switch claim {
    case .claimed(let cause): .arrived(.stopped(stop, cause, hidden: nil))
    case .arrived(let arrival): .arrived(arrival)
    case .unclaimed: .resume(ResumeRequest(continuing: stop))
    }
  }

  func takeOverExecutedProgram(_ process: TracedProcess) async {
    let moved = moveExecutedProgram(process)
    insertedSites = []
    policies = SitePolicies()
    deleteFrameWatchpoints()
    escapes = EscapeWatch()
    traces = CallTraces()
    calls.cancelAll()
    terminations = []
    threads.removeAll()
    for image in symbols.images { symbols.remove(image: image.number) }
    programImage = nil
    let file = Executable(of: process.id)
    program = file.name
    programIdentity = FileIdentity(of: file.path)
    // The kernel's own link leads to it even where the process has another root.
    programImage = try? symbols.add(ImageMapping(path: "/proc/\(process.id)/exe", name: file.name, bias: 0))
    notify("process \(process.id) is executing new program: \(file.name)")
    if let moved { notify("[New inferior \(moved)]\n[New process \(process.id)]") }
    await loadInitialImages(of: process)
    await watchLinker(of: process)
  }

  private func keepNumber(_ number: Int64, as name: String) {
    history.convenience[name] = Value(type: .int, integer: number, source: programScope()).loaded()
  }

  /// Leaves a process that has ended.
  func outcome(of end: ProcessEnd, _ pid: ProcessID) -> ResumeOutcome {
    let outcome: ResumeOutcome =
      switch end {
      case .exited(let code): .exited(pid: pid, code: code)
      case .killed(let signal, _): .killed(pid: pid, signal: signal)
      case .detached: .exited(pid: pid, code: 0)
      }
    forget()
    // As gdb has it, the one or the other.
    history.convenience["_exitcode"] = nil
    history.convenience["_exitsignal"] = nil
    switch outcome {
    case .exited(_, let code): keepNumber(Int64(code), as: "_exitcode")
    case .killed(_, let signal): keepNumber(Int64(signal.number), as: "_exitsignal")
    default: break
    }
    return outcome
  }

  /// Makes a stop the current one, and says so.
  /// - Parameter hiddenInlined: how many functions inlined at the address count as not entered yet; nil: all whose code
  ///   begins there.
  func report(
    _ stop: StopEvent, cause: StopCause, origin: MotionOrigin?, hiddenInlined hidden: Int? = nil
  ) async -> StopSnapshot {
    generation += 1
    let isOther = shownInferior != inferiors.current
    let switched = isOther || selection.thread.map { $0 != stop.thread } ?? false
    shownInferior = inferiors.current
    selection = Selection(thread: stop.thread)
    if let process {
      state = .stopped(process.id)
      openStackEnds()
      await takeArrivedDebugFiles()
      hiddenInlined = hidden ?? inlinedEntries(at: stop.registers.programCounter, cause)
      stacks[stop.thread] = walker(
        for: stop.registers, process: process, hiddenInlined: hiddenInlined, thread: stop.thread)
    }
    let isPassing = stepsToCome > 0 && cause == .step
    let frame =
      isPassing
      ? (stacks[stop.thread]?.frame(0) ?? .unknown).snapshot(arguments: [])
      : await innermostFrame(of: stop.thread)
    let snapshot = StopSnapshot(
      generation: generation, cause: cause, thread: threadSnapshot(stop.thread), frame: frame,
      showsFrame: showsFrame(cause, stop.thread, origin),
      switchedThread: switched)
    lastStop = snapshot
    tellDamage()
    if !isPassing { sink.yield(.stopped(snapshot)) }
    return snapshot
  }

  /// How many inlined functions begin at `pc`, innermost first: the thread is shown before their calls, unless the
  /// stop is that of a breakpoint on the inlined function itself, or of a step by instructions.
  private func inlinedEntries(at pc: VirtualAddress, _ cause: StopCause) -> Int {
    switch cause {
    case .instructionStep: 0
    case .breakpoint: inlinedEntries(at: pc, hitBy: breakpointTable.enabled(at: pc))
    default: inlinedEntries(at: pc, hitBy: [])
    }
  }

  /// Of several breakpoints there, each may be on one of the functions.
  private func inlinedEntries(at pc: VirtualAddress, hitBy breakpoints: [Breakpoint]) -> Int {
    if breakpoints.contains(where: { if case .address = $0.specification { true } else { false } }) { return 0 }
    let wanted = Set(
      breakpoints.flatMap(\.locations).filter { $0.address == pc }.compactMap(\.function?.qualified))
    return symbols.scopes(at: pc).prefix { scope in
      scope.isInlined && !wanted.contains(scope.name.qualified) && scope.ranges.begins().contains(pc)
    }.count
  }

  /// As gdb: a step that ended in the frame where it began, at the start of a line, shows that line alone.
  private func showsFrame(_ cause: StopCause, _ thread: ThreadID, _ origin: MotionOrigin?) -> Bool {
    guard cause == .step || cause == .instructionStep, let origin, origin.thread == thread,
      let frame = stacks[thread]?.frame(0)
    else { return true }
    let place = stacks[thread]?.place()
    return frame.showsAddress && cause == .step || frame.source?.file != origin.file || place != origin.place
  }
}
