import DebugInfo
import MachineModel

/// Waiting for what is known of the program's files: other requests are served meanwhile, and Ctrl-C ends the wait.
extension DebugSession {
  /// Suspends until what a stage brings is there for all images. Throws `.cancelled`.
  /// - Parameter address: the image of that one alone counts.
  func indexed(_ stage: IndexJob.Stage, at address: VirtualAddress? = nil) async throws(SessionError) {
    // All of them begin before the first is waited for.
    try await reached(stage, by: symbols.pendingIndexes(stage, at: address))
  }

  /// Suspends until it is known what functions of that name the images have. Throws `.cancelled`.
  func indexed(forFunction name: String) async throws(SessionError) {
    try await reached(.functions, by: symbols.pendingIndexes(.functions, forFunction: name))
    for search in symbols.searches(forFunction: name) {
      guard await search.finished() else { throw .cancelled }
    }
    try await reached(.names, by: symbols.pendingIndexes(.names, forFunction: name))
  }

  private func reached(_ stage: IndexJob.Stage, by jobs: [IndexJob]) async throws(SessionError) {
    for job in jobs {
      guard await job.reached(stage) else { throw .cancelled }
    }
  }

  /// Suspends until the names that an expression uses are there: what consists of numbers, registers, convenience variables and
  /// the selected frame's own variables needs none.
  func indexed(for expression: String) async throws(SessionError) {
    let scope = try await selectedScope()
    // What can't be read is told when it is evaluated.
    guard let names = try? ExpressionNames(expression, language: scope.language), !names.areAll(in: scope) else {
      return
    }
    try await indexed(.names)
  }

  /// Begins to index the program before anybody asks for a name.
  func beginIndexing() { _ = symbols.pendingIndexes(settings.indexesAhead ? .names : .functions) }

  /// Waits for indexes that are being written to the disk: milliseconds. For sdb's end; one still in the making is given up.
  package static func finishKeeping() { IndexJob.finishWriting() }

  /// True while a request waits for an index; from any thread.
  package nonisolated var isAwaitingIndex: Bool { indexJobs.isAwaited }
}
