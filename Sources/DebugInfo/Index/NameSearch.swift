import Synchronization

/// A few names that are looked for in an image without its index, which would take longer.
///
/// Those who wait for it do so by suspending (`finished`), or by blocking. It is carried out once.
package final class NameSearch: Sendable {
  private struct State {
    var isOver = false
    var isCancelled = false
    var found: NameIndex?
  }
  private let state = Mutex(State())
  /// Held by the thread that carries it out: a second one that asks waits for it.
  private let work = Mutex(())
  private let names: [String]
  private let job: IndexJob
  private let jobs: IndexJobs

  /// - Parameter names: unqualified, or linkage names.
  init(_ names: [String], of job: IndexJob, _ jobs: IndexJobs) {
    self.names = names
    self.job = job
    self.jobs = jobs
  }

  /// What the index has of the names, where it took no index to tell.
  var found: NameIndex? { state.withLock { $0.found } }
  /// False before it was carried out, and after it was cancelled.
  private var isOver: Bool { state.withLock { $0.isOver } }
  private var isCancelled: Bool { state.withLock { $0.isCancelled } }
  /// True where it has found nothing, and never will: it was cancelled, or the index that it would wait for.
  var isGivenUp: Bool { found == nil && (isCancelled || job.isCancelled) }

  func cancel() { state.withLock { $0.isCancelled = true } }

  /// Suspends until questions about the names can be answered without waiting: by what was found, or by the index. False where
  /// that was cancelled.
  package func finished() async -> Bool {
    guard await job.reached(.functions) else { return false }
    if !job.hasReached(.names) {
      await withCheckedContinuation { continuation in
        WorkerThread.start {
          self.jobs.awaiting(self) { self.carryOut() }
          continuation.resume()
        }
      }
    }
    if found != nil { return true }
    if isCancelled { return false }
    return await job.reached(.names)
  }

  /// Blocks until it is over: milliseconds for each hundred megabytes.
  func carryOut() {
    work.withLock { _ in
      guard !isOver, !job.hasReached(.names), let reader = job.functions()?.reader else { return }
      let found = reader.names(named: names) { self.isCancelled }
      state.withLock { state in
        state.found = found
        state.isOver = found != nil || !state.isCancelled
      }
    }
  }
}
