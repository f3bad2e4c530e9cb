import Debugger
import MachineModel

/// Signals: which stop the program, which it gets.
enum SignalCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "handle", [], .running, "handle SIGNAL… ACTION…", "Specify how to handle signals.",
      details:
        "Signals are names, numbers from 1 to 15, ranges of those (1-5), or \"all\": all but those that the debugger\n"
        + "uses. Actions are stop, nostop, print, noprint, pass (or noignore) and nopass (or ignore). Stop implies print,\n"
        + "noprint implies nostop. Pass means that the program gets the signal.",
      arguments: [.word(actions + ["all"] + names)], handler: handle),
    CommandDescriptor(
      "signal", [], .running, "signal SIGNAL", "Continue program with the specified signal; 0 means no signal.",
      arguments: [.word(names)], handler: signal),
    CommandDescriptor(
      "queue-signal", [], .running, "queue-signal SIGNAL",
      "Queue a signal to be delivered to the current thread when it is resumed; 0 means no signal.",
      arguments: [.word(names)], handler: queue),
  ]

  static let info = CommandDescriptor(
    "signals", ["handle"], .status, "info signals [SIGNAL]", "What debugger does when program gets various signals.",
    arguments: [.word(names)], handler: list)

  private static let actions = ["stop", "nostop", "print", "noprint", "pass", "nopass", "ignore", "noignore"]
  private static let named = (1...31).map(Signal.init)
  private static let names = named.map(\.name)
  /// Ctrl-C's, and a breakpoint's: not meant by `all`, and changed only on purpose.
  private static let own: Set<Signal> = [.interrupt, .trap]
  private static let onlyNumbers =
    "Only signals 1-15 are valid as numeric signals.\nUse \"info signals\" for a list of symbolic signals."

  private static func list(_ context: CommandContext) async throws -> any CommandResult {
    let dispositions = await context.session.signals
    guard !context.arguments.isEmpty else { return SignalTable(named, dispositions, isWhole: true) }
    guard let signal = Signal(name: context.arguments) else { throw CommandError(onlyNumbers) }
    return SignalTable([signal], dispositions)
  }

  private static func handle(_ context: CommandContext) async throws -> any CommandResult {
    var chosen: [Signal] = []
    var changes: [@Sendable (inout SignalDisposition) -> Void] = []
    for word in try context.required("signal to handle").words {
      if let change = change(word) {
        changes.append(change)
      } else {
        chosen += try await signals(word, context)
      }
    }
    let (signals, applied) = (chosen, changes)
    await context.session.updateSignals { table in
      for signal in signals { for change in applied { change(&table[signal]) } }
    }
    let table = SignalTable(signals, await context.session.signals)
    return context.isInteractive ? table : Untold(table)
  }

  /// What a word for an action does; it may be abbreviated.
  private static func change(_ word: String) -> (@Sendable (inout SignalDisposition) -> Void)? {
    guard word.count > 1 else { return nil }
    func means(_ action: String, atLeast count: Int = 1) -> Bool { word.count >= count && action.hasPrefix(word) }
    if means("stop") { return { ($0.stops, $0.prints) = (true, true) } }
    if means("print", atLeast: 2) { return { $0.prints = true } }
    if means("pass", atLeast: 2) || means("noignore", atLeast: 3) { return { $0.passes = true } }
    if means("nostop", atLeast: 3) { return { $0.stops = false } }
    if means("noprint", atLeast: 4) { return { ($0.stops, $0.prints) = (false, false) } }
    if means("nopass", atLeast: 4) || means("ignore") { return { $0.passes = false } }
    return nil
  }

  private static func signals(_ word: String, _ context: CommandContext) async throws -> [Signal] {
    if word == "all" { return named.filter { !own.contains($0) } }
    let chosen: [Signal]
    if word.first?.isNumber == true {
      let ends = word.split(separator: "-").map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        (1...15).contains(first), (1...15).contains(last)
      else { throw CommandError(onlyNumbers) }
      chosen = (min(first, last)...max(first, last)).map { Signal(Int32($0)) }
    } else if let signal = Signal(name: word) {
      chosen = [signal]
    } else {
      throw CommandError("Unrecognized or ambiguous flag word: \"\(word)\".")
    }
    var agreed: [Signal] = []
    for signal in chosen {
      if own.contains(signal) {
        guard chosen.count == 1,
          await context.confirms("\(signal) is used by the debugger.\nAre you sure you want to change it?")
        else { continue }
      }
      agreed.append(signal)
    }
    return agreed
  }

  private static func signal(_ context: CommandContext) async throws -> any CommandResult {
    let signal = try named(try context.required("signal number"))
    if context.isInteractive { context.say("Continuing with \(signal.map { "signal \($0)" } ?? "no signal").") }
    return await context.report(try await context.session.proceed(.signal(signal)))
  }

  private static func queue(_ context: CommandContext) async throws -> any CommandResult {
    let signal = try named(try context.required("signal number"))
    if let signal, await !context.session.signals[signal].passes {
      throw CommandError("Signal handling set to not pass this signal to the program.")
    }
    try await context.session.queueSignal(signal)
    return Done()
  }

  /// nil for 0: none.
  private static func named(_ name: String) throws(CommandError) -> Signal? {
    if name == "0" { return nil }
    guard let signal = Signal(name: name) else { throw CommandError(onlyNumbers) }
    return signal
  }
}

/// A result that text does not tell.
private struct Untold<Result: CommandResult>: CommandResult {
  let result: Result
  init(_ result: Result) { self.result = result }
  var text: String { "" }
  func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }
}

/// `info signals`.
struct SignalTable: CommandResult, Equatable {
  struct Row: Encodable, Sendable, Equatable {
    let name: String
    let stop: Bool
    let print: Bool
    let pass: Bool
    let description: String
  }
  let signals: [Row]
  private let isWhole: Bool

  init(_ signals: [Signal], _ dispositions: SignalDispositions, isWhole: Bool = false) {
    self.isWhole = isWhole
    self.signals = signals.map { signal in
      let disposition = dispositions[signal]
      return Row(
        name: signal.name, stop: disposition.stops, print: disposition.prints, pass: disposition.passes,
        description: signal.meaning)
    }
  }

  private enum CodingKeys: String, CodingKey { case signals }

  var text: String {
    func word(_ flag: Bool) -> String { flag ? "Yes" : "No" }
    let rows = signals.map { row in
      padded(row.name, 13) + " \(word(row.stop))\t\(word(row.print))\t\(word(row.pass))\t\t\(row.description)"
    }
    let header = ["Signal        Stop\tPrint\tPass to program\tDescription"]
    guard isWhole else { return (header + rows).joined(separator: "\n") }
    return (header + [""] + rows + ["", "Use the \"handle\" command to change these tables."]).joined(separator: "\n")
  }
}
