package import Debugger

/// Reads command lines, and carries them out on a session. One for the command bar, batch mode and the init file.
package actor CommandInterpreter {
  package nonisolated let session: DebugSession
  package nonisolated let options: InterpreterOptions
  package nonisolated let table: CommandTable
  package internal(set) var state = InterpreterState()

  /// Files and user-defined commands within each other, at most.
  static let deepestNesting = 100

  package init(
    session: DebugSession, options: InterpreterOptions = InterpreterOptions(), table: CommandTable = .standard
  ) {
    self.session = session
    self.options = options
    self.table = table
    state.preferences.savesSession = options.isInteractive
  }

  /// Changes what the command language remembers; answers what the change says.
  package func update<Answer: Sendable>(_ change: @Sendable (inout InterpreterState) throws -> Answer) rethrows
    -> Answer
  { try change(&state) }

  /// The prompt for the next line: `>` inside a definition.
  package var prompt: String { state.openBlock.isEmpty ? "(sdb) " : ">" }

  /// Carries out one line. `emit` receives what happens before the command's own result (stops, exits, notices,
  /// output of a `source`d file's commands), as they happen. An empty line repeats the last one where that command
  /// repeats. Never throws: failures are outputs.
  package func execute(_ line: String, emit: @escaping @Sendable (CommandOutput) -> Void) async -> CommandOutput {
    if !state.openBlock.isEmpty || ScriptParser.opens(line) != nil { return await collect(line, emit: emit) }
    guard let command = CommandLine(line) else {
      guard options.isInteractive, line.trimmed.isEmpty, let repeated = state.repetition else { return .silent }
      return await execute(repeated, depth: 0, isRepetition: true, emit: emit)
    }
    state.repetition = nil
    // A script's next command may be about what is still to come; a person sees it come.
    if !options.isInteractive { await session.downloadsEnded() }
    await emitUnreported(emit)
    var output = await execute(line, depth: 0, isRepetition: false, emit: emit)
    if output.succeeded, !state.dueCommands.isEmpty {
      // What the command says itself comes before what its stop leads to.
      emit(output)
      output = await runDueCommands(depth: 0, emit: emit) ?? .silent
    }
    await emitUnreported(emit)
    state.repetition = repetition(of: command, line: line)
    return output
  }

  /// Carries out the commands of a file, each with its own output. The first that fails ends it, and its failure is
  /// the answer; nil where all is well.
  package func run(file: String, emit: @escaping @Sendable (CommandOutput) -> Void) async -> CommandOutput? {
    do {
      return try await source(file, depth: 0, emit: emit)
    } catch let failure as ScriptFailure {
      return failure.output
    } catch {
      return .failure("source", String(describing: error))
    }
  }

  /// An error if a block was begun whose `end` never came; forgets the block.
  package func finishInput() -> CommandOutput? {
    guard let opening = state.openBlock.first else { return nil }
    state.openBlock = []
    return .failure(CommandLine(opening)?.name ?? "", "The block of \"\(opening.trimmed)\" has no \"end\".")
  }

  private func repetition(of command: CommandLine, line: String) -> String? {
    guard let (descriptor, _) = try? resolve(command) else { return nil }
    switch descriptor.repetition {
    case .never: return nil
    case .same: return line
    case .withoutArguments: return command.name
    }
  }
}
