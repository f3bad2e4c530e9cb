import DebugInfo
import Debugger
import MachineModel
import Synchronization

/// The process's threads.
enum ThreadCommands {
  private static let flags =
    "Flags: -q says no headings, -c goes on after errors, -s also leaves threads out whose output is empty or an error;\n"
    + "-ascending begins with the first thread."

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "thread", ["t"], .running, "thread [N | I.N | NAME | apply … | find REGEXP | name [NAME]]",
      "Use this command to switch between threads.",
      details:
        "\"thread apply all [FLAG…] COMMAND\" carries the command out for each thread, \"thread apply 1 3-5 COMMAND\" for\n"
        + "those. \(flags)\n"
        + "\"thread find REGEXP\" tells the threads whose name or id matches; \"thread name NAME\" gives the selected one a name.",
      arguments: [.word(["apply", "find", "name"]), .command], repetition: .same,
      withoutProcess: "No thread selected", handler: thread),
    CommandDescriptor(
      "taas", [], .running, "taas [FLAG…] COMMAND",
      "Apply a command to all threads (ignoring errors and empty output).", details: flags, arguments: [.command],
      withoutProcess: "No threads.", handler: { try await apply($0, "all -s \($0.arguments)") }),
  ]

  static let info = CommandDescriptor(
    "threads", ["th"], .status, "info threads [N… | I.N… | I.*]", "Display currently known threads.",
    arguments: [.number],
    withoutProcess: "No threads.", handler: list)

  private static func list(_ context: CommandContext) async throws -> any CommandResult {
    let list = try ThreadList(context.arguments, current: await context.session.inferiorNumber)
    let threads = try await context.session.allThreads()
    let chosen = list.isEmpty ? threads : threads.filter(list.contains)
    guard !chosen.isEmpty || list.isEmpty else {
      throw CommandError("No threads match '\(context.arguments)'.")
    }
    return ThreadTable(threads: chosen)
  }

  private static func thread(_ context: CommandContext) async throws -> any CommandResult {
    let (word, rest) = context.arguments.firstWord
    switch word {
    case "apply": return try await apply(context, rest)
    case "find": return try await find(context, rest)
    case "name":
      try await context.session.nameThread(rest.isEmpty ? nil : rest)
      return Done()
    case "":
      guard let row = try await context.session.threads().first(where: \.current) else {
        throw CommandError("No thread selected")
      }
      return CurrentThread(row: row)
    default:
      let (inferior, number) = try await number(of: context.arguments, context)
      let row = try await context.session.selectThread(number, ofInferior: inferior)
      let heading = "[Switching to thread \(row.number) (\(ThreadText.target(row)))]"
      return await context.interpreter.result(selecting: try await context.session.selectedFrame(), heading: heading)
    }
  }

  /// A thread is named by its number, also with its inferior's (`2.1`), an expression for that, or by its name.
  private static func number(of text: String, _ context: CommandContext) async throws -> (inferior: Int, thread: Int) {
    let current = await context.session.inferiorNumber
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    if parts.allSatisfy({ $0 > 0 }), parts.count <= 2 {
      return (parts.count == 2 ? parts[0] : current, parts[parts.count - 1])
    }
    if text.hasPrefix("$") { return (current, Int(truncatingIfNeeded: try await context.integer(text))) }
    let named = try await context.session.threadRecords().filter { $0.name == text }
    guard let only = named.first else { throw CommandError("Invalid thread ID: \(text)") }
    guard named.count == 1 else {
      let numbers = named.map { String($0.id) }.joined(separator: " ")
      throw CommandError("Several threads have the name \"\(text)\": \(numbers)")
    }
    return (current, only.id)
  }

  private static func find(_ context: CommandContext, _ text: String) async throws -> any CommandResult {
    guard !text.isEmpty else { throw CommandError("Argument required (a regexp).") }
    let pattern: NamePattern
    do {
      pattern = try NamePattern(text)
    } catch {
      throw CommandError("Invalid regexp (\(error.reason)): \(text)")
    }
    var lines: [String] = []
    for row in try await context.session.threadRecords() {
      if pattern.matches(row.name) { lines.append("Thread \(row.number) has name '\(row.name)'") }
      let target = "LWP \(row.tid)"
      if pattern.matches(target) { lines.append("Thread \(row.number) has target id '\(target)'") }
    }
    return Lines(lines.isEmpty ? ["No threads match '\(text)'"] : lines)
  }

  /// `thread apply all|N… [FLAG…] COMMAND`: the selected thread and frame are as before afterwards.
  private static func apply(_ context: CommandContext, _ text: String) async throws -> any CommandResult {
    var words = text.words[...]
    let current = await context.session.inferiorNumber
    let threads = try await context.session.allThreads()
    var chosen: [ThreadRow] = []
    var (isAll, isQuiet, goesOn, isSilent) = (false, false, false, false)
    words: while let word = words.first {
      switch word {
      // As gdb does: all of them, the youngest first.
      case "all": (isAll, chosen) = (true, threads.reversed())
      case "-q": isQuiet = true
      case "-c": goesOn = true
      case "-s": (isSilent, goesOn) = (true, true)
      case "-ascending" where isAll: chosen = threads
      case _ where word.first?.isNumber == true:
        chosen += threads.filter(try ThreadList(word, current: current).contains)
      default: break words
      }
      words = words.dropFirst()
    }
    let command = words.joined(separator: " ")
    guard !command.isEmpty else { throw CommandError("Please specify a command to apply on the selected threads") }
    guard let before = threads.first(where: \.current)?.id else { throw SessionError.notRunning }
    let level = try await context.session.selectedFrame().level
    for row in chosen {
      _ = try await context.session.selectThread(row.id, ofInferior: row.inferior ?? current)
      let said = Said()
      let output = await context.interpreter.execute(command, depth: context.depth + 1, isRepetition: false) {
        said.append($0)
      }
      let outputs = said.take() + [output]
      let isEmpty = outputs.allSatisfy(\.text.isEmpty)
      if isSilent, isEmpty || !output.succeeded { continue }
      if !isQuiet { context.say("\nThread \(row.number) (\(ThreadText.target(row))):") }
      outputs.forEach(context.emit)
      if !output.succeeded, !goesOn { break }
    }
    // A command may have moved the program, or ended it.
    guard case .stopped = await context.session.state else { return Done() }
    _ = try await context.session.selectThread(before, ofInferior: current)
    _ = try await context.session.selectFrame(level)
    return Done()
  }
}

/// What a command says while it is carried out, kept until it is known whether anybody is to hear it.
private final class Said: Sendable {
  private let outputs = Mutex<[CommandOutput]>([])
  func append(_ output: CommandOutput) { outputs.withLock { $0.append(output) } }
  func take() -> [CommandOutput] { outputs.withLock { $0 } }
}

/// `thread` alone: the selected thread.
struct CurrentThread: CommandResult, Equatable {
  let row: ThreadRow
  var text: String { "[Current thread is \(row.number) (\(ThreadText.target(row)))]" }
  func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }
}
