import CPtrace
import MachineModel

/// What one wait status says of one tracee, decoded (wait(2), ptrace(2)).
enum WaitStatus {
  case exited(code: Int32)
  case killed(by: Signal, coreDumped: Bool)
  /// A signal-delivery-stop: the signal has not been delivered.
  case signal(Int32)
  /// PTRACE_EVENT_STOP: our interrupt took effect, job control let it continue, or a new thread begins.
  case interrupted
  /// PTRACE_EVENT_STOP by a stopping signal.
  case groupStop
  case cloned(Int32)
  case forked(Int32)
  case vforked(Int32)
  case vforkDone
  case executed(formerly: Int32)
  case exiting
  /// At the entry to a system call, or its end.
  case systemCall
  /// A stop that we never asked for.
  case other

  init(_ stop: sdb_stop) {
    self =
      switch UInt32(bitPattern: stop.kind) {
      case SDB_STOP_EXITED.rawValue: .exited(code: stop.value)
      case SDB_STOP_KILLED.rawValue: .killed(by: Signal(stop.value), coreDumped: stop.core != 0)
      case SDB_STOP_SIGNAL.rawValue: .signal(stop.value)
      case SDB_STOP_INTERRUPTED.rawValue: .interrupted
      case SDB_STOP_GROUP.rawValue: .groupStop
      case SDB_STOP_CLONE.rawValue: .cloned(stop.value)
      case SDB_STOP_FORK.rawValue: .forked(stop.value)
      case SDB_STOP_VFORK.rawValue: .vforked(stop.value)
      case SDB_STOP_VFORK_DONE.rawValue: .vforkDone
      case SDB_STOP_EXEC.rawValue: .executed(formerly: stop.value)
      case SDB_STOP_EXIT.rawValue: .exiting
      case SDB_STOP_SYSTEM_CALL.rawValue: .systemCall
      default: .other
      }
  }

  /// The tracee is gone for good.
  var isEnd: Bool {
    switch self {
    case .exited, .killed: true
    default: false
    }
  }
}
