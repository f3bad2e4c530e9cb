package import MachineModel

/// A thread as stops and backtraces name it.
package struct ThreadSnapshot: Sendable, Encodable, Equatable {
  /// sdb's number, from 1 in the order of appearance.
  package let id: Int
  package let tid: ThreadID
  package let name: String
  /// The number of its process among those that are debugged; nil as long as there has been but one.
  package let inferior: Int?
  package init(id: Int, tid: ThreadID, name: String, inferior: Int? = nil) {
    self.id = id
    self.tid = tid
    self.name = name
    self.inferior = inferior
  }
  /// As the user names it: `2`, or `1.2`.
  package var number: String { ThreadRow.number(id, of: inferior) }
}

/// A row of `info threads`.
package struct ThreadRow: Sendable, Encodable, Equatable {
  /// What the thread does.
  package enum State: String, Sendable, Codable { case stopped, running }
  package let id: Int
  package let tid: ThreadID
  package let name: String
  package let state: State
  /// The selected one.
  package let current: Bool
  /// Its innermost frame; nil while it runs.
  package let frame: FrameSnapshot?
  /// As `ThreadSnapshot.inferior`.
  package let inferior: Int?
  package init(
    id: Int, tid: ThreadID, name: String, state: State, current: Bool, frame: FrameSnapshot?, inferior: Int? = nil
  ) {
    self.id = id
    self.tid = tid
    self.name = name
    self.state = state
    self.current = current
    self.frame = frame
    self.inferior = inferior
  }
  /// As the user names it: `2`, or `1.2`.
  package var number: String { Self.number(id, of: inferior) }

  fileprivate static func number(_ id: Int, of inferior: Int?) -> String {
    (inferior.map { "\($0)." } ?? "") + String(id)
  }
}
