package import MachineModel

/// How the threads of a process share the processor between two stops that somebody has looked at.
package struct ProcessorShares: Sendable {
  /// Grows with each stop.
  private var stop: Int?
  private var before: [ThreadID: Double] = [:]
  private var now: [ThreadID: Double] = [:]

  package init() {}

  /// Notes what each thread has used so far, in seconds, at a stop. Another look at the same stop changes nothing.
  package mutating func note(_ times: [ThreadID: Double], atStop stop: Int) {
    guard stop != self.stop else { return }
    // A process that was started anew has threads of its own, and stops that are counted on.
    (before, now, self.stop) = (now, times, stop)
  }

  /// The part, 0 … 1, that each thread has of what all have used since the stop that was looked at before, or since
  /// they began; empty where that is nothing.
  package var shares: [ThreadID: Double] {
    let used = now.mapValues { max(0, $0) }.merging(before.filter { now[$0.key] != nil }) { max(0, $0 - $1) }
    let total = used.values.reduce(0, +)
    return total > 0 ? used.mapValues { $0 / total } : [:]
  }
}
