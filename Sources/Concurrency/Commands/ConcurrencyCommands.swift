package import Commands
import DebugInfo
import Debugger

/// The commands of this room.
package enum ConcurrencyCommands {
  /// The table with them, and with `bt -parallel`.
  /// - Parameter survey: that of the session which the commands are to be carried out on.
  package static func added(to table: CommandTable, survey: ConcurrencySurvey) -> CommandTable {
    var commands = [concurrency(survey)]
    if case .found(let backtrace) = table.lookUp("backtrace") { commands.append(parallel(extending: backtrace)) }
    return table.adding(commands, topics: [locks(survey), deadlocks(survey), processes])
  }

  private static func concurrency(_ survey: ConcurrencySurvey) -> CommandDescriptor {
    CommandDescriptor(
      "concurrency", [], .status, "concurrency [-state STATE] [-file TEXT] [REGEXP]",
      "What each thread does and waits for.",
      details:
        "Each thread with the innermost frame in your own code, its part of what all have used of the processor since you last\n"
        + "looked, its time so far, and the lock, thread or system call that\n"
        + "it waits for. REGEXP chooses threads by name, -file by a part of that frame's file, -state by what they do:\n"
        + ThreadActivity.State.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      arguments: [.word(["-state", "-file"])], withoutProcess: "No threads.", handler: { try await list($0, survey) })
  }

  private static func locks(_ survey: ConcurrencySurvey) -> CommandDescriptor {
    CommandDescriptor(
      "locks", [], .status, "info locks", "Locks that threads wait for, who has them, and who waits.",
      details:
        "Mutexes, read-write locks, condition variables, semaphores and barriers of pthreads, what the C++ and Rust libraries\n"
        + "make of them, and futexes. Where a lock does not record who has it, that is inferred from guards on the stacks and from\n"
        + "calls that were made, and said to be.",
      withoutProcess: "No threads.", handler: { _ in LockList(locks: try await survey.snapshot().locks) })
  }

  private static func deadlocks(_ survey: ConcurrencySurvey) -> CommandDescriptor {
    CommandDescriptor(
      "deadlocks", [], .status, "info deadlocks", "Threads that wait for each other in a circle.",
      details: "Each with what it waits for, who has that, and where it waits.", withoutProcess: "No threads.",
      handler: { _ in
        let snapshot = try await survey.snapshot()
        let unknown = snapshot.locks.filter { $0.note != nil && $0.holders.isEmpty }
        return DeadlockList(deadlocks: snapshot.deadlocks, unknownHolders: unknown.count)
      })
  }

  private static let processes = CommandDescriptor(
    "processes", [], .status, "info processes", "The process, and those that it has started, with what each does.",
    withoutProcess: "No process.",
    handler: { context in
      guard let tree = await ProcessTree(debuggedBy: context.session) else {
        throw SessionError.notRunning
      }
      return ProcessList(tree: tree)
    })

  private static func parallel(extending backtrace: CommandDescriptor) -> CommandDescriptor {
    CommandDescriptor(
      backtrace.name, backtrace.aliases, backtrace.category, "bt [-full] [-limit N] [-parallel [-all]] [full] [N]",
      backtrace.summary,
      details: backtrace.details
        + "\nWith -parallel, the stacks of all threads, equal ones merged into a tree with the numbers of "
        + "their threads; frames that only the\nlibrary has to do with are left out, with -all they are not.",
      arguments: [.word(["-full", "-limit", "-parallel", "full"])], repetition: backtrace.repetition,
      takesFormat: backtrace.takesFormat, withoutProcess: backtrace.withoutProcess, subcommands: backtrace.subcommands,
      handler: { context in
        let words = context.arguments.words
        guard let word = words.first, word.count > 1, "-parallel".hasPrefix(word) else {
          return try await backtrace.handler(context)
        }
        let rest = words.dropFirst()
        guard rest.isEmpty || Array(rest) == ["-all"] else {
          throw CommandError("Junk after -parallel: \(rest.joined(separator: " "))")
        }
        return ParallelStacks(StackTree(try await context.session.threadStacks(), folded: rest.isEmpty))
      })
  }

  private static func list(_ context: CommandContext, _ survey: ConcurrencySurvey) async throws -> any CommandResult {
    let filter = try ActivityFilter(context.arguments)
    let threads = try await survey.snapshot().threads.filter(filter.accepts)
    if threads.isEmpty, !context.arguments.isEmpty { throw CommandError("No threads match '\(context.arguments)'.") }
    return ThreadActivityTable(threads: threads)
  }
}
