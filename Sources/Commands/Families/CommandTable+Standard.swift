extension CommandTable {
  /// All commands of the native debugger.
  package static let standard = CommandTable(
    RunningCommands.all + InferiorCommands.all + SignalCommands.all + ThreadCommands.all + SteppingCommands.all
      + BreakpointCommands.all
      + WatchCommands.all + CatchCommands.all + LogCommands.all + SaveCommands.all + ProbeCommands.all
      + StackCommands.all
      + DataCommands.all
      + DisplayCommands.all + SourceCommands.all + SymbolCommands.all + FileCommands.all + SettingCommands.all
      + SupportCommands.all
      + FormatterCommands.all + [info])

  private static let info = CommandDescriptor(
    "info", ["i", "inf"], .status, "info TOPIC", "Generic command for showing things about the program being debugged.",
    arguments: [.infoTopic],
    subcommands: CommandTable(
      [BreakpointCommands.info, DisplayCommands.info] + StackCommands.info + DataCommands.info + SourceCommands.info
        + SymbolCommands.info + ProcessCommands.info + [
          ThreadCommands.info, InferiorCommands.info, SignalCommands.info, FormatterCommands.info,
        ] + ProbeCommands.info),
    handler: { context in
      let rows = context.command.subcommands?.commands.map { "info \($0.name) -- \($0.summary)" } ?? []
      return Message(
        "List of info subcommands:\n\n" + rows.sorted().joined(separator: "\n")
          + "\n\nType \"help info\" followed by info subcommand name for full documentation.\n"
          + "Type \"apropos word\" to search for commands related to \"word\".\n"
          + "Command name abbreviations are allowed if unambiguous.")
    })
}
