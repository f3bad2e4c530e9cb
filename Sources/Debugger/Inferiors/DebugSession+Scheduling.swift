import DebugInfo
import MachineModel
import Tracing

/// `set schedule-multiple`: the processes that are put aside go on with the current one, and stop with it.
extension DebugSession {
  /// Lets those go on that are stopped. One whose child runs in its memory waits for that in the kernel, where it could not be stopped again.
  func resumeOthers() async {
    guard settings.schedulesMultiple, nesting.isEmpty, !isSchedulerLocked else { return }
    let rows = inferiorRows()
    for row in rows where row.state == .stopped && row.id != inferiors.current && row.vforkChild == nil {
      guard let process = inferiors[row.id]?.process else { continue }
      let isResolved = breakpointTable.all.allSatisfy { inferiors[row.id]?.locations[$0.id] != nil }
      inferiors[row.id]?.state = .running(process.id)
      await visit(row.id) {
        if isResolved { await placeSites() } else { await resolveBreakpoints() }
        await resumeVisited(process)
      }
    }
  }

  /// The current process is held by the kernel while a child runs in its memory (vfork): the child goes on in its place, with `set
  /// schedule-multiple`; without that the stop is reported, and this throws.
  func goOnWithVforkChild(_ request: inout ResumeRequest) async throws(SessionError) {
    guard inferiors.areSeveral, nesting.isEmpty, let process,
      let child = inferiorRows().first(where: \.current)?.vforkChild
    else { return }
    let parent = inferiors.current
    guard settings.schedulesMultiple else {
      if let registers = await process.registers(of: request.thread) {
        let stop = StopEvent(thread: request.thread, reason: .interrupted, registers: registers)
        _ = await report(stop, cause: lastStop?.cause ?? .location, origin: nil)
      }
      throw .refused(
        "Can not resume the parent process over vfork in the foreground while\nholding the child stopped.  "
          + "Try \"set detach-on-fork\" or \"set schedule-multiple\".")
    }
    exchange(for: child)
    inferiors[parent]?.state = .stopped(process.id)
    countAsRunning()
    request = self.request()
    await placeSites()
  }

  private func resumeVisited(_ process: TracedProcess) async {
    let request = request()
    invalidateStop()
    // A stop that came while all were being stopped is what is told next.
    guard let eventPump, !eventPump.hasStop else { return }
    // What the processor can't watch in it goes unwatched.
    try? await handOverWatches(to: process)
    await handOverEvents(to: process)
    await handOverSignals(to: process)
    await handOverPolicies(to: process)
    // One that vanished says so in its events.
    try? await process.resume(request)
  }

  /// The next event of the current process, or of another that runs, which is the current one then.
  func nextEvent() async -> ProcessEvent? {
    guard let eventPump else { return nil }
    let others = inferiors.parked.filter(\.value.state.isRunning).compactMap { number, inferior in
      inferior.eventPump.map { (number, $0) }
    }
    guard !others.isEmpty else { return await eventPump.next() }
    let (index, event) = await EventPump.next(of: [eventPump] + others.map(\.1))
    if index > 0 { exchange(for: others[index - 1].0) }
    return event
  }

  /// Stops those that run, all but the current one. A stop of their own that they meet at that moment is kept for when they go on.
  func haltOthers() async {
    for number in inferiors.numbers where inferiors[number]?.state.isRunning ?? false {
      await visit(number) { await haltVisited() }
    }
    if settings.schedulesMultiple { tellExchange() }
  }

  private func haltVisited() async {
    guard let process, let eventPump else { return }
    process.interrupt()
    while let event = await eventPump.next() {
      switch event {
      case .stopped(let stop):
        await collectIgnoredHits(from: process)
        if stop.reason != .interrupted || stop.paused != nil { eventPump.putBack(event) }
        state = .stopped(process.id)
        return
      case .ended(let end):
        notify("[Inferior \(inferiors.current) (process \(process.id)) \(end.words)]")
        return forget()
      default: await note(event)
      }
    }
    forget()
  }
}
