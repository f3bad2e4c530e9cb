import Debugger

/// Breakpoints that observe instead of stopping: calls as they come and go, how long they take, how many there are.
enum ProbeCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "trace", [], .breakpoints, "trace [-line] FUNCTION|[FILE:]REGEXP [thread N] [if CONDITION]",
      "Print calls of functions, with their arguments, and what they return.",
      details:
        "Each call is a line, indented by the traced calls around it in its thread, and so is its return with the value. Calls that an exception\n"
        + "or longjmp leaves have none. With -line, the lines in between are printed too. What is no function's name is a regular expression, as\n"
        + "\"rbreak\" takes it. The lines are records of the logger \"trace\" (see \"log\"). Each call stops all threads twice.\n"
        + "\"delete\", \"disable\" and \"condition\" work as for breakpoints.",
      arguments: [.location, .expression], handler: trace),
    CommandDescriptor(
      "time", [], .breakpoints, "time FUNCTION [thread N] [if CONDITION]", "Measure how long calls of a function take.",
      details:
        "\"info time\" shows how many there were, their total, mean, shortest and longest time, and a histogram. The clock runs while other\n"
        + "threads do, and includes one way from the program to sdb and back, some microseconds.",
      arguments: [.location, .expression], handler: { try await add(.time, $0) }),
    CommandDescriptor(
      "count", [], .breakpoints, "count LOCATION [thread N] [if CONDITION]", "Count how often a location is come to.",
      details: "\"info count\" shows it.", arguments: [.location, .expression], handler: { try await add(.count, $0) }),
  ]

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "trace", [], .breakpoints, "info trace", "Functions whose calls are printed.",
      handler: { try await list(.trace, $0) }),
    CommandDescriptor(
      "time", [], .breakpoints, "info time [N…]", "How long calls of functions took.", arguments: [.number],
      handler: { try await list(.time, $0) }),
    CommandDescriptor(
      "count", [], .breakpoints, "info count", "How often locations were come to.",
      handler: { try await list(.count, $0) }),
  ]

  private static func add(_ probe: Probe, _ context: CommandContext) async throws -> any CommandResult {
    let text = try context.required("a location")
    return try await BreakpointCommands.add(try BreakpointArguments(parsing: text), probe: probe, context)
  }

  private static func trace(_ context: CommandContext) async throws -> any CommandResult {
    let text = try context.required("a function's name, or a regular expression")
    let (option, rest) = text.firstWord
    let showsLines = option == "-line"
    let probe = Probe.trace(lines: showsLines)
    let arguments = try BreakpointArguments(parsing: showsLines ? rest : text)
    let pattern: String? =
      switch arguments.location {
      case .function(let name): name
      case .fileFunction(let file, let name): "\(file):\(name)"
      default: nil
      }
    guard let pattern, await !context.session.knows(arguments.location) else {
      return try await BreakpointCommands.add(arguments, probe: probe, context)
    }
    let matches = try await SymbolCommands.functions(matching: pattern, context)
    guard !matches.isEmpty else { return try await BreakpointCommands.add(arguments, probe: probe, context) }
    var rows: [FunctionBreakpoints.Row] = []
    for match in matches.prefix(SymbolCommands.mostBreakpoints) {
      let made = try? await context.session.addBreakpoint(
        match.place, condition: arguments.condition, thread: arguments.thread, probe: probe)
      guard let made else { continue }
      rows.append(FunctionBreakpoints.Row(breakpoint: made, declaration: match.declaration))
    }
    return FunctionBreakpoints(breakpoints: rows)
  }

  private static func list(_ kind: BreakpointKind, _ context: CommandContext) async throws -> any CommandResult {
    let wanted = try await context.numbers(context.arguments, naming: "breakpoint")
    let all = await context.session.breakpoints()
    return ProbeTable(
      kind: kind, breakpoints: all.filter { $0.kind == kind && (wanted.isEmpty || wanted.contains($0.id)) })
  }
}
