/// Command lines that were entered, oldest first, and a walk through them.
package struct CommandHistory: Sendable, Equatable {
  /// Lines kept, in memory and in the file.
  package static let capacity = 2000

  package private(set) var entries: [String]
  /// Where the walk stands; nil: at the line being typed.
  private var position: Int?
  /// The line that was being typed when the walk began.
  private var draft = ""

  package init(_ entries: [String] = []) {
    self.entries = entries.suffix(Self.capacity)
  }

  /// Remembers a line unless it is blank or the same as the last one, and ends the walk.
  /// - Returns: whether it was new, so that it should be written to the file.
  @discardableResult
  package mutating func add(_ line: String) -> Bool {
    position = nil
    guard !line.allSatisfy(\.isWhitespace), entries.last != line else { return false }
    entries.append(line)
    if entries.count > Self.capacity { entries.removeFirst() }
    return true
  }

  /// The line before the one shown; nil at the oldest.
  package mutating func previous(current: String) -> String? {
    if position == nil { draft = current }
    let index = (position ?? entries.count) - 1
    guard entries.indices.contains(index) else { return nil }
    position = index
    return entries[index]
  }

  /// The line after the one shown, at last the one that was being typed; nil there.
  package mutating func next() -> String? {
    guard let index = position else { return nil }
    guard entries.indices.contains(index + 1) else {
      position = nil
      return draft
    }
    position = index + 1
    return entries[index + 1]
  }

  /// The newest entry before `end` that holds `query`.
  package func search(_ query: String, before end: Int? = nil) -> Int? {
    guard !query.isEmpty else { return nil }
    return entries[..<min(entries.count, max(0, end ?? entries.count))].lastIndex { $0.contains(query) }
  }

  /// The newest entry that goes on from what was typed: shown behind the cursor, taken with the right arrow.
  package func suggestion(for prefix: String) -> String? {
    guard !prefix.isEmpty else { return nil }
    return entries.last { $0.hasPrefix(prefix) && $0.count > prefix.count }
  }
}
