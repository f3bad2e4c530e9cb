import Configuration

/// Commands by name. Looks names up as gdb does: whole names first, then unambiguous beginnings.
package struct CommandTable: Sendable {
  /// What a name, whole or abbreviated, stands for.
  package enum Lookup: Sendable {
    case found(CommandDescriptor)
    /// The names that it may stand for, sorted.
    case ambiguous([String])
    case unknown
  }

  package let commands: [CommandDescriptor]
  /// Index into `commands` by each name and alias.
  private let indices: [String: Int]

  package init(_ commands: [CommandDescriptor]) {
    self.commands = commands
    var indices: [String: Int] = [:]
    for (index, command) in commands.enumerated() {
      for name in [command.name] + command.aliases where indices[name] == nil { indices[name] = index }
    }
    self.indices = indices
  }

  /// With the commands of another room, and its topics of `info`. One whose name is there already takes that one's place.
  package func adding(_ added: [CommandDescriptor], topics: [CommandDescriptor] = []) -> CommandTable {
    let names = Set(added.map(\.name))
    let kept = commands.filter { !names.contains($0.name) }.map { command in
      guard command.name == "info", !topics.isEmpty, let subcommands = command.subcommands else { return command }
      return command.with(subcommands: subcommands.adding(topics))
    }
    return CommandTable(kept + added)
  }

  /// A whole name or alias wins over what it abbreviates.
  package func lookUp(_ name: String) -> Lookup {
    if let index = indices[name] { return .found(commands[index]) }
    guard !name.isEmpty else { return .unknown }
    let matches = indices.filter { $0.key.hasPrefix(name) }
    let distinct = Set(matches.values)
    if distinct.count == 1, let index = distinct.first { return .found(commands[index]) }
    return distinct.isEmpty ? .unknown : .ambiguous(matches.keys.sorted())
  }

  /// Names (not the short aliases) that begin with `prefix`, with their commands, sorted.
  package func completions(prefix: String) -> [(name: String, command: CommandDescriptor)] {
    indices.filter { $0.key.hasPrefix(prefix) && ($0.key.count > 2 || $0.key == commands[$0.value].name) }
      .map { ($0.key, commands[$0.value]) }
      .sorted { $0.0 < $1.0 }
  }

  /// The known name that `name` most likely meant: within two edits, and nearer than half its length; or nil.
  package func nearest(to name: String) -> String? {
    // A line without a blank may be megabytes long.
    guard name.utf8.count <= 64 else { return nil }
    let candidates = indices.keys.filter { $0.count > 2 }.map { ($0, editDistance($0, name)) }
    let best = candidates.min { ($0.1, $0.0) < ($1.1, $1.0) }
    guard let best, best.1 <= 2, best.1 * 2 < name.count else { return nil }
    return best.0
  }
}
