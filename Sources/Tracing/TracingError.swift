package import MachineModel

/// A request to the kernel, or a step of a launch, that failed.
package struct TracingError: Error, Sendable, Equatable {
  /// What was being done.
  package enum Operation: Sendable, Equatable {
    case fork
    case changeDirectory(String)
    case open(String)
    case terminal(String)
    case personality
    case execute(String)
    case seize, interrupt, readRegisters, writeRegisters
    case writeMemory(VirtualAddress)
    case insertSite(VirtualAddress)
    /// Setting debug registers; ENOSPC: there are too few.
    case watch
    case resume, kill, detach, processGone
    /// A signal ended the program within exec (its file is damaged), or before.
    case startup(Signal)
  }
  package let operation: Operation
  package let errno: Int32
  package init(operation: Operation, errno: Int32) {
    self.operation = operation
    self.errno = errno
  }
}
