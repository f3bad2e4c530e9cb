import Commands
import Debugger

/// `concurrency`.
package struct ThreadActivityTable: CommandResult {
  package let threads: [ThreadActivity]
  package init(threads: [ThreadActivity]) { self.threads = threads }

  package var text: String {
    if threads.isEmpty { return "No threads." }
    let heading = ["Id", "Name", "State", "CPU", "Time", "Frame", "Waits for"]
    let rows = [heading] + threads.map(Self.cells)
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.enumerated().map { index, row in
      let mark = index > 0 && threads[index - 1].isCurrent ? "* " : "  "
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return (mark + cells.joined(separator: "  ")).replacing(#/ +$/#, with: "")
    }
    return lines.joined(separator: "\n")
  }

  private static func cells(_ thread: ThreadActivity) -> [String] {
    [
      String(thread.thread.id), escapedName(thread.thread.name), thread.state.rawValue,
      ThreadWords.processorShare(thread), ThreadWords.processorTime(thread), thread.frame.map(FrameText.place) ?? "??",
      ThreadWords.target(thread),
    ]
  }

  private enum CodingKeys: CodingKey { case threads }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(threads.map(Row.init), forKey: .threads)
  }

  private struct Row: Encodable {
    let thread: ThreadActivity
    init(_ thread: ThreadActivity) { self.thread = thread }

    private enum CodingKeys: CodingKey {
      case id, tid, name, current, state, processorShare, processorTime, frame, systemCall, waitsFor
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(thread.thread.id, forKey: .id)
      try container.encode(thread.thread.tid, forKey: .tid)
      try container.encode(thread.thread.name, forKey: .name)
      try container.encode(thread.isCurrent, forKey: .current)
      try container.encode(thread.state, forKey: .state)
      try container.encode(thread.processorShare, forKey: .processorShare)
      try container.encode(thread.processorTime, forKey: .processorTime)
      try container.encode(thread.frame, forKey: .frame)
      try container.encode(thread.systemCall, forKey: .systemCall)
      try container.encode(thread.target == nil ? nil : ThreadWords.target(thread), forKey: .waitsFor)
    }
  }
}
