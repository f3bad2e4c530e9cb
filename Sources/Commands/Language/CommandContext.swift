package import Debugger

/// What a command's handler works with.
package struct CommandContext: Sendable {
  package let session: DebugSession
  package let interpreter: CommandInterpreter
  package let command: CommandDescriptor
  /// What follows the name (and `/FMT`), without blanks around it.
  package let arguments: String
  package let format: FormatSuffix?
  /// An empty line repeats the command.
  package let isRepetition: Bool
  /// How many files and user-defined commands are being carried out around this one.
  package let depth: Int
  package let emit: @Sendable (CommandOutput) -> Void

  /// A person reads along: what gdb says to one only ("Continuing.") is said.
  package var isInteractive: Bool { interpreter.options.isInteractive }

  /// Says something ahead of the command's own result; text only.
  package func say(_ text: String) {
    emit(CommandOutput(command: command.name, succeeded: true, text: escaped(text), json: { "" }))
  }

  /// Asks a person; yes where there is none to ask, or where `set confirm off` is in force.
  package func confirms(_ question: String) async -> Bool {
    guard let ask = interpreter.options.confirm, await interpreter.state.preferences.confirms else { return true }
    return await ask(question)
  }

  /// The arguments as a count; `default` where there are none. May be an expression, as in gdb.
  package func count(default fallback: Int = 1) async throws -> Int {
    if arguments.isEmpty { return fallback }
    if let count = Int(arguments) { return count }
    return Int(truncatingIfNeeded: try await integer(arguments))
  }

  /// An expression's value as an integer.
  package func integer(_ expression: String) async throws -> Int64 {
    let value = try await session.evaluate(expression, format: ValueFormat(.decimal)).variable.value
    if let number = Int64(value) { return number }
    if let number = UInt64(value) { return Int64(bitPattern: number) }
    throw CommandError("\"\(expression)\" is not an integer: \(value)")
  }

  /// Numbers as `NumberList` reads them, and convenience variables that have one: `$bpnum`.
  package func numbers(_ text: String, naming thing: String) async throws -> [Int] {
    try await interpreter.numbers(text, naming: thing)
  }

  package func integer(_ text: some StringProtocol) async throws -> Int64 { try await integer(String(text)) }

  /// Arguments where the command cannot do without.
  package func required(_ what: String) throws(CommandError) -> String {
    if arguments.isEmpty { throw CommandError("Argument required (\(what)).") }
    return arguments
  }

  /// Reports a resumption's end: the stop or exit goes out as an event, then stands as the command's result.
  package func report(_ outcome: ResumeOutcome) async -> any CommandResult {
    await interpreter.emitUnreported(emit)
    let isSilent = await interpreter.note(outcome)
    let event = await interpreter.event(for: outcome)
    emit(isSilent ? event.withoutText : event)
    return OutcomeResult(outcome: outcome)
  }
}

/// A resumption's end as the result of the command that asked for it. Its text is empty: the event had it.
package struct OutcomeResult: CommandResult, Equatable {
  package let outcome: ResumeOutcome
  package init(outcome: ResumeOutcome) { self.outcome = outcome }
  package var text: String { "" }
  package func encode(to encoder: any Encoder) throws { try outcome.encode(to: encoder) }
}
