/// `help` and `apropos`, out of the table.
enum HelpCommand {
  private static let closing =
    "Type \"help\" followed by command name for full documentation.\n"
    + "Type \"apropos word\" to search for commands related to \"word\".\n"
    + "Command name abbreviations are allowed if unambiguous."

  static func help(_ context: CommandContext) async throws -> any CommandResult {
    let topic = context.arguments
    let state = await context.interpreter.state
    let table = context.interpreter.table
    if topic.isEmpty { return Message(classes) }
    if topic == "all" {
      return Message(CommandDescriptor.Category.allCases.map { list(of: $0, table, state) }.joined(separator: "\n\n"))
    }
    if let category = CommandDescriptor.Category(rawValue: topic) { return Message(list(of: category, table, state)) }
    guard let line = CommandLine(topic) else { return Message(classes) }
    if let command = state.userCommands[line.name] {
      return Message(command.documentation.isEmpty ? "User-defined." : command.documentation.joined(separator: "\n"))
    }
    if let meaning = state.aliases[line.name] { return Message("\(line.name) -- an alias of \"\(meaning)\".") }
    if case .found(let setting, rest: "") = SettingTable.match(line.rest), ["set", "show"].contains(line.name) {
      return Message("\(line.name) \(setting.name)\n\(setting.summary)")
    }
    let (command, _) = try await context.interpreter.resolve(line)
    guard let subcommands = command.subcommands else { return Message(command.help) }
    let rows = subcommands.commands.map { row($0, prefix: command.name + " ") }.sorted()
    return Message(
      command.help + "\n\nList of \(command.name) subcommands:\n\n" + rows.joined(separator: "\n") + "\n\n" + closing)
  }

  static func apropos(_ context: CommandContext) async throws -> any CommandResult {
    let word = try context.required("a word").lowercased()
    var rows: [String] = []
    func search(_ table: CommandTable, prefix: String) {
      for command in table.commands {
        if (prefix + command.name + " " + command.help).lowercased().contains(word) {
          rows.append(row(command, prefix: prefix))
        }
        if let subcommands = command.subcommands { search(subcommands, prefix: prefix + command.name + " ") }
      }
    }
    search(context.interpreter.table, prefix: "")
    for setting in SettingTable.all where (setting.name + setting.summary).lowercased().contains(word) {
      rows.append("set \(setting.name) -- \(setting.summary)")
    }
    return Lines(rows.sorted())
  }

  private static var classes: String {
    let rows = CommandDescriptor.Category.allCases.map { "\($0.rawValue) -- \($0.summary)" }
    return "List of classes of commands:\n\n" + rows.joined(separator: "\n")
      + "\n\nType \"help\" followed by a class name for a list of commands in that class.\n"
      + "Type \"help all\" for the list of all commands.\n" + closing
  }

  private static func list(
    of category: CommandDescriptor.Category, _ table: CommandTable, _ state: InterpreterState
  ) -> String {
    let rows: [String] =
      switch category {
      case .userDefined:
        state.userCommands.map { "\($0.key) -- \($0.value.documentation.first ?? "User-defined.")" }
      case .aliases: state.aliases.map { "\($0.key) -- \($0.value)" }
      default: table.commands.filter { $0.category == category }.map { row($0, prefix: "") }
      }
    return "\(category.summary)\n\nList of commands:\n\n" + rows.sorted().joined(separator: "\n")
  }

  private static func row(_ command: CommandDescriptor, prefix: String) -> String {
    ([command.name] + command.aliases).map { prefix + $0 }.joined(separator: ", ") + " -- " + command.summary
  }
}
