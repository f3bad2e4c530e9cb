import Debugger

extension CommandInterpreter {
  /// Carries out one line that is not part of a block.
  func execute(_ line: String, depth: Int, isRepetition: Bool, emit: @escaping @Sendable (CommandOutput) -> Void) async
    -> CommandOutput
  {
    let output = await result(of: line, depth: depth, isRepetition: isRepetition, emit: emit)
    options.observe?(line, output)
    return output
  }

  private func result(
    of line: String, depth: Int, isRepetition: Bool, emit: @escaping @Sendable (CommandOutput) -> Void
  ) async -> CommandOutput {
    guard let parsed = CommandLine(expandingAliases(line)) else { return .silent }
    if let user = state.userCommands[parsed.name] {
      return await run(user, named: parsed.name, arguments: parsed.rest, depth: depth, emit: emit)
    }
    var name = parsed.name
    var withoutProcess = ""
    do {
      let (command, rest) = try resolve(parsed)
      name = fullName(of: parsed, resolvedTo: command)
      withoutProcess = command.withoutProcess
      var format: FormatSuffix?
      var arguments = rest
      if command.takesFormat, let split = CommandLine.splitFormat(rest) {
        format = try FormatSuffix(split.format)
        arguments = split.rest
      }
      let context = CommandContext(
        session: session, interpreter: self, command: command, arguments: arguments, format: format,
        isRepetition: isRepetition, depth: depth, emit: emit)
      return .success(name, try await command.handler(context))
    } catch SessionError.notRunning {
      return .failure(name, withoutProcess)
    } catch SessionError.noFrame(let reason) {
      return .failure(name, await session.state == .none ? withoutProcess : reason)
    } catch {
      return .failure(name, error)
    }
  }

  /// Replaces aliases at the line's beginning by what they stand for. An alias of an alias is possible, a circle not:
  /// what it stands for had to be known when it was made.
  func expandingAliases(_ line: String) -> String {
    var line = line
    for _ in 0..<10 {
      guard let parsed = CommandLine(line), let meaning = state.aliases[parsed.name] else { break }
      line = meaning + (parsed.rest.hasPrefix("/") ? "" : " ") + parsed.rest
    }
    return line
  }

  /// The command that a line names, and what is left of the line after its name and its subcommand's.
  func resolve(_ line: CommandLine) throws(CommandError) -> (command: CommandDescriptor, rest: String) {
    var command = try find(line.name, in: table, prefix: "")
    var rest = line.rest
    var prefix = ""
    while let subcommands = command.subcommands, let next = CommandLine(rest) {
      prefix += command.name + " "
      command = try find(next.name, in: subcommands, prefix: prefix)
      rest = next.rest
    }
    return (command, rest)
  }

  private func find(_ name: String, in table: CommandTable, prefix: String) throws(CommandError) -> CommandDescriptor {
    switch table.lookUp(name) {
    case .found(let command): return command
    case .ambiguous(let names):
      throw CommandError("Ambiguous \(prefix)command \"\(name)\": \(names.joined(separator: ", ")).")
    case .unknown:
      let hint = table.nearest(to: name).map { "  Did you mean \"\(prefix)\($0)\"?" } ?? ""
      let help = prefix.isEmpty ? "help" : "help \(prefix.trimmed)"
      throw CommandError("Undefined \(prefix)command: \"\(name)\".  Try \"\(help)\".\(hint)")
    }
  }

  /// `info locals`: the names from the table, whatever abbreviations were typed.
  private func fullName(of line: CommandLine, resolvedTo command: CommandDescriptor) -> String {
    guard case .found(let first) = table.lookUp(line.name), first.subcommands != nil, first.name != command.name else {
      return command.name
    }
    return first.name + " " + command.name
  }

  // MARK: Scripts

  /// A line of a block; the last one carries the block out.
  func collect(_ line: String, emit: @escaping @Sendable (CommandOutput) -> Void) async -> CommandOutput {
    if state.openBlock.isEmpty, let block = ScriptParser.opens(line), block.keyword == "commands" {
      do {
        let ids = try await breakpoints(named: block.argument).map(String.init).joined(separator: ", ")
        if options.isInteractive {
          let words = "Type commands for breakpoint(s) \(ids), one per line.\nEnd with a line saying just \"end\"."
          emit(CommandOutput(command: block.keyword, succeeded: true, text: words, json: { "" }))
        }
      } catch {
        return .failure(block.keyword, error)
      }
    }
    state.openBlock.append(line)
    guard ScriptParser.openBlocks(in: state.openBlock) == 0 else { return .silent }
    let lines = state.openBlock
    state.openBlock = []
    let name = lines.first.flatMap { CommandLine($0)?.name } ?? ""
    do {
      try await run(try ScriptParser.parse(lines), depth: 0, emit: emit)
      return .success(name, Done())
    } catch {
      return .failure(name, error)
    }
  }

  private func run(
    _ user: InterpreterState.UserCommand, named name: String, arguments: String, depth: Int,
    emit: @escaping @Sendable (CommandOutput) -> Void
  ) async -> CommandOutput {
    guard depth < Self.deepestNesting else {
      return .failure(name, "Max user call depth exceeded -- command aborted.")
    }
    do {
      let lines = UserCommandArguments(arguments).substitute(in: user.body)
      try await run(try ScriptParser.parse(lines), depth: depth + 1, emit: emit)
      return .success(name, Done())
    } catch {
      return .failure(name, error)
    }
  }

  /// Reads a file's commands and carries them out.
  /// Answers a `quit` that ended it. Throws `ScriptFailure` at the first command that fails.
  func source(_ file: String, depth: Int, emit: @escaping @Sendable (CommandOutput) -> Void) async throws
    -> CommandOutput?
  {
    guard depth < Self.deepestNesting else { throw CommandError("Files are sourced too deeply within each other.") }
    let lines = try TextFile.lines(of: file)
    do {
      try await run(try ScriptParser.parse(lines), depth: depth + 1, emit: emit)
      return nil
    } catch let failure as ScriptFailure {
      if let quitting = failure.quitting { return quitting }
      throw failure.within(file)
    } catch let error as CommandError {
      throw CommandError("\(file): \(error)")
    }
  }

  private enum Flow { case next, leaveLoop, nextRound, leaveScript }

  /// - Parameter resumptions: of a breakpoint's commands, how many resumptions there had been before them: the first of their own
  ///   is their end, for the stop that they belong to is over.
  func run(
    _ statements: [Statement], depth: Int, resumptions: Int? = nil, emit: @escaping @Sendable (CommandOutput) -> Void
  ) async throws {
    _ = try await flow(statements, depth: depth, resumptions: resumptions, emit: emit)
  }

  private func flow(
    _ statements: [Statement], depth: Int, resumptions: Int?, emit: @escaping @Sendable (CommandOutput) -> Void
  ) async throws -> Flow {
    for statement in statements {
      if let resumptions, state.resumptions != resumptions { return .leaveScript }
      switch statement {
      case .command("loop_break", _): return .leaveLoop
      case .command("loop_continue", _): return .nextRound
      case .command("end", let number), .command("else", let number):
        let reason = "This command cannot be used at the top level."
        throw ScriptFailure(output: nil, message: reason, number: number)
      case .command(let line, let number):
        let output = await execute(line, depth: depth, isRepetition: false, emit: emit)
        if output.quits { throw ScriptFailure(output: output, message: "", number: number) }
        emit(output.succeeded ? output : output.withoutText)
        if !output.succeeded { throw ScriptFailure(output: output, message: output.text, number: number) }
        if resumptions == nil, let quitting = await runDueCommands(depth: depth, emit: emit) {
          throw ScriptFailure(output: quitting, message: "", number: number)
        }
      case .commands(let text, let body, let number):
        do {
          try await session.setCommands(breakpoints: breakpoints(named: text), body.map(\.trimmed))
        } catch {
          throw ScriptFailure(output: nil, message: String(describing: error), number: number)
        }
      case .define(let name, let body): try define(name, body: body)
      case .document(let name, let text): try document(name, text: text)
      case .branch(let condition, let then, let otherwise, let number):
        let chosen = try await holds(condition, number: number) ? then : otherwise
        let flow = try await flow(chosen, depth: depth, resumptions: resumptions, emit: emit)
        if flow != .next { return flow }
      case .loop(let condition, let body, let number):
        while try await holds(condition, number: number) {
          try Task.checkCancellation()
          let flow = try await flow(body, depth: depth, resumptions: resumptions, emit: emit)
          if flow == .leaveScript { return flow }
          if flow == .leaveLoop { break }
        }
      }
    }
    return .next
  }

  private func holds(_ condition: String, number: Int) async throws -> Bool {
    do {
      return try await session.truth(of: condition)
    } catch {
      throw ScriptFailure(output: nil, message: String(describing: error), number: number)
    }
  }
}

/// A script's command that failed, or that quits.
struct ScriptFailure: Error, CustomStringConvertible {
  let output: CommandOutput?
  let message: String
  /// The line, from 1.
  let number: Int

  /// The output that ends sdb, where it is that.
  var quitting: CommandOutput? { output.flatMap { $0.quits ? $0 : nil } }

  var description: String { message }

  /// With the file's name and the line before it, as gdb has it. In JSON the failing command has spoken already.
  func within(_ file: String) -> ScriptFailure {
    let message = "\(file):\(number): Error in sourced command file:\n\(message)"
    let failed = CommandOutput(
      command: "source", succeeded: false, text: escaped(message), json: { "" })
    return ScriptFailure(output: failed, message: message, number: number)
  }
}
