import CPtrace
import Glibc
import MachineModel

extension TracedProcess {
  // MARK: New threads

  func noteClone(_ tid: Int32, by parent: TracedThread) {
    if !isThread(tid) {
      // clone(2) without CLONE_THREAD makes a process.
      return noteFork(tid, by: parent)
    }
    if threadTable[tid] == nil {
      let thread = TracedThread(tid)
      threadTable[tid] = thread
      runningCount += 1
      emitter.yield(.threadStarted(ThreadID(tid)))
      if let status = tracer.claim(tid, for: self) { note(status, of: tid) }
    }
    goOn(parent)
  }

  private func isThread(_ tid: Int32) -> Bool { access("/proc/\(id.rawValue)/task/\(tid)", F_OK) == 0 }

  // MARK: Exec

  /// A new program: the caller has the leader's id now, the other threads are gone, and so is the memory
  /// with our traps in it (ptrace(2), "execve(2) under ptrace").
  func noteExec(formerly former: Int32) {
    let leader = id.rawValue
    let thread = TracedThread(leader)
    for old in threadTable.values {
      old.isGone = true
      if old.id != leader {
        tracer.forget(old.id)
        emitter.yield(.threadEnded(ThreadID(old.id)))
      }
    }
    thread.isRunning = false
    threadTable = [leader: thread]
    runningCount = 0
    pendingQueue = []
    idle = []
    exclusiveQueue = []
    exclusive = nil
    arePatchesLifted = false
    giveMemoryBack()
    patches.removeAll()
    sites = [:]
    watches = WatchTable()
    plan = nil
    processMemory.thread = leader
    ledger = nil
    processMemory.reopen()
    openLedger()
    selected = thread
    if case .halted = phase { phase = .running }
    if case .halting(.report) = phase { phase = .running }
    queue(thread, .executed)
  }

  // MARK: Ends

  /// PTRACE_EVENT_EXIT: nothing else would tell that the leader has exited before the other threads.
  func noteExiting(_ thread: TracedThread) {
    leave(thread)
    sdb_continue(thread.id, 0)
    if thread.id != id.rawValue { return }
    if threadTable.values.contains(where: { !$0.isLeaving }) { emitter.yield(.threadEnded(ThreadID(thread.id))) }
  }

  private func leave(_ thread: TracedThread) {
    if thread.isRunning && !thread.isLeaving { runningCount -= 1 }
    thread.isLeaving = true
    thread.pending = nil
    if processMemory.thread == thread.id, let other = threadTable.values.first(where: { !$0.isLeaving }) {
      processMemory.thread = other.id
    }
    guard let run = plan, run.thread === thread else { return }
    endPlan()
    // Nothing holds the others any more, and a plan that can't arrive reports nothing.
    if case .running = phase { resumeAll() }
  }

  func noteEnd(_ status: WaitStatus, of tid: Int32) {
    tracer.forget(tid)
    guard let thread = threadTable[tid] else { return }
    leave(thread)
    thread.isGone = true
    threadTable[tid] = nil
    guard tid == id.rawValue else {
      emitter.yield(.threadEnded(ThreadID(tid)))
      return
    }
    if case .launching = phase { finishLaunch(.failure(launchFailure(status))) }
    switch status {
    case .exited(let code): end(.exited(code: code))
    case .killed(let signal, let dumped): end(.killed(by: signal, coreDumped: dumped))
    default: break
    }
  }
}
