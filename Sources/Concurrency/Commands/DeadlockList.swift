import Commands

/// `info deadlocks`.
package struct DeadlockList: CommandResult, Equatable {
  package let deadlocks: [Deadlock]
  /// Locks that threads wait for without it being known who has them.
  package let unknownHolders: Int
  package init(deadlocks: [Deadlock], unknownHolders: Int) {
    self.deadlocks = deadlocks
    self.unknownHolders = unknownHolders
  }

  package var text: String {
    var lines = deadlocks.flatMap(Self.lines)
    if deadlocks.isEmpty { lines = ["No deadlocks found."] }
    if unknownHolders > 0 {
      let what = unknownHolders == 1 ? "a lock that is" : "\(unknownHolders) locks that are"
      lines.append("It is not known who has \(what) waited for (see \"info locks\").")
    }
    return lines.joined(separator: "\n")
  }

  private static func lines(_ deadlock: Deadlock) -> [String] {
    let count = deadlock.steps.count
    let heading = count == 1 ? "Deadlock of a thread with itself:" : "Deadlock of \(count) threads:"
    return [heading] + deadlock.steps.flatMap(lines)
  }

  private static func lines(_ step: Deadlock.Step) -> [String] {
    let target: String
    switch step.target {
    case .lock(let lock):
      let holder = step.holder == step.thread ? "itself" : ThreadWords.name(step.holder)
      target = "\(ThreadWords.name(lock)), held by \(holder)"
    case .end(let thread): target = "the end of \(ThreadWords.name(thread))"
    }
    let name = ThreadWords.name(step.thread)
    var lines = ["  \(name.prefix(1).uppercased() + name.dropFirst()) waits for \(target)"]
    if let frame = step.frame { lines.append("    in " + FrameText.place(frame)) }
    if let evidence = step.inferredFrom { lines.append("    (inferred: \(escapedName(evidence)))") }
    return lines
  }
}
