package import Debugger
import MachineModel

/// `bt`.
package struct BacktraceResult: CommandResult, Equatable {
  package let backtrace: Backtrace
  /// gdb tells only a person that there are more frames.
  package let tellsMore: Bool
  package init(_ backtrace: Backtrace, tellsMore: Bool) {
    self.backtrace = backtrace
    self.tellsMore = tellsMore
  }

  package var text: String {
    var lines: [String] = []
    for frame in backtrace.frames {
      lines.append(FrameText.row(frame))
      guard let locals = frame.locals else { continue }
      lines += locals.isEmpty ? ["No locals."] : locals.map { VariableText.assignment($0, indent: 8) }
    }
    if backtrace.truncated, tellsMore { lines.append("(More stack frames follow...)") }
    if let reason = backtrace.endReason { lines.append("Backtrace stopped: \(reason)") }
    return lines.joined(separator: "\n")
  }

  private enum CodingKeys: String, CodingKey { case thread, frames, truncated, endReason }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(backtrace.thread, forKey: .thread)
    try container.encode(backtrace.frames, forKey: .frames)
    try container.encode(backtrace.truncated, forKey: .truncated)
    try container.encodeIfPresent(backtrace.endReason, forKey: .endReason)
  }
}

/// `frame`, `up`, `down`, `thread N`: the frame that is selected now, and its source line.
package struct FrameResult: CommandResult, Equatable {
  package let frame: FrameSnapshot
  package let sourceLine: SourceLine?
  /// `[Switching to thread 2 (LWP 4711)]`.
  package let heading: String?
  package init(_ frame: FrameSnapshot, sourceLine: SourceLine?, heading: String? = nil) {
    self.frame = frame
    self.sourceLine = sourceLine
    self.heading = heading
  }

  package var text: String {
    let lines = [heading, FrameText.row(frame), sourceLine.map { $0.text }]
    return lines.compactMap { $0 }.joined(separator: "\n")
  }
  package func encode(to encoder: any Encoder) throws { try frame.encode(to: encoder) }
}

/// `info threads`.
package struct ThreadTable: CommandResult, Equatable {
  package let threads: [ThreadRow]
  package init(threads: [ThreadRow]) { self.threads = threads }

  package var text: String {
    if threads.isEmpty { return "No threads." }
    let targets = threads.map { ThreadText.target($0) }
    let width = max("Target Id".count, targets.map(\.count).max() ?? 0)
    let rows = zip(threads, targets).map { row, target in
      (row.current ? "* " : "  ") + padded(String(row.id), 4) + " " + padded(target, width) + " "
        + (row.frame.map(FrameText.location) ?? "(running)")
    }
    return (["  Id   \(padded("Target Id", width)) Frame "] + rows).joined(separator: "\n")
  }
}

/// `info locals`, `info args`.
package struct VariableList: CommandResult, Equatable {
  package let variables: [VariableSnapshot]
  /// What text says where there is none: "No locals."
  private let ifEmpty: String
  package init(_ variables: [VariableSnapshot], ifEmpty: String) {
    self.variables = variables
    self.ifEmpty = ifEmpty
  }
  package var text: String {
    variables.isEmpty
      ? ifEmpty : variables.map { VariableText.assignment($0, indent: 0) }.joined(separator: "\n")
  }
  private enum CodingKeys: CodingKey { case variables }
}

enum VariableText {
  /// `name = value`.
  static func assignment(_ variable: VariableSnapshot, indent: Int) -> String {
    String(repeating: " ", count: indent) + escapedName(variable.name) + " = " + nested(variable)
  }

  /// A value as it stands within something else: without the type that `print` puts before a pointer or reference.
  static func nested(_ variable: VariableSnapshot) -> String {
    let value = variable.value
    guard value.first == "(" else { return value }
    var depth = 0
    for (index, character) in zip(value.indices, value) {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 {
        let rest = value[value.index(after: index)...]
        return rest.hasPrefix(" 0x") || rest.hasPrefix(" @0x") ? String(rest.dropFirst()) : value
      }
    }
    return value
  }
}
