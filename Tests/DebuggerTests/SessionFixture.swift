import Debugger
import TestSupport
import Testing

/// A session over a compiled fixture, with the words that tests need: lines by the marks in the source.
struct SessionFixture {
  let session = DebugSession()
  let source: String

  init(_ source: String, flags: [String] = ["-g", "-O0"], compiler: String? = nil) async throws {
    self.source = source
    let program = try Fixture.compile(source, flags: flags, compiler: compiler)
    await session.configureLaunch { $0.standardOutput = "/dev/null" }
    try await session.load(program: program)
  }

  /// The line that a mark stands on.
  func line(_ mark: String) throws -> Int { try Fixture.line(of: mark, in: source) }

  /// Starts the program and stops it at a function or a marked line.
  func run(to location: LocationSpecification) async throws -> StopSnapshot {
    _ = try await session.addBreakpoint(location)
    return try stop(await session.run(stopAt: .none))
  }

  func run(toMark mark: String) async throws -> StopSnapshot {
    try await run(to: .fileLine(file: source, line: line(mark)))
  }

  func move(_ motion: Motion, count: Int = 1) async throws -> StopSnapshot {
    try stop(await session.proceed(motion, count: count))
  }

  private func stop(_ outcome: ResumeOutcome) throws -> StopSnapshot {
    guard case .stopped(let stop) = outcome else { throw Ended(outcome: outcome) }
    return stop
  }

  func value(_ expression: String) async throws -> String {
    try await session.evaluate(expression).variable.value
  }

  struct Ended: Error { let outcome: ResumeOutcome }
}
