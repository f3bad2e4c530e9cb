import Debugger

/// Which threads a command is about, in gdb's notation: `1 3-5` of the current inferior, `2.1`, `2.1-3` and `2.*` of that one.
struct ThreadList {
  private var whole: Set<Int> = []
  private var numbers: [Int: Set<Int>] = [:]
  private let current: Int

  /// No threads were named.
  var isEmpty: Bool { whole.isEmpty && numbers.isEmpty }

  /// - Parameter current: the number of the current inferior.
  init(_ text: String, current: Int) throws(CommandError) {
    self.current = current
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        numbers[current, default: []].formUnion(try NumberList.parse(String(word), naming: "thread"))
        continue
      }
      guard let inferior = Int(parts[0]), inferior > 0 else { throw CommandError("Invalid thread ID: \(word)") }
      if parts[1] == "*" {
        whole.insert(inferior)
      } else {
        numbers[inferior, default: []].formUnion(try NumberList.parse(String(parts[1]), naming: "thread"))
      }
    }
  }

  func contains(_ row: ThreadRow) -> Bool {
    let inferior = row.inferior ?? current
    return whole.contains(inferior) || numbers[inferior]?.contains(row.id) ?? false
  }
}
