import Glibc
import Synchronization

/// How far the indexes are that are being made.
package struct IndexProgress: Sendable, Equatable {
  /// The largest of their images.
  package let image: String
  /// Of 1, over all of them.
  package let fraction: Double
  package init(image: String, fraction: Double) {
    self.image = image
    self.fraction = fraction
  }
}

/// The indexes of a session that are being made: for whoever shows how they come on, and for whoever ends them.
/// Any thread may ask.
package final class IndexJobs: Sendable {
  private struct State {
    var running: [IndexJob] = []
    var searches: [NameSearch] = []
    /// When the first of those was known to be wanted whole, in milliseconds; nil while none is.
    var began: Int?
    var lastReport = 0
    var isShown = false
  }
  private let state = Mutex(State())
  private let report: @Sendable (IndexProgress?) -> Void

  private let delay: Int
  private let interval: Int

  /// - Parameters:
  ///   - delay: milliseconds; what is over sooner is not reported.
  ///   - interval: milliseconds from one report to the next at least.
  ///   - report: called by any thread, a few times a second; nil: they are finished.
  package init(delay: Int = 100, interval: Int = 50, report: @escaping @Sendable (IndexProgress?) -> Void = { _ in }) {
    self.delay = delay
    self.interval = interval
    self.report = report
  }

  /// Begins to make an index.
  func begin(_ source: DwarfSource, name: String) -> IndexJob {
    let job = IndexJob(source, name: name) { [weak self] in self?.progressed($0) }
    state.withLock { $0.running.append(job) }
    job.start()
    return job
  }

  /// Takes part in `cancelAwaited` while `work` is done.
  func awaiting(_ search: NameSearch, _ work: () -> Void) {
    state.withLock { $0.searches.append(search) }
    work()
    state.withLock { $0.searches.removeAll { $0 === search } }
  }

  /// Ends those that somebody waits for, who goes on without; false where there are none.
  package func cancelAwaited() -> Bool {
    let (awaited, searches) = state.withLock { ($0.running.filter(\.isAwaited), $0.searches) }
    for job in awaited { job.cancel() }
    for search in searches { search.cancel() }
    return !awaited.isEmpty || !searches.isEmpty
  }

  /// True where somebody waits for one.
  package var isAwaited: Bool {
    state.withLock { !$0.searches.isEmpty || $0.running.contains(where: \.isAwaited) }
  }

  package func cancelAll() {
    let (running, searches) = state.withLock { ($0.running, $0.searches) }
    for job in running { job.cancel() }
    for search in searches { search.cancel() }
  }

  private func progressed(_ job: IndexJob) {
    let told: IndexProgress?? = state.withLock { state in
      if job.isOver { state.running.removeAll { $0 === job } }
      let now = Self.now()
      // Those that nobody wants whole have no total.
      guard let largest = state.running.max(by: { $0.total < $1.total }), largest.total > 0 else {
        defer { (state.isShown, state.began) = (false, nil) }
        return state.isShown ? .some(nil) : nil
      }
      let began = state.began ?? now
      state.began = began
      guard now - began >= delay, now - state.lastReport >= interval else { return nil }
      state.lastReport = now
      state.isShown = true
      let total = state.running.reduce(0) { $0 + $1.total }
      let done = state.running.reduce(0) { $0 + $1.done }
      return IndexProgress(image: largest.name, fraction: total > 0 ? min(1, Double(done) / Double(total)) : 0)
    }
    if let told { report(told) }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
