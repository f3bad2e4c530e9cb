import CPtrace
import Glibc
package import MachineModel

/// All of a stopped thread that a call into the program changes: its registers, and what is known of the trap that
/// it stands at.
package struct ThreadState: Sendable {
  package let registers: RegisterFile
  package let floatingPoint: FloatingPointState
  let passedSite: VirtualAddress?
  let handlerReturn: (address: VirtualAddress, stackPointer: VirtualAddress)?
}

extension TracedProcess {
  /// nil where the thread runs or is gone.
  package func state(of thread: ThreadID) -> ThreadState? {
    guard let found = threadTable[thread.rawValue], let registers = registers(of: found),
      let floatingPoint = floatingPoint(of: thread)
    else { return nil }
    return ThreadState(
      registers: registers, floatingPoint: floatingPoint, passedSite: found.passedSite,
      handlerReturn: found.handlerReturn)
  }

  /// Puts a stopped thread back to where it was: the trap that it had stopped at is no news again.
  package func restore(_ state: ThreadState, of thread: ThreadID) throws(TracingError) {
    guard let found = threadTable[thread.rawValue] else {
      throw TracingError(operation: .writeRegisters, errno: ESRCH)
    }
    try write(state.registers, to: found)
    try setFloatingPoint(state.floatingPoint, of: thread)
    found.passedSite = state.passedSite
    found.handlerReturn = state.handlerReturn
  }

  /// The bytes of the `siginfo_t` that a thread has stopped with (sigaction(2)); nil where it runs or has stopped
  /// otherwise.
  package func signalInformation(of thread: ThreadID) -> [UInt8]? {
    guard let found = threadTable[thread.rawValue], !found.isRunning else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(SDB_SIGNAL_BYTES))
    return sdb_signal_bytes(found.id, &bytes) == SDB_SIGNAL_BYTES ? bytes : nil
  }
}
