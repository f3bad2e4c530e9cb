import MachineModel

/// What the session is in the middle of while the program runs for it, from the outside in: a function that is called may
/// come to a breakpoint, whose condition calls another.
struct CallNesting {
  private enum Level {
    case condition(breakpoint: Int, thread: ThreadID)
    case call(InferiorCall)
  }
  private var levels: [Level] = []
  /// The innermost call took too long for the others to be held.
  private var isReleased = false

  /// More than anybody writes; each takes memory of sdb's own.
  static let mostCalls = 32

  mutating func ask(breakpoint: Int, in thread: ThreadID) {
    levels.append(.condition(breakpoint: breakpoint, thread: thread))
  }
  mutating func call(_ call: InferiorCall) {
    levels.append(.call(call))
    isReleased = false
  }
  /// Ends what was begun last.
  mutating func leave() { _ = levels.popLast() }

  private var calls: [InferiorCall] {
    levels.compactMap { if case .call(let call) = $0 { call } else { nil } }
  }
  var isEmpty: Bool { levels.isEmpty }
  var isFull: Bool { calls.count >= Self.mostCalls }
  var innermostCall: InferiorCall? { calls.last }

  /// True where a condition's own breakpoint is met by what the condition calls: it is passed over, as the answer would
  /// depend on itself.
  func isAsking(breakpoint: Int, in thread: ThreadID) -> Bool {
    levels.contains { level in
      if case .condition(breakpoint, thread) = level { true } else { false }
    }
  }

  /// True while a condition's call runs: no other thread may come to a breakpoint meanwhile, or past the end of a step.
  var holdsOthers: Bool {
    guard case .call? = levels.last, !isReleased else { return false }
    return levels.contains { if case .condition = $0 { true } else { false } }
  }

  /// It seems to wait for something that another thread has.
  mutating func releaseOthers() { isReleased = true }
}
