/// Command lines under way and waiting. One runs at a time, unless the process runs: then a command may be given
/// beside the one that waits for it.
package struct CommandQueue: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let line: String
    /// A step by key: pointless after a stop that was not the end of a step.
    package let isMotion: Bool
  }

  /// Steps that may wait.
  static let mostMotions = 8

  /// Commands whose end was not seen yet.
  package var underWay = 0
  /// Commands begun so far, and the last one's line.
  package var begun = 0
  package var latest = ""
  /// The last one has been under way for long enough that it has to be said.
  package var showsWorking = false
  package var waiting: [Entry] = []

  package init() {}

  /// A command begins; the alarm that tells when it has taken long.
  mutating func begin(_ line: String) -> Alarm {
    underWay += 1
    begun += 1
    latest = line
    showsWorking = false
    return .command(begun)
  }

  /// A command has ended.
  mutating func end() {
    underWay = max(0, underWay - 1)
    if underWay == 0 { showsWorking = false }
  }

  /// Forgets steps that were typed ahead.
  mutating func dropMotions() {
    waiting.removeAll(where: \.isMotion)
  }
}
