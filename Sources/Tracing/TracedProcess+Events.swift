import CPtrace
package import MachineModel

extension TracedProcess {
  /// Says at which events the process stops from now on. System calls cost two stops each while any of them is caught.
  package func setCaughtEvents(_ events: CaughtEvents) { caught = events }

  /// The thread stands at the entry to a system call, or at its end.
  func noteSystemCall(_ thread: TracedThread) {
    guard let registers = registers(of: thread) else { return }
    let call = SystemCall(number: Int(truncatingIfNeeded: registers[.origRax]))
    let side = sdb_system_call_side(thread.id)
    let isLaunch = thread.isInLaunch
    thread.isInLaunch = false
    if isLaunch, UInt32(side) == SDB_SYSTEM_CALL_RETURN.rawValue, call.name == "execve" { return goOn(thread) }
    guard side > 0, caught.catches(call) else { return goOn(thread) }
    queue(thread, .systemCall(call, isEntry: UInt32(side) == SDB_SYSTEM_CALL_ENTRY.rawValue))
  }

  /// A child is there, and the one that made it is stopped. The child is kept until the process goes on.
  func actOnFork(of child: Int32, isVfork: Bool, by thread: TracedThread) {
    // It may have been a step off a trap.
    thread.isStepping = plan?.thread === thread && plan?.progress.isSingleStepping == true
    halt(thread, .forked(ProcessID(child), isVfork: isVfork))
    if isVfork, children[child]?.isFree == false { queue(thread, .vfork(child: child)) }
  }
}
