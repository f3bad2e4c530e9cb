import MachineModel
import Tracing

/// What lies below a function that was called from here: the thread as it was before.
struct DummyFrame {
  let thread: ThreadID
  let state: ThreadState
  /// Where the function returns to; a trap stands there.
  let returnAddress: VirtualAddress
  /// What the stack pointer is once the function has returned.
  let stackPointer: VirtualAddress
}

/// The calls from here that have not returned: their functions stopped, and may be looked at.
struct DummyFrames {
  private(set) var frames: [DummyFrame] = []

  mutating func push(_ frame: DummyFrame) { frames.append(frame) }
  mutating func removeAll() { frames = [] }

  func frame(of thread: ThreadID, returningTo address: VirtualAddress, stackPointer: VirtualAddress?) -> DummyFrame? {
    frames.last { $0.thread == thread && $0.returnAddress == address && $0.stackPointer == stackPointer }
  }
  func frames(of thread: ThreadID) -> [DummyFrame] { frames.filter { $0.thread == thread } }

  /// Forgets a frame, and those of its thread that were further in. Answers how many went.
  mutating func pop(_ frame: DummyFrame) -> Int {
    let before = frames.count
    frames.removeAll { $0.thread == frame.thread && $0.stackPointer <= frame.stackPointer }
    return before - frames.count
  }
}
