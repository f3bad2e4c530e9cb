import MachineModel
import Tracing

/// Hands a process's events to whoever waits for the next one, and keeps those that nobody waited for.
/// Belongs to the session, on whose actor its methods run.
final class EventPump {
  /// Whoever waits, for one of several pumps it may be.
  private final class Waiter {
    let continuation: CheckedContinuation<(index: Int, event: ProcessEvent?), Never>
    var isAnswered = false
    init(_ continuation: CheckedContinuation<(index: Int, event: ProcessEvent?), Never>) {
      self.continuation = continuation
    }

    func answer(_ index: Int, _ event: ProcessEvent?) {
      isAnswered = true
      continuation.resume(returning: (index, event))
    }
  }

  private var waiting: (waiter: Waiter, index: Int)?
  private var queue: [ProcessEvent] = []
  private var isFinished = false

  /// The next event; nil once the process has ended and all its events were taken.
  func next(isolation: isolated (any Actor)? = #isolation) async -> ProcessEvent? {
    await Self.next(of: [self]).event
  }

  /// The next event of any of several processes, and whose it is.
  static func next(
    of pumps: [EventPump], isolation: isolated (any Actor)? = #isolation
  ) async -> (index: Int, event: ProcessEvent?) {
    for (index, pump) in pumps.enumerated() where !pump.queue.isEmpty { return (index, pump.queue.removeFirst()) }
    if let index = pumps.firstIndex(where: \.isFinished) { return (index, nil) }
    return await withCheckedContinuation { continuation in
      let waiter = Waiter(continuation)
      for (index, pump) in pumps.enumerated() { pump.waiting = (waiter, index) }
    }
  }

  /// A stop is there that nobody has taken.
  var hasStop: Bool { queue.contains { if case .stopped = $0 { true } else { false } } }

  func deliver(_ event: ProcessEvent) {
    guard let (waiter, index) = waiting, !waiter.isAnswered else { return queue.append(event) }
    waiting = nil
    waiter.answer(index, event)
  }

  /// Makes an event that was taken the next one again.
  func putBack(_ event: ProcessEvent) { queue.insert(event, at: 0) }

  func finish() {
    isFinished = true
    if let (waiter, index) = waiting, !waiter.isAnswered { waiter.answer(index, nil) }
    waiting = nil
  }
}
