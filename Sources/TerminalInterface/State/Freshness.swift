/// Whether what a pane shows belongs to what the process is now. A revision grows with each stop, each selection
/// and each write; at most one load of a pane is under way.
package struct Freshness: Sendable, Equatable {
  private var loaded: Int?
  private var inFlight: Int?

  package init() {}

  /// True where a load of `revision` has to start now; it counts as under way from here on.
  package mutating func begin(_ revision: Int) -> Bool {
    guard loaded != revision, inFlight == nil else { return false }
    inFlight = revision
    return true
  }

  /// A load arrived; true where it is still of interest.
  package mutating func end(_ revision: Int, current: Int) -> Bool {
    inFlight = nil
    guard revision == current else { return false }
    loaded = revision
    return true
  }

  /// Something changed that the revision does not tell: load again.
  package mutating func expire() {
    loaded = nil
  }
}
