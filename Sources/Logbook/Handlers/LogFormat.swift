import Commands
import Debugger

/// How a record becomes a line.
package enum LogFormat: Sendable, Equatable {
  case template(LogTemplate)
  /// An object a line, as docs/JSON.md says.
  case json

  /// `json`, or a template.
  package init(_ text: String) throws(LogbookError) {
    self = text == "json" ? .json : .template(try LogTemplate(text))
  }

  /// As a user writes it.
  package var source: String {
    switch self {
    case .template(let template): template.source
    case .json: "json"
    }
  }

  /// Without a newline at its end; control characters are escaped.
  /// - Parameter keepsLines: newlines in the message stay. Without it, a record is one line, and a program's data can't pass for
  ///   another record.
  package func line(_ record: LogRecord, keepsLines: Bool = false) -> String {
    switch self {
    case .template(let template): template.text(of: record, keepsLines: keepsLines)
    case .json: (try? JSONText.encode(RecordObject(record: record))) ?? ""
    }
  }
}

private struct RecordObject: Encodable {
  let record: LogRecord

  private enum CodingKeys: String, CodingKey {
    case time, level, logger, message, thread, breakpoint, function, file, line, trace
  }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(record.time.universal, forKey: .time)
    try container.encode(record.level, forKey: .level)
    try container.encode(record.logger, forKey: .logger)
    try container.encode(record.message, forKey: .message)
    guard let passage = record.passage else { return }
    try container.encode(passage.thread, forKey: .thread)
    try container.encode(passage.breakpoint, forKey: .breakpoint)
    try container.encodeIfPresent(passage.place.function, forKey: .function)
    try container.encodeIfPresent(passage.place.file, forKey: .file)
    try container.encodeIfPresent(passage.place.line, forKey: .line)
    try container.encodeIfPresent(passage.step, forKey: .trace)
  }
}
