import Commands

/// `info locks`.
package struct LockList: CommandResult, Equatable {
  package let locks: [Lock]
  package init(locks: [Lock]) { self.locks = locks }

  package var text: String {
    locks.isEmpty ? "No thread waits for a lock." : locks.map(Self.lines).joined(separator: "\n")
  }

  private static func lines(_ lock: Lock) -> String {
    let place = lock.name == nil ? "" : " at \(lock.address)"
    var lines = [ThreadWords.name(lock) + place + (lock.type.map { " (\(escapedName($0)))" } ?? "")]
    for holder in lock.holders {
      let mode = lock.kind != .readWriteLock ? "" : holder.mode == .shared ? " to read" : " to write"
      let evidence = holder.inferredFrom.map { " (inferred: \(escapedName($0)))" } ?? ""
      lines.append("  held\(mode) by \(ThreadWords.name(holder.thread))\(evidence)")
    }
    if let note = lock.note { lines.append("  " + note) }
    if let readers = lock.readers, readers > lock.holders.count {
      lines.append("  held to read \(readers == 1 ? "once" : "\(readers) times")")
    }
    for waiter in lock.waiters {
      let mode = lock.kind != .readWriteLock ? "" : waiter.mode == .shared ? " to read" : " to write"
      let frame = waiter.frame.map { " in " + FrameText.place($0) } ?? ""
      lines.append("  \(ThreadWords.name(waiter.thread)) waits\(mode)\(frame)")
    }
    return lines.joined(separator: "\n")
  }
}
