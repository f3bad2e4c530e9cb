package import MachineModel

/// A thread as stops and backtraces name it.
package struct ThreadSnapshot: Sendable, Encodable, Equatable {
  /// sdb's number, from 1 in the order of appearance.
  package let id: Int
  package let tid: ThreadID
  package let name: String
  package init(id: Int, tid: ThreadID, name: String) {
    self.id = id
    self.tid = tid
    self.name = name
  }
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
  package init(id: Int, tid: ThreadID, name: String, state: State, current: Bool, frame: FrameSnapshot?) {
    self.id = id
    self.tid = tid
    self.name = name
    self.state = state
    self.current = current
    self.frame = frame
  }
}
