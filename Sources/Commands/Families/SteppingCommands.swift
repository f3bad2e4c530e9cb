import DebugInfo
import Debugger

/// Moving a stopped program on, a little at a time.
enum SteppingCommands {
  static let all: [CommandDescriptor] = [
    stepping("step", ["s"], "Step program until it reaches a different source line.", .step),
    stepping(
      "next", ["n"], "Step program, proceeding through subroutine calls.", .next,
      details: "Unlike \"step\", if the current source line calls a subroutine,\n"
        + "this command does not enter the subroutine, but instead steps over\n"
        + "the call, in effect treating it as a single source line."),
    stepping("stepi", ["si"], "Step one instruction exactly.", .stepInstruction),
    stepping("nexti", ["ni"], "Step one instruction, but proceed through subroutine calls.", .nextInstruction),
    CommandDescriptor(
      "finish", ["fin"], .running, "finish", "Execute until selected stack frame returns.",
      details: "Upon return, the value returned is printed and put in the value history.", repetition: .same,
      handler: finish),
    CommandDescriptor(
      "until", ["u"], .running, "until [LOCATION]",
      "Execute until past the current line or past a LOCATION.",
      details: "Execute until the program reaches a source line greater than the current\n"
        + "or a specified location (same args as break command) within the current frame.",
      arguments: [.location], repetition: .same, handler: until),
    CommandDescriptor(
      "advance", ["adv"], .running, "advance LOCATION", "Continue the program up to the given location.",
      details: "Execution will also stop upon exit from the current stack frame.", arguments: [.location],
      handler: advance),
    CommandDescriptor(
      "jump", ["j"], .running, "jump LOCATION", "Continue program being debugged at specified line or address.",
      arguments: [.location], handler: jump),
    CommandDescriptor(
      "return", [], .running, "return [EXPRESSION]", "Make selected stack frame return to its caller.",
      details:
        "The rest of the frame is not executed. If an argument is given, it is an expression for the value to return.",
      arguments: [.expression], handler: leave),
  ]

  private static func stepping(
    _ name: String, _ aliases: [String], _ summary: String, _ motion: Motion, details: String = ""
  ) -> CommandDescriptor {
    let count = "Argument N means step N times (or till program stops for another reason)."
    return CommandDescriptor(
      name, aliases, .running, "\(name) [N]", summary, details: details.isEmpty ? count : details + "\n" + count,
      arguments: [.number], repetition: .same,
      handler: { context in
        let count = try await context.count()
        guard count > 0 else {
          return await context.interpreter.result(selecting: try await context.session.selectedFrame())
        }
        return await context.report(try await context.session.proceed(motion, count: count))
      })
  }

  private static func finish(_ context: CommandContext) async throws -> any CommandResult {
    guard context.arguments.isEmpty else { throw CommandError("The \"finish\" command does not take any arguments.") }
    if context.isInteractive {
      let frame = try await context.session.selectedFrame()
      context.say("Run till exit from " + FrameText.row(frame))
    }
    return await context.report(try await context.session.proceed(.finish))
  }

  private static func until(_ context: CommandContext) async throws -> any CommandResult {
    if context.arguments.isEmpty { return await context.report(try await context.session.proceed(.until)) }
    let location = try LocationSpecification(parsing: context.arguments)
    return await context.report(try await context.session.proceed(.untilLocation(location)))
  }

  private static func advance(_ context: CommandContext) async throws -> any CommandResult {
    let location = try LocationSpecification(parsing: try context.required("a location"))
    return await context.report(try await context.session.proceed(.advance(location)))
  }

  private static func jump(_ context: CommandContext) async throws -> any CommandResult {
    guard await context.session.state.process != nil else { throw SessionError.notRunning }
    let location = try LocationSpecification(parsing: try context.required("starting address"))
    let places = try await context.session.resolve(location)
    guard let place = places.first else { throw CommandError("No code there.") }
    guard places.count == 1 else { throw CommandError("Unreasonable jump request: it names \(places.count) places.") }
    if context.isInteractive { context.say("Continuing at \(place.address).") }
    return await context.report(try await context.session.proceed(.jump(location)))
  }

  private static func leave(_ context: CommandContext) async throws -> any CommandResult {
    let frame = try await context.session.selectedFrame()
    let question =
      frame.function.map { "Make \(escapedName($0)) return now?" } ?? "Make selected stack frame return now?"
    guard await context.confirms(question) else { throw CommandError("Not confirmed") }
    let expression = context.arguments.isEmpty ? nil : context.arguments
    return await context.interpreter.result(selecting: try await context.session.popFrame(returning: expression))
  }
}
