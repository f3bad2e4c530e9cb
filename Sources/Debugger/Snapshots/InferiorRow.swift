package import MachineModel

/// A row of `info inferiors`: a process that is debugged, or a program that may be run.
package struct InferiorRow: Sendable, Encodable, Equatable {
  /// What its process does.
  package enum State: String, Sendable, Codable { case stopped, running }
  package let id: Int
  /// nil where there is none.
  package let process: ProcessID?
  /// Absolute path.
  package let program: String?
  /// nil without a process.
  package let state: State?
  package let current: Bool
  /// sdb has attached to it, or to the process whose child it is: it lives on when sdb ends.
  package let isAttached: Bool
  /// The inferior in whose memory it runs, until it executes a program or ends.
  package let vforkParent: Int?
  /// The inferior that runs in its memory.
  package let vforkChild: Int?

  private enum CodingKeys: String, CodingKey {
    case id, process, program, state, current
    case isAttached = "attached"
    case vforkParent, vforkChild
  }

  package init(
    id: Int, process: ProcessID?, program: String?, state: State?, current: Bool, isAttached: Bool = false,
    vforkParent: Int? = nil, vforkChild: Int? = nil
  ) {
    self.id = id
    self.process = process
    self.program = program
    self.state = state
    self.current = current
    self.isAttached = isAttached
    self.vforkParent = vforkParent
    self.vforkChild = vforkChild
  }
}
