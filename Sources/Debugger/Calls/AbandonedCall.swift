import MachineModel

/// A call that did not come back: the program stopped somewhere else, or ended.
struct AbandonedCall {
  /// The function, as messages name it.
  let name: String
  let call: InferiorCall
  /// What the session knew of the stop before the call.
  let context: StopContext
  /// Where the program is instead.
  let arrival: Arrival
  /// The function is still there, and may return.
  let isOpen: Bool
  /// As `set unwindonsignal` has it.
  let unwindsOnSignal: Bool

  /// True where the thread is to go back to before the call.
  var isUndone: Bool {
    guard unwindsOnSignal, isOpen, case .stopped(let stop, let cause, _) = arrival else { return false }
    return stop.thread == call.thread && cause.isSignal
  }

  private var evaluation: String {
    "Evaluation of the expression containing the function\n(\(name)) will be abandoned."
  }

  /// gdb's words, for those who asked for the call.
  var message: String {
    switch arrival {
    case .ended: return "The program being debugged exited while in a function called from sdb.\n" + evaluation
    case .returned(_, let stop), .terminated(_, let stop): return message(stop, isSignal: false)
    case .stopped(let stop, let cause, _): return message(stop, isSignal: cause.isSignal)
    }
  }

  private func message(_ stop: StopEvent, isSignal: Bool) -> String {
    guard isOpen else {
      return "The program being debugged stopped while in a function called from sdb.\n" + evaluation
    }
    let silence = "When the function is done executing, sdb will silently stop."
    guard stop.thread == call.thread else {
      return "The program received a signal in another thread while\nmaking a function call from sdb.\n"
        + "\(evaluation)\n\(silence)"
    }
    guard isSignal else {
      return "The program being debugged stopped while in a function called from sdb.\n\(evaluation)\n\(silence)"
    }
    guard isUndone else {
      return """
        The program being debugged was signaled while in a function called from sdb.
        sdb remains in the frame where the signal was received.
        To change this behavior use "set unwindonsignal on".
        \(evaluation)
        \(silence)
        """
    }
    return """
      The program being debugged was signaled while in a function called from sdb.
      sdb has restored the context to what it was before the call.
      To change this behavior use "set unwindonsignal off".
      \(evaluation)
      """
  }
}

extension StopCause {
  fileprivate var isSignal: Bool {
    switch self {
    case .signal, .interrupted, .trap: true
    default: false
    }
  }
}
