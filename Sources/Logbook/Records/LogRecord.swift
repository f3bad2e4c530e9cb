import Commands
package import Debugger

/// Something that was logged: by the program's passing a place, or by sdb about itself.
package struct LogRecord: Sendable, Equatable {
  package let time: Timestamp
  package let level: LogLevel
  /// `app.network`; empty: the root.
  package let logger: String
  /// Of any characters. Without the newline at its end, where `isLine`.
  package let message: String
  /// False where the message is but a part of a line, which the next one may go on (`dprintf`).
  package let isLine: Bool
  /// The line that a thread of the program passed; nil where sdb logs about itself.
  package let passage: LogEntry?

  package init(
    _ message: String, level: LogLevel = .info, logger: String = "", time: Timestamp = .now, isLine: Bool = true,
    passage: LogEntry? = nil
  ) {
    self.message = message
    self.level = level
    self.logger = logger
    self.time = time
    self.isLine = isLine
    self.passage = passage
  }

  /// A line that the program's passing a place has led to.
  package init(_ entry: LogEntry, time: Timestamp = .now) {
    let isLine = entry.step != nil || entry.text.hasSuffix("\n")
    let text = entry.step.map { TraceText.line($0, thread: entry.thread) }
    self.init(
      text ?? (isLine ? String(entry.text.dropLast()) : entry.text), level: entry.level, logger: entry.logger,
      time: time,
      isLine: isLine, passage: entry)
  }
}
