import Glibc
import HostFiles
import MachineModel
package import Tracing

extension SessionError: CustomStringConvertible {
  /// What a user reads: what failed and why, as gdb words it where gdb has the case.
  package var description: String {
    switch self {
    case .noProgram: "No executable file specified.\nUse the \"file\" command."
    case .unusableProgram(let path, let reason): "\(path): \(reason)"
    case .noSymbolTable: "No symbol table is loaded.  Use the \"file\" command."
    case .notRunning: "The program is not being run."
    case .running: "Cannot execute this command while the selected thread is running."
    case .alreadyRunning: "The program being debugged has been started already."
    case .tracing(let error): error.description
    case .unknownFunction(let name): "Function \"\(name)\" not defined."
    case .unknownFile(let name): "No source file named \(name)."
    case .noLine(let line, ""): "No line \(line) in the current file."
    case .noLine(let line, let file): "No line \(line) in file \"\(file)\"."
    case .noSource(let file): "\(file): No such file or directory."
    case .noBreakpoint(let id): "No breakpoint number \(id)."
    case .noFrame(let reason), .expression(let reason), .refused(let reason): reason
    case .noThread(let id): "Unknown thread \(id)."
    case .noSymbol(let name): "No symbol \"\(name)\" in current context."
    case .cancelled: "Quit"
    case .memory(let address): "Cannot access memory at address \(address)"
    }
  }
}

extension TracingError: CustomStringConvertible {
  /// The request in words, and the kernel's reason.
  package var description: String {
    let reason = errorText(errno)
    return switch operation {
    case .fork: "Cannot start a process: \(reason)."
    case .changeDirectory(let path): "Cannot change to \(path): \(reason)."
    case .open(let path): "\(path): \(reason)."
    case .terminal(let path): "Cannot use the terminal \(path): \(reason)."
    case .personality: "Cannot disable address space randomization: \(reason)."
    case .execute(let path): "Cannot execute \(path): \(reason)."
    case .seize: "Cannot trace the process: \(reason)."
    case .interrupt: "Cannot interrupt the process: \(reason)."
    case .readRegisters: "Couldn't get registers: \(reason)."
    case .writeRegisters: "Couldn't write registers: \(reason)."
    case .writeMemory(let address): "Cannot write memory at address \(address): \(reason)."
    case .watch where errno == ENOSPC:
      "You may have requested too many hardware breakpoints/watchpoints."
    case .watch: "Cannot set debug registers: \(reason)."
    case .insertSite(let address): "Cannot insert a breakpoint at \(address): \(reason)."
    case .resume: "Cannot resume the process: \(reason)."
    case .kill: "Cannot kill the process: \(reason)."
    case .detach: "Cannot detach from the process: \(reason)."
    case .startup(let signal):
      "During startup program terminated with signal \(signal.name), \(signal.meaning)."
    case .processGone: "The process is gone: \(reason)."
    }
  }
}
