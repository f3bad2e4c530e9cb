/// What covers the panes and takes all keys.
package enum DialogState: Sendable, Equatable {
  /// All bindings; `top` is the first line shown.
  case help(top: Int)
  /// Threads, stacks, locks and processes.
  case concurrency(ConcurrencyState)
  /// What can be done with a row.
  case menu(RowMenu)
  /// A question about a live process.
  case question(Question)

  package enum Question: Sendable, Equatable {
    /// Quit although a process is there?
    case quit
    /// Quit although there is one that sdb was attached to?
    case leave
    /// A command wants to be sure.
    case confirmation(String)
    /// The process does not stop.
    case stuck
  }
}

extension DialogState.Question {
  /// A possible answer: its key, and what it says.
  package struct Answer: Sendable, Equatable {
    package let key: Character
    package let label: String
  }

  package var title: String {
    switch self {
    case .quit, .leave: "Quit"
    case .confirmation: "Sure?"
    case .stuck: "The process does not stop"
    }
  }

  package var answers: [Answer] {
    switch self {
    case .quit: [Answer(key: "y", label: "quit and kill it"), Answer(key: "d", label: "detach"), .no]
    case .leave: [Answer(key: "y", label: "detach and quit"), Answer(key: "k", label: "kill it"), .no]
    case .confirmation: [Answer(key: "y", label: "yes"), .no]
    case .stuck: [Answer(key: "k", label: "kill"), Answer(key: "d", label: "detach"), Answer(key: "w", label: "wait")]
    }
  }
}

extension DialogState.Question.Answer {
  fileprivate static let no = Self(key: "n", label: "no")
}
