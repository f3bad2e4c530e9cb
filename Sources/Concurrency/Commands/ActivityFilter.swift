import Commands
import DebugInfo
import Debugger

/// Which threads `concurrency` shows: those of whom all that is given holds.
struct ActivityFilter {
  private var name: NamePattern?
  private var file: String?
  private var state: ThreadActivity.State?

  /// `[-state STATE] [-file TEXT] [REGEXP]`; an abbreviated state will do.
  init(_ arguments: String) throws {
    var (word, rest) = arguments.firstWord
    while word == "-state" || word == "-file" {
      let (value, remainder) = rest.firstWord
      guard !value.isEmpty else { throw CommandError("\(word) requires an argument") }
      if word == "-file" {
        file = value
      } else {
        guard let found = ThreadActivity.State.allCases.first(where: { $0.rawValue.hasPrefix(value) }) else {
          throw CommandError(
            "No thread has the state \"\(value)\"; there are "
              + ThreadActivity.State.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        state = found
      }
      (word, rest) = remainder.firstWord
    }
    let pattern = rest.isEmpty ? word : word + " " + rest
    guard !pattern.isEmpty else { return }
    do {
      name = try NamePattern(pattern)
    } catch {
      throw CommandError("Invalid regexp (\(error.reason)): \(pattern)")
    }
  }

  func accepts(_ thread: ThreadActivity) -> Bool {
    if let state, thread.state != state { return false }
    if let file, thread.frame?.file?.contains(file) != true { return false }
    return name?.matches(thread.thread.name) ?? true
  }
}
