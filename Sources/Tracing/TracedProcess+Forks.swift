import CPtrace
import Glibc
package import MachineModel

extension TracedProcess {
  /// Makes a child that a stop has told of (`.forked`) a process of its own, before its parent goes on; returns with it stopped where the
  /// system call returns that made it, with none of the parent's sites and watches. It is killed or let go of at sdb's end as
  /// its parent is. Takes two system calls a trap of the parent's.
  ///
  /// The child of a vfork runs in the memory of its parent, and is to be left alone there until it executes a program or ends: the
  /// parent goes on only then.
  ///
  /// Throws `.processGone` where the child has been killed, or was let go of.
  package func takeOver(_ child: ProcessID) async throws(TracingError) -> TracedProcess {
    let tid = child.rawValue
    if children[tid]?.isStopped == false { await withCheckedContinuation { children[tid]?.waiter = $0 } }
    guard let kept = children.removeValue(forKey: tid) else {
      throw TracingError(operation: .processGone, errno: ESRCH)
    }
    return begin(kept, tid)
  }

  private func begin(_ child: ForkedChild, _ tid: Int32) -> TracedProcess {
    for patch in child.inherited { sdb_poke_byte(tid, patch.address.rawValue, patch.original) }
    for thread in threadTable.values where thread.isStillConcerned(with: tid) { thread.pending = nil }
    let process = TracedProcess(tid, launch: nil, parent: self, on: tracer)
    let shared = child.sharesMemory ? patches.all : nil
    process.assumeIsolated { $0.beginStopped(sharing: shared.map { (self, $0) }) }
    return process
  }

  /// The thread of a forked child has stopped for the first time.
  private func beginStopped(sharing memory: (owner: TracedProcess, traps: [PatchTable.Patch])?) {
    let thread = TracedThread(id.rawValue)
    thread.isRunning = false
    threadTable[thread.id] = thread
    tracer.route(thread.id, to: self)
    phase = .halted
    selected = thread
    openLedger()
    guard let memory else { return }
    memoryOwner = memory.owner
    patches.withPatches { $0 = memory.traps }
  }

  /// The memory is the parent's alone again, as far as it was shared with that.
  func giveMemoryBack() {
    guard let owner = memoryOwner else { return }
    memoryOwner = nil
    let traps = patches.all
    owner.assumeIsolated { $0.takeMemoryBack(withTraps: traps) }
  }

  /// It is let go of in its parent's memory: there is no trap there as long as the parent waits for it.
  func leaveSharedMemory() {
    guard let owner = memoryOwner else { return }
    memoryOwner = nil
    owner.assumeIsolated { $0.liftPatches() }
  }

  private func takeMemoryBack(withTraps foreign: [PatchTable.Patch]) {
    for patch in foreign where !patches.contains(patch.address) { setByte(patch.original, at: patch.address) }
    if !arePatchesLifted { restorePatches() }
  }

  // MARK: Events

  func noteFork(_ child: Int32, by parent: TracedThread) {
    let shares = sdb_shares_memory(id.rawValue, child) == 1
    adopt(
      child, ForkedChild(inherited: shares ? [] : patches.all, sharesMemory: shares, isFree: !caught.forks))
    if caught.forks { return queue(parent, .forked(child: child, isVfork: false)) }
    emitter.yield(.forked(ProcessID(child), isVfork: false))
    goOn(parent)
  }

  func noteVfork(_ child: Int32, by parent: TracedThread) {
    func adopt(isFree: Bool) {
      self.adopt(child, ForkedChild(inherited: [], sharesMemory: true, isFree: isFree))
    }
    if caught.vforks {
      adopt(isFree: false)
      return queue(parent, .forked(child: child, isVfork: true))
    }
    emitter.yield(.forked(ProcessID(child), isVfork: true))
    if exclusive?.thread === parent {
      // It was stepping off the very system call: the others are held already.
      exclusive?.vforkChild = child
      liftPatches()
      adopt(isFree: true)
      goOn(parent)
    } else if patches.isEmpty {
      adopt(isFree: true)
      goOn(parent)
    } else {
      adopt(isFree: false)
      queue(parent, .vfork(child: child))
    }
  }

  func noteVforkDone(_ thread: TracedThread) {
    if exclusive?.thread === thread, exclusive?.vforkChild != nil, exclusive?.lifted != nil {
      exclusive?.vforkChild = nil
      restorePatches()
      return goOn(thread)
    }
    if exclusive == nil, arePatchesLifted { restorePatches() }
    // An exclusive run ends with this stop; the thread goes on as all others do.
    if exclusive?.thread !== thread { goOn(thread) }
  }

  private func adopt(_ tid: Int32, _ child: ForkedChild) {
    children[tid] = child
    if let status = tracer.claim(tid, for: self) { noteChild(status, of: tid) }
  }

  func noteChild(_ status: WaitStatus, of tid: Int32) {
    var isGone = status.isEnd
    if case .exiting = status {
      // Killed before anything became of it.
      sdb_continue(tid, 0)
      isGone = true
    }
    let waiter = children[tid]?.waiter
    children[tid]?.waiter = nil
    if isGone {
      children[tid] = nil
      tracer.forget(tid)
    } else {
      children[tid]?.isStopped = true
      if children[tid]?.isFree == true { release(tid) }
    }
    waiter?.resume()
  }

  /// Lets a child go, now or when it has stopped, without a trap of ours in its memory.
  func release(_ tid: Int32) {
    guard let child = children[tid] else { return }
    guard child.isStopped else {
      children[tid]?.isFree = true
      return
    }
    for patch in child.inherited { sdb_poke_byte(tid, patch.address.rawValue, patch.original) }
    sdb_detach(tid, 0)
    children[tid] = nil
    tracer.forget(tid)
  }

  /// Children that were kept for a stop, which was told, and that nobody took over go their way. Those of a vfork wait until their parent's other
  /// threads are held.
  func releaseKept() {
    for tid in children.keys where !threadTable.values.contains(where: { $0.isStillConcerned(with: tid) }) {
      release(tid)
    }
  }
}

extension TracedThread {
  /// It has made that child, which nobody has been told of, or which will be let go of as soon as this thread may go on alone (vfork).
  fileprivate func isStillConcerned(with child: Int32) -> Bool {
    switch pending {
    case .vfork(child: child), .forked(child: child, isVfork: _): true
    default: false
    }
  }
}
