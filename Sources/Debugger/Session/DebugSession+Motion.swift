import DebugInfo
import MachineModel
import Synchronization
import Tracing

extension DebugSession {
  /// Moves the selected thread `count` times (for `.continue`: passes over count − 1 hits of the breakpoint that
  /// it stands at); ends early at any other stop.
  package func proceed(_ motion: Motion, count: Int = 1) async throws(SessionError) -> ResumeOutcome {
    _ = try stoppedProcess()
    interruption.withLock { $0.isRequested = false }
    isSchedulerLocked = settings.schedulerLocking == .on || settings.schedulerLocking == .step && motion.isStep
    defer { isSchedulerLocked = false }
    switch motion {
    case .continue:
      if count > 1, case .breakpoint(let id, _) = lastStop?.cause { breakpointTable[id]?.ignoreCount = count - 1 }
      return try await resumeUntilReported(request(), motion: nil)
    case .signal(let signal):
      var request = request()
      request.signal = signal
      return try await resumeUntilReported(request, motion: nil)
    case .step:
      return try await repeated(count) { () async throws(SessionError) in try await self.stepLine(entersCalls: true) }
    case .next:
      return try await repeated(count) { () async throws(SessionError) in try await self.stepLine(entersCalls: false) }
    case .until where count > 1:
      return try await repeated(count) { () async throws(SessionError) in try await self.untilNextLine() }
    case .until: return try await untilNextLine()
    case .stepInstruction: return try await stepInstructions(count, stepsOverCalls: false)
    case .nextInstruction: return try await stepInstructions(count, stepsOverCalls: true)
    case .finish: return try await finishFrame()
    case .untilLocation(let location), .advance(let location): return try await runTo(location)
    case .jump(let location): return try await jump(to: location)
    }
  }

  private func repeated(
    _ count: Int, _ body: () async throws(SessionError) -> ResumeOutcome
  ) async throws(SessionError) -> ResumeOutcome {
    defer { stepsToCome = 0 }
    stepsToCome = max(1, count) - 1
    var outcome = try await body()
    while stepsToCome > 0, case .stopped(let stop) = outcome, stop.cause == .step {
      stepsToCome -= 1
      outcome = try await body()
    }
    return outcome
  }

  /// How to go on: the thread of the last stop takes the signal that stopped it along.
  func request(_ plan: (any ThreadPlan)? = nil) -> ResumeRequest {
    let thread = selection.thread ?? ThreadID(process?.id.rawValue ?? 0)
    var signal: Signal?
    if let queued = queuedSignals.removeValue(forKey: thread) {
      signal = queued.number == 0 ? nil : queued
    } else if let lastStop, lastStop.thread.tid == thread, let stopping = lastStop.cause.signal,
      signals[stopping].passes
    {
      signal = stopping
    }
    var request = ResumeRequest(thread: thread, plan: plan, signal: signal)
    request.queued = queuedSignals
    queuedSignals = [:]
    return request
  }

  /// The selected thread's stack, where it stands.
  private func situation() async throws(SessionError) -> (walker: StackWalker, frame: Frame, origin: MotionOrigin) {
    let walker = try await selectedWalker()
    guard let thread = selection.thread, let frame = walker.frame(0) else { throw .noFrame("No stack.") }
    return (walker, frame, MotionOrigin(thread: thread, place: walker.place(), file: frame.source?.file))
  }

  private func stepLine(entersCalls: Bool) async throws(SessionError) -> ResumeOutcome {
    let (walker, frame, origin) = try await situation()
    if hiddenInlined > 0, entersCalls, let stop = lastStop, stop.thread.tid == origin.thread {
      // The call of an inlined function is entered without a move (DWARF 5 §3.3.8.2).
      return .stopped(try await reportInPlace(.step, hidden: hiddenInlined - 1, origin: origin))
    }
    let (motion, begin) = try lineStep(
      from: walker, frame, of: origin.thread, hidden: hiddenInlined, entersCalls: entersCalls)
    return try await resumeUntilReported(request(motion.plan), motion: motion, origin: begin)
  }

  /// What steps a thread from where it is shown to another line.
  private func lineStep(
    from walker: StackWalker, _ frame: Frame, of thread: ThreadID, hidden: Int, entersCalls: Bool
  ) throws(SessionError) -> (LineMotion, MotionOrigin) {
    let pc = frame.programCounter
    let place = walker.place()
    let row = symbols.lineRow(at: pc)
    var ranges = symbols.stepRanges(at: pc)
    if let row, row.source.line > 0 {
      if hidden > 0 { ranges += symbols.scopes(at: pc)[hidden - 1].ranges }
    } else {
      ranges = try functionRanges(frame)
      let name = frame.scope?.name.qualified ?? "??"
      notify("Single stepping until exit from function \(name),\nwhich has no line number information.")
    }
    let motion = LineMotion(
      entersCalls: entersCalls, entersUnknown: settings.stepMode, place: place,
      line: row.map { hidden > 0 ? frame.source ?? $0.source : $0.source }, ranges: ranges, isRepeatable: true)
    let origin = MotionOrigin(
      thread: thread, place: place, file: frame.source?.file, escapeLimit: place.canonicalFrameAddress)
    return (motion, origin)
  }

  /// The next of several steps, where one has just ended that nobody is shown; nil where it is the last, or has to begin as the
  /// first one did. Saves a stop's report.
  func nextStep(after motion: LineMotion, _ situation: MotionSituation, of thread: ThreadID) -> (
    LineMotion, MotionOrigin
  )? {
    guard stepsToCome > 0, motion.isRepeatable, situation.hidden == 0, let frame = situation.walker.frame(0),
      symbols.lineRow(at: frame.programCounter).map({ $0.source.line > 0 }) ?? false,
      let next = try? lineStep(
        from: situation.walker, frame, of: thread, hidden: 0, entersCalls: motion.entersCalls)
    else { return nil }
    stepsToCome -= 1
    return next
  }

  /// As `next`, but from the function's beginning to the line's end counts as the line: a jump backwards does
  /// not end it.
  private func untilNextLine() async throws(SessionError) -> ResumeOutcome {
    var (walker, frame, origin) = try await situation()
    origin.escapeLimit = origin.place.canonicalFrameAddress
    let ranges = symbols.lineRow(at: frame.programCounter).map { [$0.range] } ?? []
    let function = try functionRanges(frame)
    let past = ranges.first?.upperBound ?? frame.programCounter
    let behind = function.map { $0.clamped(to: min($0.lowerBound, past)..<past) }.filter { !$0.isEmpty }
    let motion = LineMotion(
      entersCalls: false, entersUnknown: false, place: walker.place(), line: frame.source, ranges: ranges + behind)
    return try await resumeUntilReported(request(motion.plan), motion: motion, origin: origin)
  }

  private func functionRanges(_ frame: Frame) throws(SessionError) -> [Range<VirtualAddress>] {
    guard let ranges = frame.function?.ranges, !ranges.isEmpty else {
      throw .refused("Cannot find bounds of current function")
    }
    return ranges
  }

  private func stepInstructions(_ count: Int, stepsOverCalls: Bool) async throws(SessionError) -> ResumeOutcome {
    let origin = try await situation().origin
    let plan = InstructionStepPlan(count: count, stepsOverCalls: stepsOverCalls)
    return try await resumeUntilReported(
      request(plan), motion: PlanMotion(cause: .instructionStep), origin: origin)
  }

  private func finishFrame() async throws(SessionError) -> ResumeOutcome {
    var (walker, _, origin) = try await situation()
    guard let frame = walker.frame(selection.level) else { throw .noFrame("No frame selected.") }
    if frame.isInlined { return try await finishInlinedFrame(frame, walker, origin) }
    origin.escapeLimit = walker.caller(of: frame).flatMap(walker.canonicalFrameAddress)
    guard walker.caller(of: frame) != nil, let caller = walker.unwound(from: frame) else {
      throw .refused("\"finish\" not meaningful in the outermost frame.")
    }
    let plan = RunToPlan(
      returnAddress: caller.programCounter, frame: walker.canonicalFrameAddress(of: frame))
    let outcome = try await resumeUntilReported(
      request(plan), motion: PlanMotion(cause: .finished(nil)), origin: origin)
    guard case .stopped(let stop) = outcome, case .finished = stop.cause, let function = frame.function?.entry else {
      return outcome
    }
    let value = await returnValue(of: function, thread: stop.thread.tid)
    return .stopped(replaceLastStop(stop, cause: .finished(value)))
  }

  /// There is no return address: back to the physical frame that the function was inlined into, if others were called
  /// from there, then on to the first statement in the function around it.
  private func finishInlinedFrame(_ frame: Frame, _ walker: StackWalker, _ origin: MotionOrigin)
    async throws(SessionError) -> ResumeOutcome
  {
    let inner = walker.frames.prefix { $0.level < frame.level }
    let depth = inner.reversed().prefix { $0.physicalIndex == frame.physicalIndex }.count
    let place = walker.place(ofPhysical: frame.physicalIndex).outer(by: depth + 1)
    let motion = LineMotion(
      entersCalls: false, entersUnknown: false, place: place, line: nil, ranges: frame.scope?.ranges ?? [],
      cause: .finished(nil))
    var plan: any ThreadPlan = motion.plan
    if let callee = inner.last(where: { $0.physicalIndex < frame.physicalIndex }) {
      plan = RunToPlan(
        returnAddress: frame.programCounter, frame: walker.canonicalFrameAddress(of: callee))
    }
    var origin = origin
    origin.escapeLimit = place.canonicalFrameAddress
    return try await resumeUntilReported(request(plan), motion: motion, origin: origin)
  }

  private func runTo(_ location: LocationSpecification) async throws(SessionError) -> ResumeOutcome {
    var (walker, _, origin) = try await situation()
    let places = try await resolve(location).map(\.address)
    guard let frame = walker.frame(selection.level) else { throw .noFrame("No frame selected.") }
    origin.escapeLimit = walker.caller(of: frame).flatMap(walker.canonicalFrameAddress)
    let caller = walker.caller(of: frame) == nil ? nil : walker.unwound(from: frame)
    let plan = RunToPlan(
      places: places, returnAddress: caller?.programCounter, frame: walker.canonicalFrameAddress(of: frame))
    return try await resumeUntilReported(request(plan), motion: PlanMotion(cause: .location), origin: origin)
  }

  private func jump(to location: LocationSpecification) async throws(SessionError) -> ResumeOutcome {
    let process = try stoppedProcess()
    guard let thread = selection.thread, var registers = await process.registers(of: thread) else {
      throw .notRunning
    }
    let places = try await resolve(location)
    guard places.count == 1, let place = places.first else {
      throw .refused("Unreasonable jump request: \(places.count) locations match.")
    }
    registers.programCounter = place.address
    // Nothing to restart: the interrupted system call is left behind (signal(7), "Interruption of system calls").
    registers[.origRax] = .max
    let changed = registers
    try await traced { () async throws(TracingError) in try await process.setRegisters(changed, of: thread) }
    return try await resumeUntilReported(ResumeRequest(thread: thread), motion: nil)
  }

  /// A stop that took no move at all.
  private func reportInPlace(
    _ cause: StopCause, hidden: Int, origin: MotionOrigin
  ) async throws(SessionError) -> StopSnapshot {
    let process = try stoppedProcess()
    guard let registers = await process.registers(of: origin.thread) else { throw .notRunning }
    invalidateStop()
    let stop = StopEvent(thread: origin.thread, reason: .planFinished, registers: registers)
    return await report(stop, cause: cause, origin: origin, hiddenInlined: hidden)
  }

  private func replaceLastStop(_ stop: StopSnapshot, cause: StopCause) -> StopSnapshot {
    let changed = StopSnapshot(
      generation: stop.generation, cause: cause, thread: stop.thread, frame: stop.frame,
      showsFrame: stop.showsFrame, switchedThread: stop.switchedThread)
    lastStop = changed
    sink.yield(.stopCompleted(changed))
    return changed
  }
}
