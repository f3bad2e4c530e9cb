/// Text that was killed, newest last, as in readline(3): kills in a row join, others start an entry.
package struct KillRing: Sendable, Equatable {
  /// Entries kept.
  package static let capacity = 32

  private var entries: [String] = []
  /// Steps back from the newest entry that the last yank took.
  private var turns = 0

  package init() {}

  /// What a yank inserts; nil while nothing was killed.
  package var current: String? {
    entries.isEmpty ? nil : entries[entries.count - 1 - turns % entries.count]
  }

  /// Keeps a killed text. `joins`: it belongs to the newest entry, before it or after it.
  package mutating func keep(_ text: String, joins: Bool, before: Bool) {
    guard !text.isEmpty else { return }
    turns = 0
    if joins, let last = entries.popLast() {
      entries.append(before ? text + last : last + text)
    } else {
      entries.append(text)
      if entries.count > Self.capacity { entries.removeFirst() }
    }
  }

  /// Goes to the entry before the one yanked last.
  package mutating func rotate() {
    turns += 1
  }
}
