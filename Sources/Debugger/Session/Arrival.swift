import MachineModel

/// Where the process has come to that somebody has to hear of, before it was told. One that a call or a condition was
/// waiting for, and that is not theirs, is passed on outwards.
enum Arrival {
  case ended(ResumeOutcome)
  /// - hidden: how many functions inlined at the address count as not entered yet; nil: all whose code begins there.
  case stopped(StopEvent, StopCause, hidden: Int?)
  /// A function that was called from here has returned.
  case returned(InferiorCall, StopEvent)
  /// A function that is being called has come to `std::terminate`.
  case terminated(InferiorCall, StopEvent)
}
