package import MachineModel
package import Tracing

/// Why the session could not do what it was asked. `description` is what a user reads: what failed, why,
/// and, where there is something, what to do.
package enum SessionError: Error, Sendable, Equatable {
  /// No program was named.
  case noProgram
  /// A program that can't be debugged, in words.
  case unusableProgram(path: String, reason: String)
  case notRunning
  /// A command that needs a stopped process was given to a running one.
  case running
  case alreadyRunning
  case tracing(TracingError)
  /// `Function "f" not defined.`
  case unknownFunction(String)
  case unknownFile(String)
  case noLine(Int, file: String)
  case noSource(String)
  case noBreakpoint(Int)
  case noFrame(String)
  case noThread(Int)
  case noSymbol(String)
  /// An expression that can't be parsed, typed or evaluated, in words.
  case expression(String)
  case memory(VirtualAddress)
  /// A place was given relative to a source file, and there is none.
  case noSymbolTable
  /// Ctrl-C, while it was waiting for an index.
  case cancelled
  /// Anything else that a command says no to, in whole words.
  case refused(String)
}
