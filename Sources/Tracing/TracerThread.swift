import CPtrace
import Glibc
import MachineModel

/// The one OS thread that owns ptrace: a serial executor for `TracedProcess`. The kernel answers ptrace
/// requests and reports stops to the thread alone that forked or seized a process, so everything runs there.
/// The thread ends when the last reference (every process holds one) goes.
package final class TracerThread: SerialExecutor {
  private let loop: TracerLoop
  /// The system had no thread or descriptor left: nothing can be launched on this.
  let failure: TracingError?

  package init() {
    loop = TracerLoop()
    failure = loop.start()
  }

  deinit { loop.close() }

  package func enqueue(_ job: consuming ExecutorJob) { loop.add(.job(UnownedJob(job), self)) }

  /// Whether the caller runs on this thread.
  package func isIsolatingCurrentContext() -> Bool? { loop.isCurrent }

  package func checkIsolated() { precondition(loop.isCurrent, "not on the tracer thread") }

  /// Runs `work` on the thread, soon; callable from any thread.
  func perform(_ work: @escaping @Sendable () -> Void) { loop.add(.work(work)) }

  /// Directs the stops of `tid` to `process` from now on.
  func route(_ tid: Int32, to process: TracedProcess) { loop.route(tid, to: process) }

  /// As `route`, for a tracee that the kernel attached for us: answers its stop where it came before the
  /// event that announces it (ptrace(2), "the new tracee's stop may be reported first").
  func claim(_ tid: Int32, for process: TracedProcess) -> WaitStatus? {
    loop.route(tid, to: process)
    return loop.takeUnclaimed(tid)
  }

  func settle() { loop.settle() }

  func forget(_ tid: Int32) { loop.forget(tid) }

  /// Kills a process that nobody holds any more, and sees it to its end.
  func bury(_ pid: Int32) { loop.bury(pid) }
}
