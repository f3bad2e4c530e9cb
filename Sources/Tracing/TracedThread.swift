import MachineModel

/// A stop that has been taken from the kernel and not yet been acted on.
enum PendingStop {
  /// Our trap was hit; the program counter is back on it.
  case siteHit(VirtualAddress)
  case stepped
  case programTrap
  case signal(SignalInfo)
  case vfork(child: Int32)
  case executed
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
  /// The step's instruction saves the flags, and with them the trap flag that makes it a step.
  var isPushingFlags = false
  var isInGroupStop = false
  var pending: PendingStop?
  /// Cached while stopped.
  var registers: RegisterFile?
  /// They have been changed, and the kernel does not know.
  var areRegistersUnsaved = false
  /// A site at the program counter whose hit is counted already: the thread steps off it when it goes on.
  var passedSite: VirtualAddress?
  /// Where a signal handler was entered from, before the instruction there was executed: the trap that it
  /// comes back to is no new hit.
  var handlerReturn: (address: VirtualAddress, stackPointer: VirtualAddress)?
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
