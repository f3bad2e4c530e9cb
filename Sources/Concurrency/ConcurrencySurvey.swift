import Commands
package import Debugger
import MachineModel

/// Asks a session what its threads do.
package struct ConcurrencySurvey {
  private let session: DebugSession
  package init(_ session: DebugSession) { self.session = session }

  /// Unwinds each thread's stack once a stop; throws without a stopped process.
  package func snapshot() async throws(SessionError) -> ConcurrencySnapshot {
    let stacks = try await session.threadStacks()
    let memory = try await session.stoppedMemory()
    var waits: [ThreadID: KernelWait] = [:]
    for stack in stacks { waits[stack.thread.tid] = KernelWait(stack.registers, memory: memory) }
    var survey = LockSurvey(session, stacks: stacks, memory: memory)
    await survey.run(waits)
    let process = await session.state.process
    let stopped = await session.stoppedThread
    var threads = stacks.map { stack in
      let tid = stack.thread.tid
      let target = survey.target(of: tid)
      let state: ThreadActivity.State =
        target != nil ? .waiting : waits[tid] != nil ? .sleeping : tid == stopped ? .stopped : .running
      return ThreadActivity(
        thread: stack.thread, isCurrent: stack.isCurrent, state: state, frame: stack.frameOfInterest, wait: waits[tid],
        target: target,
        systemCall: waits[tid].map { SystemCallText($0, memory: memory, process: process).text },
        processorTime: process.flatMap { ThreadTimes.processorTime(of: tid, in: $0) })
    }
    let deadlocks = Deadlock.all(among: threads)
    let caught = Set(deadlocks.flatMap { $0.steps.map(\.thread.id) })
    for index in threads.indices where caught.contains(threads[index].thread.id) { threads[index].state = .deadlocked }
    return ConcurrencySnapshot(threads: threads, locks: survey.locks, deadlocks: deadlocks)
  }
}
