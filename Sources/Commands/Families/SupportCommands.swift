import Debugger
import Glibc

/// Help, scripts, and what concerns sdb itself.
enum SupportCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "help", ["h"], .support, "help [CLASS | COMMAND]", "Print list of commands.", arguments: [.command],
      handler: HelpCommand.help),
    CommandDescriptor(
      "apropos", [], .support, "apropos WORD", "Search for commands matching a word.", arguments: [.text],
      handler: HelpCommand.apropos),
    CommandDescriptor(
      "source", [], .support, "source FILE", "Read commands from a file named FILE.", arguments: [.file],
      handler: source),
    CommandDescriptor(
      "define", [], .support, "define NAME", "Define a new command name.  Command name is argument.",
      details:
        "The lines that follow, up to \"end\", are the commands. $arg0, $arg1 … and $argc stand for its arguments.",
      handler: { _ in throw CommandError("\"define\" belongs on a line of its own.") }),
    CommandDescriptor(
      "document", [], .support, "document NAME", "Document a user-defined command.",
      details: "The lines that follow, up to \"end\", are its help.",
      handler: { _ in throw CommandError("\"document\" belongs on a line of its own.") }),
    CommandDescriptor(
      "if", [], .support, "if EXPRESSION", "Execute nested commands once IF the conditional expression is non zero.",
      details: "The commands follow, up to \"else\" or \"end\".",
      handler: { _ in throw CommandError("\"if\" belongs on a line of its own.") }),
    CommandDescriptor(
      "while", [], .support, "while EXPRESSION",
      "Execute nested commands WHILE the conditional expression is non zero.",
      details: "The commands follow, up to \"end\". \"loop_break\" leaves, \"loop_continue\" begins the next round.",
      handler: { _ in throw CommandError("\"while\" belongs on a line of its own.") }),
    CommandDescriptor(
      "alias", [], .support, "alias NAME = COMMAND [ARGUMENT…]", "Define a new command that is an alias of another.",
      arguments: [.text, .command], handler: alias),
    CommandDescriptor(
      "shell", [], .support, "shell [COMMAND]", "Execute the rest of the line as a shell command.",
      details: "\"!COMMAND\" is the same.", arguments: [.file], handler: shell),
    CommandDescriptor(
      "complete", [], .support, "complete TEXT", "List the completions for the rest of the line as a command.",
      arguments: [.command], handler: complete),
    CommandDescriptor(
      "quit", ["q", "exit"], .support, "quit [STATUS]", "Exit sdb.", arguments: [.number], handler: quit),
  ]

  private static func source(_ context: CommandContext) async throws -> any CommandResult {
    var file = try context.required("the name of the file to source")
    for option in ["-v ", "-s "] where file.hasPrefix(option) { file = file.dropFirst(2).trimmed }
    let quitting = try await context.interpreter.source(file, depth: context.depth, emit: context.emit)
    return quitting.map { Quitting(status: $0.exitStatus) } ?? Done()
  }

  private static func alias(_ context: CommandContext) async throws -> any CommandResult {
    let parts = context.arguments.split(separator: "=", maxSplits: 1).map { $0.trimmed }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw CommandError("Usage: alias NAME = COMMAND [ARGUMENT…]")
    }
    let name = parts[0].words.filter { !$0.hasPrefix("-") }.joined(separator: " ")
    try await context.interpreter.alias(name, meaning: parts[1])
    return Done()
  }

  private static func shell(_ context: CommandContext) async throws -> any CommandResult {
    try ShellCommand.run(context.arguments, output: context.interpreter.options.shellOutput)
  }

  private static func complete(_ context: CommandContext) async throws -> any CommandResult {
    let line = context.arguments
    let found = await context.interpreter.completions(for: line, cursor: line.count)
    let stem = line.prefix(found.replaced.lowerBound)
    return Lines(found.candidates.map { stem + $0.text })
  }

  private static func quit(_ context: CommandContext) async throws -> any CommandResult {
    let status =
      context.arguments.isEmpty ? nil : Int32(truncatingIfNeeded: try await context.integer(context.arguments))
    let active = await context.session.inferiorRows().compactMap { row in
      row.process.map { "\tInferior \(row.id) [process \($0)] will be \(row.isAttached ? "detached" : "killed").\n" }
    }
    if !active.isEmpty {
      let question = "A debugging session is active.\n\n\(active.joined())\nQuit anyway?"
      guard await context.confirms(question) else { throw CommandError("Not confirmed.") }
    }
    return Quitting(status: status)
  }
}
