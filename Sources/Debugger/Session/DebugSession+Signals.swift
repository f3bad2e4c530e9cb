package import MachineModel
import Tracing

/// What becomes of the program's signals (`handle`, `queue-signal`).
extension DebugSession {
  /// Changes what becomes of signals, as one step among other requests. In force from the next resumption on.
  package func updateSignals(_ change: @Sendable (inout SignalDispositions) -> Void) { change(&signals) }

  /// Gives the selected thread a signal to go on with, instead of the one that it may have stopped with; nil: none.
  package func queueSignal(_ signal: Signal?) throws(SessionError) {
    _ = try stoppedProcess()
    guard let thread = selection.thread else { throw .notRunning }
    queuedSignals[thread] = signal ?? Signal(0)
  }

  func handOverSignals(to process: TracedProcess) async {
    let wanted = effectiveSignals
    guard sentSignals != wanted else { return }
    sentSignals = wanted
    await process.setSignalDispositions(wanted)
  }

  func tellSignal(_ signal: Signal, of thread: ThreadID) {
    let snapshot = threadSnapshot(thread)
    let subject = threads.count > 1 ? "Thread \(snapshot.id) \"\(snapshot.name)\"" : "Program"
    notify("\n\(subject) received signal \(signal.name), \(signal.meaning).")
  }
}
