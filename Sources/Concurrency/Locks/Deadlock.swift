package import Debugger
import MachineModel

/// What a thread cannot go on without.
package enum WaitTarget: Sendable, Equatable {
  case lock(Lock)
  /// The end of another thread (`pthread_join`).
  case end(of: ThreadSnapshot)
}

/// Threads in a circle, each of which waits for the next.
package struct Deadlock: Sendable, Encodable, Equatable {
  /// One thread of the circle.
  package struct Step: Sendable, Encodable, Equatable {
    package let thread: ThreadSnapshot
    package let target: WaitTarget
    /// The next thread of the circle.
    package let holder: ThreadSnapshot
    /// How it is known that the holder has the lock, where the lock does not record it.
    package let inferredFrom: String?
    /// Where the thread waits, in the user's own code.
    package let frame: FrameSnapshot?

    private enum CodingKeys: CodingKey { case thread, lock, join, holder, inferredFrom, frame }
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(thread, forKey: .thread)
      switch target {
      case .lock(let lock): try container.encode(LockName(lock), forKey: .lock)
      case .end(let other): try container.encode(other, forKey: .join)
      }
      try container.encode(holder, forKey: .holder)
      try container.encodeIfPresent(inferredFrom, forKey: .inferredFrom)
      try container.encode(frame, forKey: .frame)
    }
  }
  package let steps: [Step]
  package init(steps: [Step]) { self.steps = steps }

  /// A lock without those who hold it or wait for it.
  private struct LockName: Encodable {
    let address: String
    let kind: Lock.Kind
    let name: String?
    let type: String?
    init(_ lock: Lock) {
      (address, kind, name, type) = (lock.address.description, lock.kind, lock.name, lock.type)
    }
  }
}

extension Deadlock {
  /// Those among threads of which is known what they wait for. Locks that may be in the hands of one of several
  /// threads lead to none.
  package static func all(among threads: [ThreadActivity]) -> [Deadlock] {
    var graph = WaitGraph<Step>()
    for activity in threads {
      guard let target = activity.target else { continue }
      for (holder, inferredFrom) in target.holders {
        let step = Step(
          thread: activity.thread, target: target, holder: holder, inferredFrom: inferredFrom,
          frame: activity.frame)
        graph.add(waiter: activity.thread.id, holder: holder.id, reason: step)
      }
    }
    return graph.cycles().map { Deadlock(steps: $0.map(\.reason)) }
  }
}

extension WaitTarget {
  /// Who has to act before the waiting ends: of all of them, each.
  var holders: [(thread: ThreadSnapshot, inferredFrom: String?)] {
    switch self {
    case .lock(let lock):
      // At most one thread can have it for itself: of several that were inferred, it is not known which.
      let exclusive = lock.holders.filter { $0.mode == .exclusive }
      if exclusive.count > 1 { return [] }
      return lock.holders.map { ($0.thread, $0.inferredFrom) }
    case .end(let thread): return [(thread, nil)]
    }
  }
}
