import DebugInfo
import Debugger
import Glibc
import HostFiles

/// `set`, `show`, `unset` and what goes with them.
enum SettingCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "set", [], .data, "set SETTING VALUE | set [var] EXPRESSION",
      "Evaluate expression EXP and assign result to variable VAR, or change a setting.",
      details: "\"set var EXPRESSION\" is never taken for a setting. \"set args\", \"set environment NAME=VALUE\" and\n"
        + "\"set cwd DIRECTORY\" say how the program is started. \"show\" lists all settings.",
      arguments: [.setting, .expression], handler: set),
    CommandDescriptor(
      "show", [], .status, "show [SETTING]", "Generic command for showing things about the debugger.",
      arguments: [.setting], handler: show),
    CommandDescriptor(
      "unset", [], .data, "unset environment [NAME] | unset substitute-path [FROM]",
      "Complement to certain \"set\" commands.", arguments: [.word(["environment", "substitute-path"])], handler: unset),
    CommandDescriptor(
      "cd", [], .files, "cd [DIRECTORY]", "Set working directory to DIR, for sdb and the program to start.",
      arguments: [.directory], handler: changeDirectory),
    CommandDescriptor(
      "pwd", [], .files, "pwd", "Print working directory.",
      handler: { _ in Message("Working directory \(HostPath.workingDirectory ?? "?").") }),
    CommandDescriptor(
      "tty", ["inferior-tty"], .running, "tty TERMINAL", "Set terminal for future runs of program being debugged.",
      arguments: [.file],
      handler: { context in
        let terminal = try context.required("filename to set it to")
        await context.session.configureLaunch { $0.terminal = terminal }
        return Done()
      }),
  ]

  // MARK: set

  private static func set(_ context: CommandContext) async throws -> any CommandResult {
    let arguments = try context.required("expression to compute")
    let (word, rest) = arguments.firstWord
    if word.count > 2, "variable".hasPrefix(word), !rest.hasPrefix("=") { return try await assign(rest, context) }
    switch word {
    case "args":
      let parsed = try ProgramArguments(parsing: rest)
      await context.session.configureLaunch { parsed.apply(to: &$0) }
      return Done()
    case "cwd":
      await context.session.configureLaunch { $0.directory = rest.isEmpty ? nil : HostPath.expandingHome(rest) }
      return Done()
    case "inferior-tty", "tty":
      await context.session.configureLaunch { $0.terminal = rest.isEmpty ? nil : rest }
      return Done()
    case "env", "environment": return try await setEnvironment(rest, context)
    case "directories": return await FileCommands.setDirectories(rest, context)
    case "substitute-path": return try await FileCommands.substitute(rest, context)
    default: break
    }
    // `x = 3` is an assignment whatever setting begins with x; `x=3` is one word.
    let isAssignment = rest.hasPrefix("=") && !rest.hasPrefix("==") || word.contains { !($0.isLetter || $0 == "-") }
    if !isAssignment {
      switch SettingTable.match(arguments) {
      case .found(let setting, let value): return try await change(setting, to: value, context)
      case .ambiguous(let names):
        throw CommandError("Ambiguous set command \"\(arguments)\": \(names.joined(separator: ", ")).")
      case .unknown(let group, let rest) where !group.isEmpty:
        throw CommandError(undefined("set", group: group, rest: rest, arguments))
      case .unknown: break
      }
    }
    do {
      return try await assign(arguments, context)
    } catch let error as SessionError {
      // Who wrote no assignment may have meant a setting.
      guard !isAssignment, let nearest = SettingTable.nearest(to: arguments) else { throw error }
      throw CommandError("\(error)\nDid you mean \"set \(nearest)\"?")
    }
  }

  private static func undefined(_ command: String, group: String, rest: String, _ text: String) -> String {
    let place = group.isEmpty ? command : "\(command) \(group)"
    let hint = SettingTable.nearest(to: text).map { "  Did you mean \"\(command) \($0)\"?" } ?? ""
    return "Undefined \(place) command: \"\(rest)\".  Try \"help \(place)\"." + hint
  }

  private static func assign(_ expression: String, _ context: CommandContext) async throws -> any CommandResult {
    guard !expression.isEmpty else { throw CommandError("Argument required (expression to compute).") }
    _ = try await context.session.evaluate(expression)
    return Done()
  }

  private static func change(_ setting: Setting, to text: String, _ context: CommandContext) async throws
    -> any CommandResult
  {
    var text = text
    if case .count = setting.kind, text.contains(where: { $0.isLetter }), !"unlimited".hasPrefix(text) {
      text = String(try await context.integer(text))
    }
    let value = try setting.normalize(text)
    var store = await store(context)
    setting.write(&store, value)
    let changed = store
    await context.session.update { $0 = changed.session }
    await context.interpreter.update { $0.preferences = changed.preferences }
    return Done()
  }

  private static func store(_ context: CommandContext) async -> Setting.Store {
    Setting.Store(
      session: await context.session.settings, preferences: await context.interpreter.state.preferences)
  }

  private static func setEnvironment(_ text: String, _ context: CommandContext) async throws -> any CommandResult {
    guard !text.isEmpty else { throw CommandError("Argument required (environment variable and value).") }
    let name = text.prefix { $0 != "=" && !$0.isWhitespace }
    guard !name.isEmpty else { throw CommandError("Argument required (environment variable to set).") }
    var value = text.dropFirst(name.count).trimmed
    if value.hasPrefix("=") { value = value.dropFirst().trimmed }
    let change = (name: String(name), value: value)
    await context.session.configureLaunch { launch in
      launch.environment.removeAll { $0.name == change.name }
      launch.environment.append((change.name, change.value))
    }
    return value.isEmpty
      ? Message("Setting environment variable \"\(name)\" to null value.") : Done()
  }

  // MARK: show, unset

  private static func show(_ context: CommandContext) async throws -> any CommandResult {
    let (word, rest) = context.arguments.firstWord
    let launch = await context.session.launch
    switch word {
    case "": return try await showAll(context)
    case "args":
      return Message(
        "Argument list to give program being debugged when it is started is \"\(ProgramArguments.quote(launch))\".")
    case "env", "environment": return environment(rest, launch)
    case "cwd":
      return Message(
        launch.directory.map { "Current working directory that will be used when starting the inferior is \"\($0)\"." }
          ?? "You have not set the inferior's current working directory.\nThe inferior will inherit sdb's cwd.")
    case "inferior-tty", "tty":
      return Message("Terminal for future runs of program being debugged is \"\(launch.terminal ?? "")\".")
    case "version": return Message(SdbVersion.text)
    case "values": return try await values(context, rest)
    case "user": return await userCommands(context, rest)
    case "directories": return await FileCommands.shownDirectories(context)
    case "substitute-path": return await FileCommands.shownSubstitutions(context)
    case "convenience": throw CommandError("Convenience variables can be printed by name only.")
    default: break
    }
    switch SettingTable.match(context.arguments) {
    case .found(let setting, _):
      let store = await store(context)
      if setting.name == "language" { return await language(setting, store.session.language, context) }
      return SettingResult(setting: setting, value: setting.read(store))
    case .ambiguous(let names):
      throw CommandError("Ambiguous show command \"\(context.arguments)\": \(names.joined(separator: ", ")).")
    case .unknown(let group, let rest):
      throw CommandError(undefined("show", group: group, rest: rest, context.arguments))

    }
  }

  /// What `auto` comes to is told, and a choice that the frame does not share.
  private static func language(
    _ setting: Setting, _ choice: LanguageChoice, _ context: CommandContext
  ) async -> any CommandResult {
    let frame = try? await context.session.frameLanguage()
    guard let source = choice.source else {
      return SettingResult(setting: setting, value: "auto; currently \((frame ?? .c).rawValue)")
    }
    var result = SettingResult(setting: setting, value: choice.rawValue)
    if let frame, frame != source { result.note = "Warning: the current language does not match this frame." }
    return result
  }

  private static func showAll(_ context: CommandContext) async throws -> any CommandResult {
    let store = await store(context)
    return Lines(SettingTable.all.map { "\($0.name):  \($0.shown($0.read(store)))" }.sorted())
  }

  private static func environment(_ name: String, _ launch: LaunchConfiguration) -> any CommandResult {
    let variables = launch.resultingEnvironment
    guard !name.isEmpty else { return Lines(variables.map { String(decoding: $0.entry, as: UTF8.self) }) }
    guard let variable = variables.last(where: { $0.name == name }) else {
      return Message("Environment variable \"\(name)\" not defined.")
    }
    return Message("\(name) = \(String(decoding: variable.entry.dropFirst(name.utf8.count + 1), as: UTF8.self))")
  }

  private static func values(_ context: CommandContext, _ rest: String) async throws -> any CommandResult {
    // As gdb has it: the last ten, or the ten around the one asked for.
    let last = await context.session.lastHistoryNumber
    let first = rest.isEmpty ? last - 9 : Int(truncatingIfNeeded: try await context.integer(rest)) - 5
    var lines: [String] = []
    for number in max(1, first)...max(1, min(last, first &+ 9)) where number <= last {
      lines.append("$\(number) = \(try await context.session.evaluate("$\(number)").variable.value)")
    }
    return Lines(lines)
  }

  private static func userCommands(_ context: CommandContext, _ name: String) async -> any CommandResult {
    let commands = await context.interpreter.state.userCommands
    return Lines(
      commands.filter { name.isEmpty || $0.key == name }.sorted { $0.key < $1.key }.flatMap { name, command in
        ["User command \"\(name)\":"] + command.body.map { "  " + $0 } + [""]
      })
  }

  private static func unset(_ context: CommandContext) async throws -> any CommandResult {
    let (word, name) = context.arguments.firstWord
    if word.hasPrefix("sub"), "substitute-path".hasPrefix(word) {
      return try await FileCommands.removeSubstitutions(name, context)
    }
    guard !word.isEmpty, "environment".hasPrefix(word) else {
      throw CommandError("\"unset\" must be followed by the name of an unset command: environment, substitute-path.")
    }
    guard !name.isEmpty else {
      guard await context.confirms("Delete all environment variables?") else { throw CommandError("Not confirmed.") }
      await context.session.configureLaunch { launch in
        launch.environment += launch.resultingEnvironment.map { ($0.name, nil) }
      }
      return Done()
    }
    await context.session.configureLaunch { launch in
      launch.environment.removeAll { $0.name == name }
      launch.environment.append((name, nil))
    }
    return Done()
  }

  // MARK: Files

  private static func changeDirectory(_ context: CommandContext) async throws -> any CommandResult {
    let folder = HostPath.expandingHome(context.arguments.isEmpty ? "~" : context.arguments)
    guard chdir(folder) == 0 else { throw CommandError("\(folder): \(errorText(errno)).") }
    return Message("Working directory \(HostPath.workingDirectory ?? folder).")
  }
}

/// `show SETTING`.
struct SettingResult: CommandResult {
  let setting: Setting
  let value: String
  /// What is to be said besides.
  var note: String?
  var text: String { setting.shown(value) + (note.map { "\n" + $0 } ?? "") }
  private enum CodingKeys: CodingKey { case setting, value }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(setting.name, forKey: .setting)
    try container.encode(value, forKey: .value)
  }
}
