import Debugger

/// Breakpoints: making, listing and changing them.
enum BreakpointCommands {
  private static let locations =
    "LOCATION is LINE, FILE:LINE, FUNCTION, FILE:FUNCTION, +OFFSET, -OFFSET or *ADDRESS; where the selected frame\n"
    + "stands if there is none. A condition is an expression that must hold for the program to stop; with \"thread N\",\n"
    + "that thread alone stops."

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "break", ["b", "br", "brea", "bre"], .breakpoints, "break [LOCATION] [thread N] [if CONDITION]",
      "Set breakpoint at specified location.",
      details: locations, arguments: [.location], handler: { try await set($0, isTemporary: false) }),
    CommandDescriptor(
      "tbreak", ["tb", "tbr"], .breakpoints, "tbreak [LOCATION] [thread N] [if CONDITION]",
      "Set a temporary breakpoint.",
      details: "Like \"break\" except the breakpoint is only temporary,\nso it will be deleted when hit.\n" + locations,
      arguments: [.location], handler: { try await set($0, isTemporary: true) }),
    CommandDescriptor(
      "hbreak", ["hb"], .breakpoints, "hbreak [LOCATION] [thread N] [if CONDITION]",
      "Set a hardware assisted breakpoint.",
      details:
        "The processor waits for it by one of its four debug registers: nothing is written into the program's code.\n"
        + locations, arguments: [.location], handler: { try await set($0, isTemporary: false, isHardware: true) }),
    CommandDescriptor(
      "thbreak", ["thb"], .breakpoints, "thbreak [LOCATION] [thread N] [if CONDITION]",
      "Set a temporary hardware assisted breakpoint.",
      details: "Like \"hbreak\" except the breakpoint is only temporary,\nso it will be deleted when hit.\n"
        + locations,
      arguments: [.location], handler: { try await set($0, isTemporary: true, isHardware: true) }),
    CommandDescriptor(
      "delete", ["d", "del"], .breakpoints, "delete [breakpoints] [N…]", "Delete all or some breakpoints.",
      details: "\"delete display N\" ends an automatic display.", arguments: [.number], handler: delete),
    CommandDescriptor(
      "clear", ["cl"], .breakpoints, "clear [LOCATION]", "Clear breakpoint at specified location.", details: locations,
      arguments: [.location], handler: clear),
    CommandDescriptor(
      "enable", ["en"], .breakpoints, "enable [once|delete|display] [N…]", "Enable all or some breakpoints.",
      details: "\"enable once\" and \"enable delete\" are for the next hit only; \"enable display\" is for displays.",
      arguments: [.number], handler: { try await enable($0, true) }),
    CommandDescriptor(
      "disable", ["dis", "disa"], .breakpoints, "disable [display] [N…]", "Disable all or some breakpoints.",
      arguments: [.number], handler: { try await enable($0, false) }),
    CommandDescriptor(
      "ignore", [], .breakpoints, "ignore N COUNT", "Set ignore-count of breakpoint number N to COUNT.",
      arguments: [.number], handler: ignore),
    CommandDescriptor(
      "condition", [], .breakpoints, "condition N [EXPRESSION]",
      "Specify breakpoint number N to break only if EXPRESSION is true; without one, always.",
      arguments: [.number, .expression], handler: condition),
  ]

  static let info = CommandDescriptor(
    "breakpoints", ["b"], .breakpoints, "info breakpoints [N…]",
    "Status of specified breakpoints (all user-settable breakpoints if no argument).", arguments: [.number],
    handler: { context in
      let wanted = try await context.numbers(context.arguments, naming: "breakpoint")
      let all = await context.session.breakpoints()
      let chosen = wanted.isEmpty ? all : all.filter { wanted.contains($0.id) }
      if chosen.isEmpty, !wanted.isEmpty {
        throw CommandError("No breakpoint or watchpoint matching '\(context.arguments)'.")
      }
      return BreakpointTable(breakpoints: chosen)
    })

  private static func set(_ context: CommandContext, isTemporary: Bool, isHardware: Bool = false) async throws
    -> any CommandResult
  {
    try await add(
      try BreakpointArguments(parsing: context.arguments), isTemporary: isTemporary, isHardware: isHardware, context)
  }

  /// Sets a breakpoint, one that prints where `log` says what; asks, or keeps it pending, where its place is not known.
  static func add(
    _ arguments: BreakpointArguments, isTemporary: Bool = false, isHardware: Bool = false, log: LogLine? = nil,
    probe: Probe? = nil, _ context: CommandContext
  ) async throws -> any CommandResult {
    @Sendable func add(allowsPending: Bool, doubt: SessionError? = nil) async throws -> any CommandResult {
      let made = try await context.session.addBreakpoint(
        arguments.location, condition: arguments.condition, thread: arguments.thread, log: log, probe: probe,
        isTemporary: isTemporary, allowsPending: allowsPending, isHardware: isHardware)
      return BreakpointMade(made, doubt: doubt?.description)
    }
    let pending = await context.interpreter.state.preferences.pendingBreakpoints
    do {
      return try await add(allowsPending: pending == .on)
    } catch {
      guard pending == .auto, let failure = error as? SessionError, failure.mayResolveLater else { throw error }
      // Before the program has started, its libraries are all still to come: that needs no question.
      if await context.session.isBeforeLibraries { return try await add(allowsPending: true, doubt: failure) }
      guard context.interpreter.options.confirm != nil,
        await context.confirms("\(failure)\nMake breakpoint pending on future shared library load?")
      else { throw error }
      return try await add(allowsPending: true)
    }
  }

  private static func delete(_ context: CommandContext) async throws -> any CommandResult {
    var (word, rest) = context.arguments.firstWord
    if word.count > 1, "display".hasPrefix(word) { return try await DisplayCommands.remove(context, numbers: rest) }
    if word.isEmpty || word.first?.isLetter == true && "breakpoints".hasPrefix(word) {
      word = ""
    } else {
      rest = context.arguments
    }
    let ids = try await numbers(rest, context)
    if ids == nil {
      guard await !context.session.breakpoints().isEmpty else { return Done() }
      guard await context.confirms("Delete all breakpoints?") else { throw CommandError("Not confirmed.") }
    }
    try await context.session.deleteBreakpoints(ids)
    return Done()
  }

  private static func clear(_ context: CommandContext) async throws -> any CommandResult {
    let location = try LocationSpecification(parsing: context.arguments)
    let found = try await context.session.breakpoints(at: location)
    guard !found.isEmpty else {
      throw CommandError("No breakpoint at \(context.arguments.isEmpty ? "this line" : context.arguments).")
    }
    try await context.session.deleteBreakpoints(found.map(\.id))
    let ids = found.map { String($0.id) }.joined(separator: " ")
    return Message("Deleted breakpoint\(found.count == 1 ? "" : "s") \(ids) ")
  }

  private static func enable(_ context: CommandContext, _ enables: Bool) async throws -> any CommandResult {
    let (word, rest) = context.arguments.firstWord
    guard word.first?.isLetter == true else {
      let ids = try await numbers(context.arguments, context)
      try await context.session.enableBreakpoints(ids, enables)
      await context.interpreter.update { state in
        state.afterHit = state.afterHit.filter { id, _ in ids.map { !$0.contains(id) } ?? false }
      }
      return Done()
    }
    switch word {
    case _ where word.count > 1 && "display".hasPrefix(word):
      return try await DisplayCommands.enable(context, numbers: rest, enables)
    case _ where "breakpoints".hasPrefix(word):
      try await context.session.enableBreakpoints(try await numbers(rest, context), enables)
      return Done()
    case "once", "delete":
      let ids = try await numbers(rest, context)
      try await context.session.enableBreakpoints(ids, true)
      let all = await context.session.breakpoints().map(\.id)
      await context.interpreter.update { state in
        for id in ids ?? all { state.afterHit[id] = word == "once" ? .disable : .delete }
      }
      return Done()
    default: throw CommandError("Bad breakpoint argument: '\(word)'")
    }
  }

  private static func ignore(_ context: CommandContext) async throws -> any CommandResult {
    let (first, rest) = try context.required("a breakpoint number").firstWord
    guard let id = try await context.numbers(first, naming: "breakpoint").first else {
      throw CommandError("Bad breakpoint argument: '\(first)'")
    }
    guard !rest.isEmpty else { throw CommandError("Second argument (specified ignore-count) is missing.") }
    let count = max(0, Int(truncatingIfNeeded: try await context.integer(rest)))
    try await context.session.ignore(breakpoint: id, count: count)
    switch count {
    case 0: return Message("Will stop next time breakpoint \(id) is reached.")
    case 1: return Message("Will ignore next crossing of breakpoint \(id).")
    default: return Message("Will ignore next \(count) crossings of breakpoint \(id).")
    }
  }

  private static func condition(_ context: CommandContext) async throws -> any CommandResult {
    let (first, rest) = try context.required("breakpoint number").firstWord
    guard let id = try await context.numbers(first, naming: "breakpoint").first else {
      throw CommandError("Bad breakpoint argument: '\(first)'")
    }
    try await context.session.setCondition(breakpoint: id, rest.isEmpty ? nil : rest)
    return rest.isEmpty ? Message("Breakpoint \(id) now unconditional.") : Done()
  }

  /// nil where there is none: all.
  private static func numbers(_ text: String, _ context: CommandContext) async throws -> [Int]? {
    let ids = try await context.numbers(text, naming: "breakpoint")
    return ids.isEmpty ? nil : ids
  }
}
