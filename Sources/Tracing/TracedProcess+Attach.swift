import CPtrace
import Dispatch
import Glibc
package import MachineModel

extension TracedProcess {
  /// A process that runs, and is not traced: its memory can be read until `attach()`, where the kernel would let it be traced.
  package init(running id: ProcessID, on tracer: TracerThread) throws(TracingError) {
    if let failure = tracer.failure { throw failure }
    self.init(id.rawValue, launch: nil, on: tracer)
  }

  /// Takes the running process over; returns with all its threads stopped, wherever they were. It goes on when it is let go, and
  /// outlives sdb. Takes a few system calls a thread; the process stands still for as long as that takes.
  ///
  /// Throws `.seize` with what ptrace(2) says; `AttachObstacle` tells why. Nothing has happened to the process then.
  package func attach() async throws(TracingError) {
    do throws(TracingError) {
      try seizeThreads()
    } catch {
      // Those that could be seized run on.
      await letGoOfSeized()
      throw error
    }
    try await stopSeized()
  }

  /// Seizes every thread, and those that appear meanwhile: a thread of one that is seized already comes with its CLONE event.
  private func seizeThreads() throws(TracingError) {
    phase = .running
    var failure: Int32 = 0
    var isComplete = false
    while !isComplete {
      isComplete = true
      for tid in ProcFiles.threads(of: id.rawValue) where threadTable[tid] == nil {
        let result = sdb_seize(tid, 0)
        if result == 0 {
          track(tid)
          isComplete = false
        } else if !isAccountedFor(tid) {
          failure = result
        }
      }
    }
    guard failure == 0, !threadTable.isEmpty else {
      throw TracingError(operation: .seize, errno: failure == 0 ? ESRCH : -failure)
    }
    if threadTable[id.rawValue] == nil, let other = threadTable.keys.first { processMemory.thread = other }
  }

  /// A thread that has ended, as a leader may before the others, and one that we trace already need no seizing.
  private func isAccountedFor(_ tid: Int32) -> Bool {
    guard let status = ThreadStatus(of: tid, in: id.rawValue) else { return true }
    return status.hasEnded || status.tracer == sdb_thread_id()
  }

  private func stopSeized() async throws(TracingError) {
    phase = .halting(.attach)
    advance()
    if case .halting = phase { await withCheckedContinuation { attachWaiter = $0 } }
    guard case .halted = phase else { throw TracingError(operation: .processGone, errno: ESRCH) }
  }

  private func letGoOfSeized() async {
    guard !threadTable.isEmpty else { return end(.detached) }
    // What ends meanwhile needs no letting go.
    try? await detach()
  }

  /// All threads of the process that is attached to stand still.
  func finishAttaching() {
    phase = .halted
    healedTraps = TrapLedger.heal(id, memory: processMemory.descriptor)
    openLedger()
    selected = livingThread(preferring: threadTable[id.rawValue])
    resumeAttachWaiter()
  }

  func openLedger() {
    if !killsOnExit { ledger = TrapLedger(of: id, memory: processMemory.descriptor) }
  }

  func resumeAttachWaiter() {
    attachWaiter?.resume()
    attachWaiter = nil
  }

  /// Lets go of an attached process at once, for sdb's own end; from any thread. Waits for it, `timeout` milliseconds at most.
  package nonisolated func detachNow(timeout: Int) {
    let isDone = DispatchSemaphore(value: 0)
    tracer.perform {
      self.assumeIsolated { process in
        switch process.phase {
        case .ended, .launching: break
        case .halted: process.letGo()
        case .running, .halting:
          process.phase = .halting(.detach)
          process.advance()
        }
        process.whenEnded { isDone.signal() }
      }
    }
    _ = isDone.wait(timeout: .now() + .milliseconds(timeout))
  }

  private func whenEnded(_ body: @escaping @Sendable () -> Void) {
    if hasEnded { body() } else { endActions.append(body) }
  }
}
