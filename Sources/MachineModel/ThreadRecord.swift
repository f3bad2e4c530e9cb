/// A thread as it stands at a stop.
package struct ThreadRecord: Sendable, Equatable {
  package let id: ThreadID
  /// `/proc/PID/task/TID/comm`, raw: may hold any characters.
  package let name: String
  package init(id: ThreadID, name: String) {
    self.id = id
    self.name = name
  }
}
