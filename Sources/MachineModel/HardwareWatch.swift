/// What the processor is to watch by its debug registers.
package struct HardwareWatch: Sendable, Equatable {
  package enum Access: Sendable {
    case write
    /// The processor can't tell reading from writing: what changed the bytes was none.
    case read
    case readOrWrite
    /// Of the instruction that begins at the range's start.
    case execute
  }

  /// Names it in reports.
  package let id: Int
  /// Several where a value depends on several places: a pointer, and what it points to.
  package let ranges: [Range<VirtualAddress>]
  package let access: Access
  /// What another thread does is of no interest.
  package var thread: ThreadID?
  /// Where this is 0, a hit is none. Where it has no value, the hit is reported.
  package var condition: SiteProgram?

  package init(id: Int, ranges: [Range<VirtualAddress>], access: Access) {
    self.id = id
    self.ranges = ranges
    self.access = access
  }
}

/// A watch that a stop is due to.
package struct WatchHit: Sendable, Equatable {
  package let id: Int
  /// What was in its ranges before, one after another.
  package let before: [UInt8]
  /// True where what is there now differs.
  package let hasChanged: Bool
  package init(id: Int, before: [UInt8], hasChanged: Bool) {
    self.id = id
    self.before = before
    self.hasChanged = hasChanged
  }
}
