import MachineModel
import Tracing

/// Names a call into the program; no two of a session have the same, so that one of a program that was executed since is
/// taken for no other.
struct CallID: Hashable, Comparable {
  fileprivate let number: Int
  static func < (one: CallID, other: CallID) -> Bool { one.number < other.number }
}

/// A call into the program: what lies below the function that was called, and all that takes the thread back.
struct InferiorCall {
  let id: CallID
  let thread: ThreadID
  /// The thread as it was before.
  let state: ThreadState
  /// Where the function returns to; a trap stands there.
  let returnAddress: VirtualAddress
  /// What the stack pointer is once the function has returned.
  let stackPointer: VirtualAddress

  /// True where the function has returned just now.
  func hasReturned(at stop: StopEvent) -> Bool {
    stop.thread == thread && stop.registers.programCounter == returnAddress
      && stop.registers.stackPointer == stackPointer
  }
}

/// The calls that have not returned, in the order in which they began: those under way, and those whose functions stopped
/// and may be looked at. What is not among them any more (the thread has ended, another program was executed) has
/// nothing that could be undone.
struct InferiorCalls {
  private(set) var open: [InferiorCall] = []
  private var count = 0

  mutating func begin(
    in thread: ThreadID, state: ThreadState, returnAddress: VirtualAddress, stackPointer: VirtualAddress
  ) -> InferiorCall {
    count += 1
    let call = InferiorCall(
      id: CallID(number: count), thread: thread, state: state, returnAddress: returnAddress,
      stackPointer: stackPointer)
    open.append(call)
    return call
  }

  subscript(id: CallID) -> InferiorCall? { open.first { $0.id == id } }
  func calls(in thread: ThreadID) -> [InferiorCall] { open.filter { $0.thread == thread } }
  /// True where a function that was called from here returns to.
  func isLanding(_ address: VirtualAddress) -> Bool { open.contains { $0.returnAddress == address } }
  func returned(at stop: StopEvent) -> InferiorCall? { open.last { $0.hasReturned(at: stop) } }

  /// Takes a call out, and those of its thread that are further in. Answers which went: none where it was cancelled.
  mutating func end(_ call: InferiorCall) -> [InferiorCall] {
    guard self[call.id] != nil else { return [] }
    return remove { $0.thread == call.thread && $0.id >= call.id }
  }

  /// Takes out the calls of a thread that has ended.
  mutating func cancel(in thread: ThreadID) -> [InferiorCall] { remove { $0.thread == thread } }

  /// The address space is gone, and the traps with it.
  mutating func cancelAll() { open = [] }

  private mutating func remove(_ isGone: (InferiorCall) -> Bool) -> [InferiorCall] {
    defer { open.removeAll(where: isGone) }
    return open.filter(isGone)
  }
}
