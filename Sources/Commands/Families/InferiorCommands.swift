import Debugger
import MachineModel

/// The processes and programs that are debugged, several at once.
enum InferiorCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "inferior", [], .running, "inferior [N]", "Use this command to switch between inferiors.",
      details: "Without N, tells which one is current. Commands are about its process and program.",
      arguments: [.number],
      handler: inferior)
  ]

  static let info = CommandDescriptor(
    "inferiors", [], .status, "info inferiors [N…]", "Print a list of inferiors being managed.",
    arguments: [.number], handler: list)

  private static func list(_ context: CommandContext) async throws -> any CommandResult {
    let ids = try NumberList.parse(context.arguments, naming: "inferior")
    let rows = await context.session.inferiorRows().filter { ids.isEmpty || ids.contains($0.id) }
    return InferiorList(inferiors: rows)
  }

  private static func inferior(_ context: CommandContext) async throws -> any CommandResult {
    if !context.arguments.isEmpty {
      let number = Int(truncatingIfNeeded: try await context.integer(context.arguments))
      try await context.session.selectInferior(number)
    }
    let rows = await context.session.inferiorRows()
    guard let row = rows.first(where: \.current) else { return Done() }
    guard !context.arguments.isEmpty else { return CurrentInferior(row: row) }
    let heading = "[Switching to inferior \(InferiorText.name(row))]"
    guard row.state == .stopped, let thread = try await context.session.threadRecords().first(where: \.current) else {
      return CurrentInferior(row: row, heading: heading)
    }
    return await context.interpreter.result(
      selecting: try await context.session.selectedFrame(),
      heading: heading + "\n[Switching to thread \(thread.number) (\(ThreadText.target(thread)))]")
  }

  /// `kill inferiors 1 2`, `detach inferiors 1`: carries `act` out for each; nil where the arguments are no such.
  static func each(
    _ context: CommandContext, _ verb: String, _ act: @Sendable (Int) async throws -> Void
  ) async throws -> (any CommandResult)? {
    let (word, rest) = context.arguments.firstWord
    guard word.count > 2, "inferiors".hasPrefix(word) else { return nil }
    guard !rest.isEmpty else { throw CommandError("Requires argument (inferior id(s) to \(verb))") }
    for number in try NumberList.parse(rest, naming: "inferior") {
      do {
        try await act(number)
      } catch let error as SessionError {
        guard case .refused(let reason) = error else { throw error }
        context.say("warning: \(reason)")
      }
    }
    return Done()
  }
}

/// `info inferiors`.
struct InferiorList: CommandResult, Equatable {
  let inferiors: [InferiorRow]

  var text: String {
    if inferiors.isEmpty { return "No inferiors." }
    let programs = inferiors.map { escapedName($0.program ?? "") }
    let width = max(17, programs.map(\.count).max() ?? 0)
    func line(_ mark: String, _ id: String, _ what: String, _ connection: String, _ program: String) -> String {
      "\(mark) \(padded(id, 4)) \(padded(what, 17)) \(padded(connection, 20)) \(padded(program, width)) "
    }
    var lines = [line(" ", "Num", "Description", "Connection", "Executable")]
    for (row, program) in zip(inferiors, programs) {
      let process = row.process.map { "process \($0)" }
      lines.append(
        line(row.current ? "*" : " ", "\(row.id)", process ?? "<null>", process == nil ? "" : "1 (native)", program))
      if let parent = row.vforkParent { lines.append("\tis vfork child of inferior \(parent)") }
      if let child = row.vforkChild { lines.append("\tis vfork parent of inferior \(child)") }
    }
    return lines.joined(separator: "\n")
  }
}

/// `inferior`, alone or with the number of one that has no stopped thread.
struct CurrentInferior: CommandResult, Equatable {
  let row: InferiorRow
  var heading: String?
  var text: String { heading ?? "[Current inferior is \(InferiorText.name(row))]" }
  func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }
}

enum InferiorText {
  /// `2 [process 4711] (/bin/true)`.
  static func name(_ row: InferiorRow) -> String {
    "\(row.id) [\(row.process.map { "process \($0)" } ?? "<null>")] (\(escapedName(row.program ?? "<noexec>")))"
  }
}
