import Debugger

/// `printf "FORMAT", ARGUMENT…`, by values that the session shows.
enum PrintfCommand {
  static func run(_ context: CommandContext) async throws -> any CommandResult {
    let format = try PrintfFormat(parsing: try context.required("format-control string and values to print"))
    return PlainOutput(try await context.session.text(of: format.linePieces))
  }
}
