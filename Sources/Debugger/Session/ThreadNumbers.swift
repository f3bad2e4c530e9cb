import MachineModel

/// Numbers for threads, from 1 in the order of their appearance; never given again while the process lives.
struct ThreadNumbers {
  private var numbers: [ThreadID: Int] = [:]
  private var next = 1
  /// Those that the user gave (`thread name`).
  var names: [ThreadID: String] = [:]

  /// The thread's number; a new thread gets the next one.
  mutating func number(of thread: ThreadID) -> Int {
    if let number = numbers[thread] { return number }
    defer { next += 1 }
    numbers[thread] = next
    return next
  }
  /// How many there have been.
  var count: Int { next - 1 }
  /// nil where no such thread lives.
  func thread(numbered number: Int) -> ThreadID? { numbers.first { $0.value == number }?.key }
  mutating func remove(_ thread: ThreadID) {
    numbers[thread] = nil
    names[thread] = nil
  }
  mutating func removeAll() { self = ThreadNumbers() }
}
