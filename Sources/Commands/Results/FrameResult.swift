package import Debugger

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
