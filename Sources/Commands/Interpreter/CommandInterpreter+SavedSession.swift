import Debugger
import HostFiles

/// Breakpoints and watch expressions, kept per program from one run of sdb to the next (`set save-session`).
extension CommandInterpreter {
  /// Makes those of the program's last session that are not there already. Answers what is to be said about it.
  package func restoreSession() async -> [String] {
    guard state.preferences.savesSession, let program = await canonicalProgram,
      let path = SavedSession.path(of: program)
    else { return [] }
    state.isRestoringSession = true
    defer { state.isRestoringSession = false }
    do throws(SavedSession.Failure) {
      guard let saved = try SavedSession(of: program, at: path) else { return [] }
      let remarks = await restore(saved)
      state.savedSession = (program, await currentSession())
      return remarks
    } catch {
      return ["The saved session in \(path) is ignored: \(error)."]
    }
  }

  private func restore(_ saved: SavedSession) async -> [String] {
    let present = await currentSession()
    var failures: [String] = []
    var made = 0
    for entry in saved.breakpoints where !present.breakpoints.contains(entry) {
      if let failure = await restore(entry) {
        failures.append("Not restored: \(entry.first ?? ""): \(failure)")
      } else {
        made += 1
      }
    }
    var watched = 0
    for expression in saved.expressions where !present.expressions.contains(expression) {
      if (try? await session.keep(expression: expression)) != nil { watched += 1 }
    }
    let counts = [(made, "breakpoint"), (watched, "watch expression")].filter { $0.0 > 0 }
      .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
    guard !counts.isEmpty else { return failures }
    return failures + ["Restored \(counts.joined(separator: " and ")) of the last session (\"help set save-session\")."]
  }

  /// Carries out what makes a breakpoint. Answers why it can't be made.
  private func restore(_ entry: BreakpointScript.Entry) async -> String? {
    do {
      try await run(try ScriptParser.parse(entry), depth: 1, emit: { _ in })
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Writes the session down if it is another than what was written. Answers why that is impossible, once.
  package func saveSession() async -> String? {
    guard state.preferences.savesSession, !state.isRestoringSession, let program = await canonicalProgram,
      let path = SavedSession.path(of: program)
    else { return nil }
    let current = await currentSession()
    if let known = state.savedSession, known.program == program, known.session == current { return nil }
    // Nothing is no reason to leave traces.
    if state.savedSession?.program != program, current.isEmpty, !HostPath.exists(path) { return nil }
    state.savedSession = (program, current)
    do throws(FileError) {
      if current.isEmpty {
        try HostFile.remove(path)
      } else {
        try HostFile.replace(path, with: Array(current.text(of: program).utf8), survivesPowerLoss: true)
      }
      return nil
    } catch {
      return "The session can't be saved: \(error)"
    }
  }

  private var canonicalProgram: String? {
    get async { await session.program.map { HostPath.resolved($0) ?? $0 } }
  }

  /// What there is to be kept. Not what is for one stop or one thread, for another run has other threads, nor what observes a run.
  private func currentSession() async -> SavedSession {
    var saved = SavedSession()
    let kept = await session.breakpoints().filter { !$0.isTemporary && $0.thread == nil && $0.probe == nil }
    for entry in BreakpointScript(kept).entries where !saved.breakpoints.contains(entry) {
      // A name with a newline in it would be read as two lines.
      if entry.allSatisfy({ !$0.contains("\n") }) { saved.breakpoints.append(entry) }
    }
    saved.expressions = await session.keptExpressions.filter { !$0.contains("\n") }
    return saved
  }
}
