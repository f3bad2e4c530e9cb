import Synchronization

/// Actions on their way to the reducer: posted from any thread, taken in batches by the one that owns the state.
package final class Mailbox: Sendable {
  private struct State {
    var waiting: [Action] = []
    var wake: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  /// - Parameter wake: called after a post into the empty mailbox, on the poster's thread.
  package func onPost(_ wake: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      state.wake = wake
      return !state.waiting.isEmpty
    }
    if isLate { wake() }
  }

  package func post(_ action: Action) {
    let wake = state.withLock { state -> (@Sendable () -> Void)? in
      state.waiting.append(action)
      return state.waiting.count == 1 ? state.wake : nil
    }
    wake?()
  }

  /// What is there; does not wait.
  package func takeAll() -> [Action] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
