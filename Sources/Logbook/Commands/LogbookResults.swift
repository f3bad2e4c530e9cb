import Commands
import Debugger

/// `log level`.
struct LevelTable: CommandResult {
  struct Row: Encodable, Sendable {
    let logger: String
    let level: LogLevel
    let propagates: Bool
  }
  let levels: [Row]

  init(_ loggers: LoggerHierarchy) {
    levels = loggers.all.map { Row(logger: $0.logger, level: $0.level, propagates: $0.propagates) }
  }

  var text: String {
    levels.map { row in
      padded(row.logger.isEmpty ? "(all)" : escapedName(row.logger), 20) + " \(row.level)"
        + (row.propagates ? "" : "  (goes no further up)")
    }.joined(separator: "\n")
  }
}

/// `log handlers`.
struct HandlerTable: CommandResult {
  let handlers: [HandlerSnapshot]

  var text: String {
    guard !handlers.isEmpty else { return "No log handlers." }
    let width = max(8, handlers.map(\.name.count).max() ?? 0) + 2
    let header = padded("Name", width) + padded("Class", 10) + padded("Level", 10) + padded("Logger", 14) + "To"
    return ([header] + handlers.flatMap { lines(of: $0, width) }).joined(separator: "\n")
  }

  private func lines(of handler: HandlerSnapshot, _ width: Int) -> [String] {
    let first =
      padded(escapedName(handler.name), width) + padded(handler.kind, 10) + padded(handler.level.rawValue, 10)
      + padded(handler.logger.isEmpty ? "(all)" : escapedName(handler.logger), 14)
      + escapedName(handler.path ?? (handler.kind == "syslog" ? SyslogOutput.standardPath : "the console"))
    var lines = [first, padded("", width) + "as " + escapedName(handler.format)]
    if !handler.text.isEmpty { lines.append(padded("", width) + "only what matches " + escapedName(handler.text)) }
    if let failure = handler.failure { lines.append(padded("", width) + "failed: " + escapedName(failure)) }
    return lines
  }
}

extension CommandOutput {
  /// A line for the console: as text, what its handler made of the record; as JSON, an event.
  package init(_ line: String, _ record: LogRecord) {
    self.init(
      command: "", succeeded: true, text: line, terminator: record.isLine ? "\n" : "",
      json: { CommandOutput.line(RecordEvent(record: record)) })
  }
}

private struct RecordEvent: Encodable {
  let record: LogRecord

  private enum CodingKeys: String, CodingKey { case event, breakpoint, thread, level, logger, text, trace }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("log", forKey: .event)
    try container.encodeIfPresent(record.passage?.breakpoint, forKey: .breakpoint)
    try container.encodeIfPresent(record.passage?.thread, forKey: .thread)
    try container.encode(record.level, forKey: .level)
    if !record.logger.isEmpty { try container.encode(record.logger, forKey: .logger) }
    try container.encodeIfPresent(record.passage?.step, forKey: .trace)
    try container.encode(record.message + (record.isLine ? "\n" : ""), forKey: .text)
  }
}
