import CPtrace
import Glibc
import MachineModel

extension TracedProcess {
  /// Ends the process at once; returns when it is gone, and `.ended` has been told.
  package func kill() async {
    guard !hasEnded else { return }
    sdb_kill(id.rawValue, SIGKILL)
    await withCheckedContinuation { endWaiters.append($0) }
  }

  /// Lets go of the process: it runs on as if it had never been traced, with its pending signals and
  /// without a trap of ours. Returns when that is done.
  package func detach() async throws(TracingError) {
    switch phase {
    case .ended, .launching: throw TracingError(operation: .detach, errno: ESRCH)
    case .halted: letGo()
    case .running, .halting:
      phase = .halting(.detach)
      advance()
      if !hasEnded { await withCheckedContinuation { endWaiters.append($0) } }
    }
  }

  /// Detaches from every thread, all being stopped.
  func letGo() {
    endPlan()
    for patch in patches.all { setByte(patch.original, at: patch.address) }
    patches.removeAll()
    leaveSharedMemory()
    for (tid, child) in children {
      // It is on its way to its first stop, and does nothing before.
      if !child.isStopped { sdb_await(tid) }
      children[tid]?.isStopped = true
      release(tid)
    }
    for thread in threadTable.values {
      tracer.forget(thread.id)
      disarm(thread)
      if !thread.isLeaving { sdb_detach(thread.id, signalToHandBack(thread)) }
    }
    end(.detached)
  }

  /// What an untraced thread would have received by now.
  private func signalToHandBack(_ thread: TracedThread) -> Int32 {
    switch thread.pending {
    case .signal(let information): information.signal.number
    case .programTrap: SIGTRAP
    default: thread.reportedSignal
    }
  }

  func end(_ end: ProcessEnd) {
    guard !hasEnded else { return }
    phase = .ended
    for tid in threadTable.keys { tracer.forget(tid) }
    threadTable = [:]
    runningCount = 0
    pendingQueue = []
    idle = []
    exclusiveQueue = []
    exclusive = nil
    plan = nil
    giveMemoryBack()
    patches.removeAll()
    watches = WatchTable()
    ledger = nil
    giveTerminalBack()
    emitter.yield(.ended(end))
    emitter.finish()
    for waiter in endWaiters { waiter.resume() }
    endWaiters = []
    resumeAttachWaiter()
    for act in endActions { act() }
    endActions = []
  }
}
