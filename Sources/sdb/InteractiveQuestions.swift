import Synchronization
import TerminalInterface

/// Questions that commands ask while they wait for the answer. While there is no screen to ask on, the answer is yes,
/// as in batch mode.
final class InteractiveQuestions: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Bool, Never>] = []
  }

  private let mailbox: Mailbox
  private let state = Mutex(State())

  init(_ mailbox: Mailbox) {
    self.mailbox = mailbox
  }

  /// From now on there is someone to ask.
  func open() {
    state.withLock { $0.isOpen = true }
  }

  /// The screen is gone: whoever waits is told no.
  func close() {
    state.withLock { $0.isOpen = false }
    answer(false)
  }

  /// Shows a question, and waits for yes or no.
  func ask(_ question: String) async -> Bool {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { mailbox.post(.asked(question)) } else { continuation.resume(returning: true) }
    }
  }

  /// Answers the question shown, and with it any that were asked meanwhile.
  func answer(_ isYes: Bool) {
    let asked = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in asked { continuation.resume(returning: isYes) }
  }
}
