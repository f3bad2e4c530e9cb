import Commands
package import Debugger
import MachineModel
import Synchronization

/// Asks a session what its threads do.
/// One for each session: it remembers how much processor time the threads had used when it was asked before.
package final class ConcurrencySurvey: Sendable {
  private let session: DebugSession
  private let shares = Mutex(ProcessorShares())
  package init(_ session: DebugSession) { self.session = session }

  /// Unwinds each thread's stack once a stop; throws without a stopped process.
  package func snapshot() async throws(SessionError) -> ConcurrencySnapshot {
    try await snapshot(of: try await session.threadStacks())
  }

  /// The same where the stacks of all threads are there already.
  package func snapshot(of stacks: [ThreadStack]) async throws(SessionError) -> ConcurrencySnapshot {
    let memory = try await session.stoppedMemory()
    var waits: [ThreadID: KernelWait] = [:]
    for stack in stacks { waits[stack.thread.tid] = KernelWait(stack.registers, memory: memory) }
    var survey = LockSurvey(session, stacks: stacks, memory: memory)
    await survey.run(waits)
    let process = await session.state.process
    let stopped = await session.stoppedThread
    var times: [ThreadID: Double] = [:]
    if let process {
      for stack in stacks { times[stack.thread.tid] = ThreadTimes.processorTime(of: stack.thread.tid, in: process) }
    }
    let stop = await session.stopCount
    let parts = shares.withLock { [times] shares in
      shares.note(times, atStop: stop)
      return shares.shares
    }
    var threads = stacks.map { stack in
      let tid = stack.thread.tid
      let target = survey.target(of: tid)
      let state: ThreadActivity.State =
        target != nil ? .waiting : waits[tid] != nil ? .sleeping : tid == stopped ? .stopped : .running
      return ThreadActivity(
        thread: stack.thread, isCurrent: stack.isCurrent, state: state, frame: stack.frameOfInterest, wait: waits[tid],
        target: target,
        systemCall: waits[tid].map { SystemCallText($0, memory: memory, process: process).text },
        processorTime: times[tid], processorShare: parts[tid])
    }
    let deadlocks = Deadlock.all(among: threads)
    let caught = Set(deadlocks.flatMap { $0.steps.map(\.thread.id) })
    for index in threads.indices where caught.contains(threads[index].thread.id) { threads[index].state = .deadlocked }
    return ConcurrencySnapshot(threads: threads, locks: survey.locks, deadlocks: deadlocks)
  }
}
