package import Debugger

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
