import MachineModel
import Tracing

/// Hands a process's events to whoever waits for the next one, and keeps those that nobody waited for.
/// Belongs to the session, on whose actor its methods run.
final class EventPump {
  private var waiting: CheckedContinuation<ProcessEvent?, Never>?
  private var queue: [ProcessEvent] = []
  private var isFinished = false

  /// The next event; nil once the process has ended and all its events were taken.
  func next(isolation: isolated (any Actor)? = #isolation) async -> ProcessEvent? {
    if !queue.isEmpty { return queue.removeFirst() }
    if isFinished { return nil }
    return await withCheckedContinuation { waiting = $0 }
  }

  func deliver(_ event: ProcessEvent) {
    if let waiter = waiting {
      waiting = nil
      waiter.resume(returning: event)
    } else {
      queue.append(event)
    }
  }

  func finish() {
    isFinished = true
    waiting?.resume(returning: nil)
    waiting = nil
  }
}
