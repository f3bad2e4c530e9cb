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
  package var waiting: [Entry] = []

  package init() {}

  /// Forgets steps that were typed ahead.
  mutating func dropMotions() {
    waiting.removeAll(where: \.isMotion)
  }
}
