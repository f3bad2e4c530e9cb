import CPtrace
import Glibc
package import MachineModel

extension TracedProcess {
  /// What becomes of signals from now on: those that do not stop are passed on, or dropped, on the tracer thread.
  package func setSignalDispositions(_ dispositions: SignalDispositions) { self.dispositions = dispositions }

  func receive(_ information: SignalInfo, in thread: TracedThread) {
    let isOwn = thread.ownSignal == information.signal.number
    if isOwn { thread.ownSignal = 0 }
    if isOwn { return deliver(information.signal.number, to: thread) }
    let disposition = dispositions[information.signal]
    if disposition.stops {
      thread.reportedSignal = disposition.passes ? information.signal.number : 0
      return halt(thread, .signal(information))
    }
    if disposition.prints { emitter.yield(.signalled(ThreadID(thread.id), information)) }
    if disposition.passes { deliver(information.signal.number, to: thread) } else { proceed(thread) }
  }

  /// Passes on a signal that the thread is stopped with. Its handler, if it has one, runs to its end before
  /// what the thread was about to do: a step, or stepping off a trap.
  private func deliver(_ signal: Int32, to thread: TracedThread) {
    thread.signalToDeliver = signal
    guard let plan, plan.thread === thread, plan.progress.isSingleStepping || plan.progress.due != nil,
      let registers = registers(of: thread)
    else { return proceed(thread) }
    let address = registers.programCounter
    // Where there is no handler, the thread meets the trap at once.
    let old = plan.progress.handlerTrap
    guard old == address || insertPatch(address) else { return proceed(thread) }
    if old != address {
      if let old { removePatch(old) }
      plan.progress.handlerTrap = address
    }
    thread.handlerReturn = (address, registers.stackPointer)
    thread.isStepping = false
    idle.append(thread)
  }

  /// The thread is back where a signal had interrupted it.
  func returnFromHandler(_ thread: TracedThread) {
    if let plan, plan.thread === thread {
      if let trap = plan.progress.handlerTrap { removePatch(trap) }
      plan.progress.handlerTrap = nil
      thread.isStepping = plan.progress.isSingleStepping
    }
    proceed(thread)
  }

  /// `signal` is what the thread goes on with.
  func setSignal(_ signal: Signal, of thread: TracedThread) {
    guard !thread.takesSignal || thread.pending != nil else {
      thread.signalToDeliver = signal.number
      return
    }
    // Elsewhere than in a signal-delivery-stop the kernel takes none (ptrace(2)): it has to be sent.
    thread.ownSignal = signal.number
    if sdb_kill_thread(id.rawValue, thread.id, signal.number) < 0 { thread.ownSignal = 0 }
  }
}
