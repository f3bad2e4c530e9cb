/// A command, as data: what the command bar, batch mode, completion, `help` and the generated documentation
/// know of it.
package struct CommandDescriptor: Sendable {
  /// The classes of `help`.
  package enum Category: String, CaseIterable, Sendable {
    case aliases, breakpoints, data, files, running, stack, status, support
    case userDefined = "user-defined"

    package var summary: String {
      switch self {
      case .aliases: "User-defined aliases of other commands."
      case .breakpoints: "Making program stop at certain points."
      case .data: "Examining data."
      case .files: "Specifying and examining files."
      case .running: "Running the program."
      case .stack: "Examining the stack."
      case .status: "Status inquiries."
      case .support: "Support facilities."
      case .userDefined: "User-defined commands."
      }
    }
  }

  /// What an empty line does after this command.
  package enum Repetition: Sendable {
    case never
    /// The same line again.
    case same
    /// The command alone: `list` and `x` go on where they ended.
    case withoutArguments
  }

  /// What an argument names, for completion.
  package enum ArgumentKind: Sendable, Equatable {
    /// `symbol`: a function, variable or type by its beginning; `type`: types first.
    case location, expression, symbol, type, file, directory, command, setting, register, infoTopic, text, number
    case word([String])
  }

  package typealias Handler = @Sendable (CommandContext) async throws -> any CommandResult

  /// Without the prefix (`locals` of `info locals`).
  package let name: String
  /// Other names, and the abbreviations that win over ambiguity (`b`, `n`).
  package let aliases: [String]
  package let category: Category
  /// `next [N]`.
  package let synopsis: String
  /// One line, ends with a full stop.
  package let summary: String
  /// What more `help` says; may be empty.
  package let details: String
  /// The kinds of its arguments in order; the last one repeats.
  package let arguments: [ArgumentKind]
  package let repetition: Repetition
  /// `/FMT` directly after the name belongs to the command, not to its arguments.
  package let takesFormat: Bool
  /// What it says where there is no process, and it needs one.
  package let withoutProcess: String
  /// Of a prefix command (`info`): what may follow.
  package let subcommands: CommandTable?
  package let handler: Handler

  package init(
    _ name: String, _ aliases: [String] = [], _ category: Category, _ synopsis: String, _ summary: String,
    details: String = "", arguments: [ArgumentKind] = [], repetition: Repetition = .never, takesFormat: Bool = false,
    withoutProcess: String = "The program is not being run.", subcommands: CommandTable? = nil,
    handler: @escaping Handler
  ) {
    self.name = name
    self.aliases = aliases
    self.category = category
    self.synopsis = synopsis
    self.summary = summary
    self.details = details
    self.arguments = arguments
    self.repetition = repetition
    self.takesFormat = takesFormat
    self.withoutProcess = withoutProcess
    self.subcommands = subcommands
    self.handler = handler
  }

  /// The same command with other subcommands.
  func with(subcommands: CommandTable) -> CommandDescriptor {
    CommandDescriptor(
      name, aliases, category, synopsis, summary, details: details, arguments: arguments, repetition: repetition,
      takesFormat: takesFormat, withoutProcess: withoutProcess, subcommands: subcommands, handler: handler)
  }

  /// What `help NAME` prints.
  package var help: String {
    var lines = [([name] + aliases).joined(separator: ", "), summary, "Usage: " + synopsis]
    if !details.isEmpty { lines.append(details) }
    return lines.joined(separator: "\n")
  }
}
