import Debugger
import HostFiles

/// Keeping what was set up for another time.
enum SaveCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "save", [], .breakpoints, "save breakpoints FILE", "Save breakpoint definitions as a script.",
      arguments: [.word(["breakpoints"])], subcommands: CommandTable([breakpoints]),
      handler: { _ in throw CommandError("\"save\" must be followed by the name of a save command: breakpoints.") })
  ]

  private static let breakpoints = CommandDescriptor(
    "breakpoints", [], .breakpoints, "save breakpoints FILE", "Save current breakpoint definitions as a script.",
    details: "All kinds are saved, with their conditions, ignore counts and commands. \"source FILE\" makes them anew.",
    arguments: [.file],
    handler: { context in
      let path = HostPath.expandingHome(try context.required("file name in which to save"))
      let breakpoints = await context.session.breakpoints()
      guard !breakpoints.isEmpty else { return Message("Nothing to save.") }
      let text = BreakpointScript(breakpoints).lines.map { $0 + "\n" }.joined()
      do throws(FileError) {
        try HostFile.replace(path, with: Array(text.utf8))
      } catch {
        throw CommandError("Unable to open file '\(path)' for saving (\(error.words))")
      }
      return Message("Saved to file '\(path)'.")
    })
}
