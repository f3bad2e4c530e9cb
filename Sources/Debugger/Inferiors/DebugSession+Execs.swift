import DebugInfo
import MachineModel
import Tracing

extension DebugSession {
  /// With `set follow-exec-mode new`, the process that has executed another program becomes a new inferior, which is the current one then; that it was
  /// in keeps its program and symbols. Answers the new one's number, where there is one.
  func moveExecutedProgram(_ process: TracedProcess) -> Int? {
    guard settings.followExecMode == .new else { return nil }
    var new = Inferior(symbols: ProgramSymbols(sharingJobsOf: symbols))
    (new.process, new.eventPump, new.state) = (process, eventPump, state)
    (new.sentEvents, new.sentSignals) = (sentEvents, sentSignals)
    (new.selection, new.vforkParent) = (Selection(thread: ThreadID(process.id.rawValue)), vforkParent)
    new.locations = currentInferior.locations
    let old = inferiors.current
    let number = inferiors.add(new)
    exchange(for: number)
    // It has gone over.
    inferiors[old]?.eventPump = nil
    inferiors[old]?.forgetProcess()
    tellExchange()
    return number
  }
}
