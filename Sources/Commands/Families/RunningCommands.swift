package import Debugger
package import MachineModel

/// Starting and ending the program.
enum RunningCommands {
  private static let redirections =
    "Arguments may be quoted as in a shell, and redirected: < FILE, > FILE, >> FILE, 2> FILE. Nothing else is\n"
    + "expanded. They are kept for the next run; \"set args\" alone empties them."

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "run", ["r"], .running, "run [ARGUMENT…]", "Start debugged program.", details: redirections,
      arguments: [.file], handler: { try await launch($0, stopAt: .none) }),
    CommandDescriptor(
      "start", [], .running, "start [ARGUMENT…]",
      "Start the debugged program stopping at the beginning of the main procedure.", details: redirections,
      arguments: [.file], handler: { try await launch($0, stopAt: .main) }),
    CommandDescriptor(
      "starti", [], .running, "starti [ARGUMENT…]", "Start the debugged program stopping at the first instruction.",
      details: redirections, arguments: [.file], handler: { try await launch($0, stopAt: .entry) }),
    CommandDescriptor(
      "continue", ["c", "fg"], .running, "continue [N]", "Continue program being debugged, after signal or breakpoint.",
      details: "With N, the breakpoint that the program stands at is passed over N - 1 times.",
      arguments: [.number], repetition: .same, handler: proceed),
    CommandDescriptor(
      "kill", ["k"], .running, "kill | kill inferiors N…", "Kill execution of program being debugged.",
      arguments: [.word(["inferiors"]), .number], handler: kill),
    CommandDescriptor(
      "attach", [], .running, "attach PID", "Attach to a running process.",
      details: "All its threads stop. It goes on, as if nothing had been, after \"detach\" and when sdb ends.",
      arguments: [.number], handler: attach),
    CommandDescriptor(
      "detach", [], .running, "detach | detach inferiors N…",
      "Detach the process from the debugger; it goes on by itself.", arguments: [.word(["inferiors"]), .number],
      handler: detach),
  ]

  private static func launch(_ context: CommandContext, stopAt: LaunchStop) async throws -> any CommandResult {
    let session = context.session
    if await session.state != .none {
      let question = "The program being debugged has been started already.\nStart it from the beginning?"
      guard await context.confirms(question) else { throw CommandError("Program not restarted.") }
      try await session.kill()
    }
    guard let program = await session.program else {
      throw CommandError("No executable file specified.\nUse the \"file\" command.")
    }
    if !context.arguments.isEmpty {
      let arguments = try ProgramArguments(parsing: context.arguments)
      await session.configureLaunch { arguments.apply(to: &$0) }
    }
    if context.isInteractive {
      context.say("Starting program: \(program) \(ProgramArguments.quote(await session.launch))")
    }
    guard stopAt == .main else { return await context.report(try await session.run(stopAt: stopAt)) }
    let breakpoint = try await session.addBreakpoint(.function("main"), isTemporary: true)
    context.say(BreakpointMade(breakpoint).text)
    return await context.report(try await session.run(stopAt: .none))
  }

  private static func proceed(_ context: CommandContext) async throws -> any CommandResult {
    let count = try await context.count()
    guard count > 0 else { throw CommandError("A count of hits must be positive.") }
    if context.isInteractive {
      let passes = count > 1 ? "Will ignore next \(count - 1) crossings of this breakpoint.  " : ""
      context.say(passes + "Continuing.")
    }
    return await context.report(try await context.session.proceed(.continue, count: count))
  }

  private static func kill(_ context: CommandContext) async throws -> any CommandResult {
    let session = context.session
    if let result = try await InferiorCommands.each(context, "kill", { try await session.kill(inferior: $0) }) {
      return result
    }
    guard let pid = await context.session.state.process else { throw SessionError.notRunning }
    guard await context.confirms("Kill the program being debugged?") else { throw CommandError("Not confirmed.") }
    let inferior = await context.session.inferiorNumber
    try await context.session.kill()
    return Message("[Inferior \(inferior) (process \(pid)) killed]")
  }

  private static func attach(_ context: CommandContext) async throws -> any CommandResult {
    let text = try context.required("process-id to attach")
    guard let process = Int32(text) else { throw CommandError("Illegal process-id: \(text).") }
    if await context.session.state != .none {
      let verb = await context.session.isAttached ? "Detach from" : "Kill"
      guard await context.confirms("A program is being debugged already.  \(verb) it?") else {
        throw CommandError("Not killed.")
      }
      if await context.session.isAttached {
        try await context.session.detach()
      } else {
        try await context.session.kill()
      }
    }
    let program = await context.session.program
    context.say("Attaching to \(program.map { "program: \($0), " } ?? "")process \(process)")
    return await context.report(.stopped(try await context.session.attach(to: process)))
  }

  private static func detach(_ context: CommandContext) async throws -> any CommandResult {
    let session = context.session
    if let result = try await InferiorCommands.each(context, "detach", { try await session.detach(inferior: $0) }) {
      return result
    }
    guard let pid = await context.session.state.process else { throw SessionError.notRunning }
    context.say("Detaching from program: \(await context.session.program ?? ""), process \(pid)")
    let inferior = await context.session.inferiorNumber
    try await context.session.detach()
    return Message("[Inferior \(inferior) (process \(pid)) detached]")
  }
}

extension ProcessState {
  /// The process that there is, running or stopped.
  package var process: ProcessID? {
    switch self {
    case .none: nil
    case .running(let process), .stopped(let process): process
    }
  }
}
