package import Debugger

/// The selected thread's frames.
package struct StackState: Sendable, Equatable {
  /// Frames that are asked for at first, and how many times more when the end of them is opened.
  package static let firstLimit = 64
  static let growth = 8

  package var frames: [FrameSnapshot] = []
  /// Whose they are.
  package var thread: ThreadSnapshot?
  /// The stack goes on past the frames that were asked for.
  package var isTruncated = false
  package var endReason: String?
  /// The selected frame's level.
  package var selected: Int?
  package var limit = Self.firstLimit
  package var list = ListState()
  package var freshness = Freshness()
  package var problem: String?

  package init() {}

  package var selectedFrame: FrameSnapshot? {
    selected.flatMap { level in frames.first { $0.level == level } }
  }

  /// Rows shown: frames, and one more where there are more of them.
  package var rowCount: Int { frames.count + (isTruncated ? 1 : 0) }

  /// Takes a new backtrace.
  mutating func accept(_ backtrace: Backtrace, selected level: Int) {
    // More of the same stack: the cursor stays where they were asked for.
    let goesOn =
      selected == level && frames.count < backtrace.frames.count && !frames.isEmpty
      && frames.elementsEqual(backtrace.frames.prefix(frames.count))
    frames = backtrace.frames
    thread = backtrace.thread
    isTruncated = backtrace.truncated
    endReason = backtrace.endReason
    selected = level
    problem = nil
    if !goesOn { list.cursor = frames.firstIndex { $0.level == level } ?? 0 }
  }

  /// Forgets what belonged to a process that is gone.
  mutating func clear() {
    let freshness = freshness
    self = StackState()
    self.freshness = freshness
    self.freshness.expire()
  }
}
