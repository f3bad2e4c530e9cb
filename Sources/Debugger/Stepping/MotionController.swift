import DebugInfo
import MachineModel

/// What a motion does where its plan has come to a place that only symbols can judge.
enum MotionDecision {
  case finished(StopCause)
  /// The thread stands right where it should, that many inlined functions not entered.
  case finishedInline(hidden: Int)
  case resume(any ThreadPlan)
}

/// What a motion is shown of a stop: the symbols, and the stopped thread's stack.
struct MotionSituation {
  let symbols: ProgramSymbols
  let memory: any MemoryReader
  let walker: StackWalker
  /// How many inlined functions begin at the program counter.
  let hidden: Int
  let registers: RegisterFile
  /// The plan that led here found itself stepping through a line for long.
  let isLooping: Bool
  var programCounter: VirtualAddress { registers.programCounter }
}

/// The part of a motion that needs symbols; the other part is its plans, which run on the tracer thread.
/// Tested without a process: it sees a situation, and answers with the next plan.
protocol MotionController {
  mutating func arrived(_ situation: MotionSituation) -> MotionDecision
}

/// Ends where its plan ends: `finish`, `until LOCATION`, `advance`, `stepi`.
struct PlanMotion: MotionController {
  let cause: StopCause
  var isFinish: Bool { if case .finished = cause { true } else { false } }
  func arrived(_ situation: MotionSituation) -> MotionDecision { .finished(cause) }
}
