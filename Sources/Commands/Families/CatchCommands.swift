import Debugger
import MachineModel

/// Catchpoints: stopping at what the program does.
enum CatchCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "catch", ["cat", "catc"], .breakpoints, "catch EVENT [ARGUMENT…] [if CONDITION]",
      "Set catchpoints to catch events.",
      details: events, arguments: [.word(names)], handler: { try await set($0, isTemporary: false) }),
    CommandDescriptor(
      "tcatch", ["tc", "tca"], .breakpoints, "tcatch EVENT [ARGUMENT…] [if CONDITION]",
      "Set temporary catchpoints to catch events.", details: events, arguments: [.word(names)],
      handler: { try await set($0, isTemporary: true) }),
  ]

  private static let names = [
    "catch", "exec", "fork", "load", "panic", "rethrow", "signal", "syscall", "throw", "unload", "vfork",
  ]

  private static let events =
    "EVENT is\n"
    + "  throw, catch, rethrow   what becomes of C++ exceptions; the type and what() are shown\n"
    + "  panic                   panics of Rust and runtime errors of Swift; the message is shown\n"
    + "  fork, vfork, exec       processes and programs\n"
    + "  syscall [NAME|NUMBER…]  entries to system calls, and returns from them; all without a name\n"
    + "  signal [SIGNAL…|all]    signals, whatever \"handle\" says; all but SIGINT and SIGTRAP without a name\n"
    + "  load, unload [NAME]     shared libraries whose file names have NAME in them"

  private static func set(_ context: CommandContext, isTemporary: Bool) async throws -> any CommandResult {
    let (text, condition) = BreakpointArguments.splitCondition(context.arguments)
    let (word, rest) = text.firstWord
    guard !word.isEmpty else {
      throw CommandError("Catch requires an event name: \(names.joined(separator: ", ")).")
    }
    let matches = names.filter { $0.hasPrefix(word) }
    guard let name = names.contains(word) ? word : matches.count == 1 ? matches.first : nil else {
      let verb = isTemporary ? "tcatch" : "catch"
      throw CommandError(
        matches.isEmpty
          ? "Undefined \(verb) command: \"\(word)\".  Try \"help \(verb)\"."
          : "Ambiguous \(verb) command \"\(word)\": \(matches.joined(separator: ", ")).")
    }
    return BreakpointMade(
      try await context.session.addCatchpoint(
        try event(name, arguments: rest), condition: condition, isTemporary: isTemporary))
  }

  private static func event(_ name: String, arguments: String) throws(CommandError) -> CatchEvent {
    let words = arguments.words
    switch name {
    case "syscall": return .systemCalls(try words.map(systemCall))
    case "signal":
      switch words.first {
      case nil: return .signals(.standard)
      case "all" where words.count == 1: return .signals(.all)
      default: return .signals(.these(try words.map(signal)))
      }
    case "load": return .load(pattern: words.first)
    case "unload": return .unload(pattern: words.first)
    default: break
    }
    guard words.isEmpty else { throw CommandError("Junk at end of arguments.") }
    return switch name {
    case "fork": .fork
    case "vfork": .vfork
    case "exec": .exec
    case "catch": .exception(.catch)
    case "rethrow": .exception(.rethrow)
    case "panic": .exception(.panic)
    default: .exception(.throw)
    }
  }

  private static func systemCall(_ text: String) throws(CommandError) -> SystemCall {
    guard let call = SystemCall(named: text) else { throw CommandError("Unknown syscall name '\(text)'.") }
    return call
  }

  private static func signal(_ text: String) throws(CommandError) -> Signal {
    guard text != "all" else { throw CommandError("'all' cannot be caught with other signals") }
    guard let signal = Signal(name: text) else {
      throw CommandError(
        "Only signals 1-15 are valid as numeric signals.\nUse \"info signals\" for a list of symbolic signals.")
    }
    return signal
  }
}
