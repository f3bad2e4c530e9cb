import DebugInfo
import Glibc
import MachineModel
import Synchronization
import Tracing

extension DebugSession {
  /// Starts the program, from its beginning where it runs already; returns when it has stopped or ended.
  package func run(stopAt: LaunchStop) async throws(SessionError) -> ResumeOutcome {
    guard let program else { throw .noProgram }
    if process != nil { try await kill() }
    try await reloadChangedProgram()
    var request = LaunchRequest(
      path: program, arguments: [program] + launch.arguments, environment: launch.resultingEnvironment.map(\.entry))
    request.directory = launch.directory
    request.disableRandomization = settings.disableRandomization
    request.terminal = launch.terminal
    if let input = launch.standardInput { request.standardInput = .file(input) }
    if let output = launch.standardOutput {
      request.standardOutput = launch.appendsOutput ? .append(output) : .file(output)
    } else if launch.sendsOutputToStandardError {
      request.standardOutput = .descriptor(STDERR_FILENO)
    }
    if let output = launch.standardError { request.standardError = .file(output) }
    let process = try await traced { () async throws(TracingError) in
      try await TracedProcess.launch(request, on: tracer)
    }
    adopt(process)
    return try await leaveFirstInstruction(stopAt)
  }

  /// Makes a process that has just executed its program, or was attached to, the session's own.
  func adopt(_ process: TracedProcess) {
    self.process = process
    interruption.withLock { $0 = Interruption(process: process, others: $0.others) }
    eventPump = listen(to: process)
    state = .stopped(process.id)
    threads.removeAll()
    let leader = ThreadID(process.id.rawValue)
    _ = threads.number(of: leader)
    selection = Selection(thread: leader)
    queuedSignals = [:]
    sentSignals = nil
    sentEvents = CaughtEvents()
  }

  /// Hands a process's events to the pump of the inferior that has it, from now on.
  func listen(to process: TracedProcess) -> EventPump {
    let events = process.events
    Task {
      for await event in events { self.deliver(event, to: process.id) }
      self.finish(process.id)
    }
    return EventPump()
  }

  /// Events of a process that was left (killed, run anew) are of no interest.
  private func deliver(_ event: ProcessEvent, to id: ProcessID) {
    guard process?.id == id else { return deliver(event, toParked: id) }
    if case .ended(let end) = event, end != .detached, case .stopped = state {
      // Killed from outside while it was stopped.
      tell(.ended(outcome(of: end, id)))
    } else {
      eventPump?.deliver(event)
    }
  }

  private func finish(_ id: ProcessID) {
    (process?.id == id ? eventPump : inferiors.parked(with: id)?.inferior.eventPump)?.finish()
  }

  private func leaveFirstInstruction(_ stopAt: LaunchStop) async throws(SessionError) -> ResumeOutcome {
    guard let process else { throw .notRunning }
    await loadInitialImages(of: process)
    await watchLinker(of: process)
    let thread = ThreadID(process.id.rawValue)
    switch stopAt {
    case .none: break
    case .entry:
      guard let registers = await process.registers(of: thread) else { throw .notRunning }
      let event = StopEvent(thread: thread, reason: .interrupted, registers: registers)
      return .stopped(await report(event, cause: .entry, origin: nil))
    case .main:
      // As gdb's `start`: a temporary breakpoint, which shows as one.
      _ = try await addBreakpoint(.function("main"), isTemporary: true)
    }
    return try await resumeUntilReported(ResumeRequest(thread: thread), motion: nil)
  }

  /// Ends the process.
  package func kill() async throws(SessionError) {
    guard let process else { throw .notRunning }
    let parent = vforkParent
    // Whoever waits for a stop is told of the end; of one that is stopped nobody needs to be told.
    if case .stopped = state { forget() }
    await process.kill()
    if self.process?.id == process.id { forget() }
    if let parent { await leave(parent, after: "exit") }
  }

  /// Lets go of the process, which runs on.
  package func detach() async throws(SessionError) {
    guard let process else { throw .notRunning }
    let parent = vforkParent
    try await traced { () async throws(TracingError) in try await process.detach() }
    forget()
    if let parent { await leave(parent, after: "detach") }
  }

  /// For sdb's own end: kills what it launched, lets go of what it attached to. Nothing is put in order for what comes after.
  package func end() async {
    eventPump?.finish()
    eventPump = nil
    let processes = (process.map { [$0] } ?? []) + inferiors.processes
    // Their ends are of no interest any more.
    process = nil
    inferiors = InferiorTable()
    for process in processes {
      if process.killsOnExit {
        await process.kill()
      } else {
        // One that has ended meanwhile needs no letting go.
        try? await process.detach()
      }
    }
  }

  /// The same for who cannot wait for the actor: a signal ends sdb. What was launched dies with it (PTRACE_O_EXITKILL).
  package nonisolated func endNow() {
    let processes = interruption.withLock { ($0.process.map { [$0] } ?? []) + $0.others }
    for process in processes where !process.killsOnExit { process.detachNow(timeout: 2000) }
  }

  /// True where there is a process that sdb attached to, rather than launched.
  package var isAttached: Bool { process.map { !$0.killsOnExit } ?? false }

  /// There is no process any more.
  func forget() {
    process = nil
    pendingFork = nil
    vforkParent = nil
    calls.cancelAll()
    terminations = []
    interruption.withLock { $0 = Interruption(others: $0.others) }
    eventPump?.finish()
    eventPump = nil
    insertedSites = []
    policies = SitePolicies()
    deleteFrameWatchpoints()
    escapes = EscapeWatch()
    traces = CallTraces()
    refusedSites = []
    invalidateStop()
    threads.removeAll()
    selection = Selection()
    images.reset()
    kept.removePlaces()
    for image in symbols.images where image.number != programImage && !addedImages.contains(image.number) {
      symbols.remove(image: image.number)
    }
    state = .none
  }

  /// What was learnt of the last stop is stale.
  func invalidateStop() {
    forgetStacks()
    openValues.removeAll()
    lastStop = nil
  }
}
