import Debugger

/// What breakpoints want done at their stops (`commands`).
extension CommandInterpreter {
  /// The breakpoints that the argument of `commands` names; the youngest where it is empty.
  func breakpoints(named text: String) async throws -> [Int] {
    let all = await session.breakpoints().map(\.id)
    guard !text.isEmpty else {
      guard let last = all.last else { throw CommandError("No breakpoints specified.") }
      return [last]
    }
    let ids = try await numbers(text, naming: "breakpoint")
    if let unknown = ids.first(where: { !all.contains($0) }) { throw SessionError.noBreakpoint(unknown) }
    return ids
  }

  func numbers(_ text: String, naming thing: String) async throws -> [Int] {
    var words = text.words
    for index in words.indices where words[index].hasPrefix("$") {
      let value = try? await session.evaluate(words[index], format: ValueFormat(.decimal)).variable.value
      guard let number = value.flatMap({ Int($0) }) else {
        throw CommandError("Convenience variable must have integer value.")
      }
      words[index] = String(number)
    }
    return try NumberList.parse(words.joined(separator: " "), naming: thing)
  }

  /// Takes note of what the breakpoints that a stop is due to want done; true where one of them wants it untold.
  func note(_ outcome: ResumeOutcome) async -> Bool {
    state.resumptions += 1
    state.dueCommands = []
    guard case .stopped(let stop) = outcome, !stop.cause.breakpoints.isEmpty else { return false }
    let scripts = await session.claims.map(\.commands).filter { !$0.isEmpty }
    state.dueCommands = scripts.map { $0.first == "silent" ? Array($0.dropFirst()) : $0 }
    return scripts.contains { $0.first == "silent" }
  }

  /// Carries out what the last stop's breakpoints want done, and what those want that this leads to. Answers a `quit` among it.
  func runDueCommands(depth: Int, emit: @escaping @Sendable (CommandOutput) -> Void) async -> CommandOutput? {
    while !state.dueCommands.isEmpty {
      let lines = state.dueCommands.removeFirst()
      do {
        try await run(
          try ScriptParser.parse(lines), depth: depth + 1, resumptions: state.resumptions, emit: emit)
      } catch let failure as ScriptFailure {
        state.dueCommands = []
        if let quitting = failure.quitting { return quitting }
        emit(failure.output ?? .failure("commands", failure.message))
      } catch {
        state.dueCommands = []
        emit(.failure("commands", error))
      }
    }
    return nil
  }
}
