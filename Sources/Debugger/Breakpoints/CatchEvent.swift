package import MachineModel

/// What a catchpoint stops at.
package enum CatchEvent: Sendable, Equatable {
  case exception(ExceptionStage)
  case fork
  case vfork
  case exec
  /// Empty: any.
  case systemCalls([SystemCall])
  case signals(SignalChoice)
  /// Libraries whose names have `pattern` in them; nil: any.
  case load(pattern: String?)
  case unload(pattern: String?)

  package enum SignalChoice: Sendable, Equatable {
    /// All but those that debuggers use themselves.
    case standard
    case all
    case these([Signal])

    func contains(_ signal: Signal) -> Bool {
      switch self {
      case .standard: signal != .trap && signal != .interrupt
      case .all: true
      case .these(let signals): signals.contains(signal)
      }
    }
  }
}

/// What becomes of an exception of C++, or that a program of Rust or Swift gives up.
package enum ExceptionStage: String, Sendable, Codable {
  case `throw`, `catch`, rethrow, panic

  /// The functions of the languages' runtimes that do it (Itanium C++ ABI, "Exception Handling", §2.4).
  var functions: [String] {
    switch self {
    case .throw: ["__cxa_throw"]
    case .catch: ["__cxa_begin_catch"]
    case .rethrow: ["__cxa_rethrow"]
    case .panic: ["rust_panic", "_swift_runtime_on_report"]
    }
  }
}

extension CatchEvent {
  /// In gdb's words, as a catchpoint is announced: `Catchpoint 1 (fork)`.
  package var title: String {
    switch self {
    case .exception(let stage): stage.rawValue
    case .fork: "fork"
    case .vfork: "vfork"
    case .exec: "exec"
    case .systemCalls(let calls) where calls.isEmpty: "any syscall"
    case .systemCalls(let calls):
      (calls.count == 1 ? "syscall " : "syscalls ")
        + calls.map { "'\($0.name)' [\($0.number)]" }.joined(separator: " ")
    case .signals(.standard): "standard signals"
    case .signals(.all): "any signal"
    case .signals(.these(let signals)):
      (signals.count == 1 ? "signal " : "signals ") + signals.map(\.name).joined(separator: " ")
    case .load: "load"
    case .unload: "unload"
    }
  }

  /// In gdb's words, as `info breakpoints` lists it.
  package var row: String {
    switch self {
    case .exception(.panic): "panic"
    case .exception(let stage): "exception \(stage.rawValue)"
    case .fork, .vfork, .exec: title
    case .systemCalls(let calls) where calls.isEmpty: "syscall \"<any syscall>\" "
    case .systemCalls(let calls):
      (calls.count == 1 ? "syscall" : "syscalls") + " \"\(calls.map(\.name).joined(separator: ", "))\" "
    case .signals(.standard): "signal \"<standard signals>\" "
    case .signals(.all): "signal \"<any signal>\" "
    case .signals(.these(let signals)):
      (signals.count == 1 ? "signal" : "signals") + " \"\(signals.map(\.name).joined(separator: " "))\" "
    case .load(let pattern): "load of library" + Self.matching(pattern)
    case .unload(let pattern): "unload of library" + Self.matching(pattern)
    }
  }

  private static func matching(_ pattern: String?) -> String { pattern.map { " matching \($0)" } ?? "" }
}
