package import Debugger
package import MachineModel

/// What threads wait for: an object in the process's memory.
package struct Lock: Sendable, Encodable, Equatable {
  package enum Kind: String, Sendable, Encodable {
    case mutex, condition, semaphore, barrier, once, futex
    case readWriteLock = "read-write lock"
  }
  package enum Mode: String, Sendable, Encodable { case exclusive, shared }

  /// A thread that has it.
  package struct Holder: Sendable, Encodable, Equatable {
    package let thread: ThreadSnapshot
    package let mode: Mode
    /// How that is known where the lock does not record it; nil where it does.
    package let inferredFrom: String?
    package init(thread: ThreadSnapshot, mode: Mode, inferredFrom: String? = nil) {
      self.thread = thread
      self.mode = mode
      self.inferredFrom = inferredFrom
    }
  }
  /// A thread that waits for it.
  package struct Waiter: Sendable, Encodable, Equatable {
    package let thread: ThreadSnapshot
    package let mode: Mode
    /// Where, in the user's own code.
    package let frame: FrameSnapshot?
    package init(thread: ThreadSnapshot, mode: Mode, frame: FrameSnapshot?) {
      self.thread = thread
      self.mode = mode
      self.frame = frame
    }
  }

  package let address: VirtualAddress
  package let kind: Kind
  /// `recursive`, `robust`.
  package var attributes: [String] = []
  /// `first`, `bank.vault`; nil where none is known.
  package var name: String?
  package var type: String?
  package var holders: [Holder] = []
  package var waiters: [Waiter] = []
  /// How many have a read-write lock for reading; nil for others.
  package var readers: Int?
  /// What else there is to say ("its owner, LWP 4711, is no thread of this process").
  package var note: String?

  package init(address: VirtualAddress, kind: Kind) {
    self.address = address
    self.kind = kind
  }

  private enum CodingKeys: CodingKey {
    case address, kind, attributes, name, type, holders, waiters, readers, note
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(address, forKey: .address)
    try container.encode(kind, forKey: .kind)
    try container.encode(attributes, forKey: .attributes)
    try container.encode(name, forKey: .name)
    try container.encode(type, forKey: .type)
    try container.encode(holders, forKey: .holders)
    try container.encode(waiters, forKey: .waiters)
    try container.encodeIfPresent(readers, forKey: .readers)
    try container.encodeIfPresent(note, forKey: .note)
  }
}
