import Synchronization

/// What is to be said about debug information that was looked for, each thing once. Whoever reads debug information, on
/// any thread, puts it here; the session takes it.
package final class DebugInfoNotices: Sendable {
  private struct State {
    var said: Set<String> = []
    var waiting: [String] = []
  }
  private let state = Mutex(State())
  /// A damaged file could make up any number.
  private static let most = 1_000

  package init() {}

  package func add(_ text: String) {
    state.withLock { state in
      guard state.said.count < Self.most, state.said.insert(text).inserted else { return }
      state.waiting.append(text)
    }
  }

  /// What came since this was last asked.
  package func take() -> [String] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
