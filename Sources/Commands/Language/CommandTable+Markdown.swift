extension CommandTable {
  /// The table as the manual shows it, in Markdown: a section a category, subcommands behind their prefix.
  package var markdown: String {
    var lines: [String] = []
    for category in CommandDescriptor.Category.allCases {
      let rows = commands.filter { $0.category == category }.sorted { $0.name < $1.name }.flatMap(Self.rows)
      guard !rows.isEmpty else { continue }
      lines += ["### \(category.rawValue.prefix(1).uppercased() + category.rawValue.dropFirst())", ""]
      lines += ["| Command | Also | |", "|---|---|---|"] + rows + [""]
    }
    return lines.joined(separator: "\n")
  }

  private static func rows(_ command: CommandDescriptor) -> [String] {
    let aliases = command.aliases.map { "`\($0)`" }.joined(separator: " ")
    let row = "| `\(command.synopsis)` | \(aliases) | \(command.summary) |"
    // Bars would end the cell.
    let own = row.replacing(#/`[^`]*`/#) { $0.output.replacing("|", with: "\\|") }
    let parts = command.subcommands?.commands.sorted { $0.name < $1.name }.flatMap(rows) ?? []
    return [own] + parts
  }
}
