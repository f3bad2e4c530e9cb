import Commands
package import Debugger

/// Threads and locks in words.
package enum ThreadWords {
  /// `thread 2 "left"`.
  package static func name(_ thread: ThreadSnapshot) -> String { "thread \(thread.id) \"\(escapedName(thread.name))\"" }

  /// `1 3-5 9` of ascending numbers.
  package static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
  }

  /// `mutex first`; without a name, by its address.
  package static func name(_ lock: Lock) -> String {
    kind(lock) + " " + (lock.name.map { escapedName($0) } ?? "at \(lock.address)")
  }

  /// `recursive mutex`.
  package static func kind(_ lock: Lock) -> String {
    let noun = lock.kind == .condition ? "condition variable" : lock.kind.rawValue
    return (lock.attributes + [noun]).joined(separator: " ")
  }

  /// `40%`; empty where no thread has used any.
  package static func processorShare(_ thread: ThreadActivity) -> String {
    thread.processorShare.map { "\(Int(($0 * 100).rounded()))%" } ?? ""
  }

  /// `1.25 s`.
  package static func processorTime(_ thread: ThreadActivity) -> String {
    guard let time = thread.processorTime else { return "?" }
    let hundredths = Int((time * 100).rounded())
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count == 1 ? "0" : "")\(fraction) s"
  }

  /// What a thread waits for; empty where it waits for nothing.
  /// - Parameter isBrief: names threads by their numbers alone.
  package static func target(_ thread: ThreadActivity, isBrief: Bool = false) -> String {
    func label(_ thread: ThreadSnapshot) -> String { isBrief ? "thread \(thread.id)" : name(thread) }
    switch thread.target {
    case .lock(let lock):
      let holders = lock.holders.map { $0.thread == thread.thread ? "itself" : label($0.thread) }
      return name(lock) + (holders.isEmpty ? "" : ", held by " + holders.joined(separator: ", "))
    case .end(let other): return "the end of " + label(other)
    case nil: return thread.systemCall.map { escapedName($0) } ?? ""
    }
  }
}
