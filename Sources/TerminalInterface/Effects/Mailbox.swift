import Synchronization

/// Actions on their way to the reducer: posted from any thread, taken in batches by the loop that owns the state.
package final class Mailbox: Sendable {
  private struct State {
    var waiting: [Action] = []
    var reader: CheckedContinuation<[Action], Never>?
  }

  private let state = Mutex(State())

  package init() {}

  package func post(_ action: Action) {
    let delivery = state.withLock { state -> (reader: CheckedContinuation<[Action], Never>, batch: [Action])? in
      state.waiting.append(action)
      guard let reader = state.reader else { return nil }
      defer {
        state.reader = nil
        state.waiting = []
      }
      return (reader, state.waiting)
    }
    if let delivery { delivery.reader.resume(returning: delivery.batch) }
  }

  /// All that is there, after waiting for the first. One reader at a time.
  package func next() async -> [Action] {
    await withCheckedContinuation { continuation in
      let batch = state.withLock { state -> [Action]? in
        guard state.waiting.isEmpty else {
          defer { state.waiting = [] }
          return state.waiting
        }
        state.reader = continuation
        return nil
      }
      if let batch { continuation.resume(returning: batch) }
    }
  }

  /// What is there already; does not wait.
  package func takeAll() -> [Action] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
