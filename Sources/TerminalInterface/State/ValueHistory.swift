/// Values by frame and path as they were at the last stop that showed them, to tell what changed since.
struct ValueHistory: Sendable, Equatable {
  /// Frames remembered; a deep recursion that is stepped through must not pile up values without end.
  static let capacity = 64

  private struct Frame: Sendable, Equatable {
    /// Of the stop that `now` belongs to.
    var generation: Int
    var before: [TreePath: String] = [:]
    var now: [TreePath: String] = [:]
  }

  private var frames: [String: Frame] = [:]
  private var current = ""

  /// Values that follow belong to this frame and stop.
  mutating func enter(frame: String, generation: Int) {
    current = frame
    guard var entry = frames[frame] else {
      if frames.count >= Self.capacity, let oldest = frames.min(by: { $0.value.generation < $1.value.generation }) {
        frames[oldest.key] = nil
      }
      frames[frame] = Frame(generation: generation)
      return
    }
    if entry.generation != generation {
      entry.before.merge(entry.now) { _, newer in newer }
      entry.now = [:]
      entry.generation = generation
      frames[frame] = entry
    }
  }

  mutating func record(_ value: String, at path: TreePath) {
    frames[current]?.now[path] = value
  }

  /// False for what was not seen at an earlier stop.
  func isChanged(_ value: String, at path: TreePath) -> Bool {
    guard let before = frames[current]?.before[path] else { return false }
    return before != value
  }
}
