import MachineModel

/// A stop that has been taken from the kernel and not yet been acted on.
enum PendingStop {
  /// Our trap was hit; the program counter is back on it.
  case siteHit(VirtualAddress)
  case stepped
  /// Debug registers were hit; with `endsStep`, the instruction was a step.
  case watched(DebugRegisters.SlotSet, endsStep: Bool)
  case programTrap
  case signal(SignalInfo)
  case vfork(child: Int32)
  /// A caught one.
  case forked(child: Int32, isVfork: Bool)
  case systemCall(SystemCall, isEntry: Bool)
  case executed

  var endsStep: Bool {
    switch self {
    case .stepped, .watched(_, endsStep: true): true
    default: false
    }
  }

  /// What is left of it where the step that it ends is nobody's business.
  var withoutStep: PendingStop? {
    switch self {
    case .stepped: nil
    case .watched(let slots, _): .watched(slots, endsStep: false)
    default: self
    }
  }
}

/// The tracer's book-keeping of one thread.
final class TracedThread {
  let id: Int32
  /// The kernel may report a stop of it at any time.
  var isRunning = true
  /// Past its last user instruction: it reports nothing more until its end (a leader only when all other
  /// threads have ended).
  var isLeaving = false
  var isGone = false
  /// Resumed for one instruction, or to be.
  var isStepping = false
  /// How many steps in a row have been carried out in its place.
  var carriedOut = 0
  /// The step's instruction saves the flags, and with them the trap flag that makes it a step.
  var isPushingFlags = false
  var isInGroupStop = false
  /// The program has just been launched: the system call that did it is none of the program's.
  var isInLaunch = false
  var pending: PendingStop?
  /// Cached while stopped.
  var registers: RegisterFile?
  /// They have been changed, and the kernel does not know.
  var areRegistersUnsaved = false
  /// As the kernel has them; a new thread has none.
  var debugRegisters = DebugRegisters()
  /// A site at the program counter whose hit is counted already: the thread steps off it when it goes on.
  var passedSite: VirtualAddress?
  /// Where a signal handler was entered from, before the instruction there was executed: the trap that it
  /// comes back to is no new hit.
  var handlerReturn: (address: VirtualAddress, stackPointer: VirtualAddress)?
  /// Calls that are timed, with when they began.
  var timedCalls = PendingCalls<UInt64>()
  /// Delivered at the next resumption.
  var signalToDeliver: Int32 = 0
  /// Shown to the user in a stop, and not delivered yet.
  var reportedSignal: Int32 = 0
  /// In a signal-delivery-stop, the only kind where the kernel takes a signal to deliver.
  var takesSignal = false
  /// A signal that we sent on the user's behalf: delivered without another stop.
  var ownSignal: Int32 = 0

  init(_ id: Int32) { self.id = id }
}
