import DebugInfo
import MachineModel

/// What a breakpoint prints instead of stopping: text, with what expressions have at each hit in between.
package struct LogLine: Sendable {
  /// How an expression's value becomes text.
  package enum Form: Sendable {
    /// As `print` shows it.
    case natural(ValueFormat)
    /// A whole number; what has a fraction is cut, a pointer is its address.
    case integer(@Sendable (Int64) -> String)
    case floating(@Sendable (Double) -> String)
    /// The characters that a pointer leads to; nil for a null pointer.
    case text(@Sendable (String?) -> String)
  }
  package enum Piece: Sendable {
    case text(String)
    case value(String, Form)
  }
  package let pieces: [Piece]
  /// As the user wrote it: a command that prints one line of it.
  package let source: String
  /// The text is but a part of a line, which the next one may go on.
  package let isFragment: Bool
  /// `app.network`; empty: the root.
  package let logger: String
  package let level: LogLevel
  package init(
    _ pieces: [Piece], source: String, isFragment: Bool = false, logger: String = "", level: LogLevel = .info
  ) {
    self.pieces = pieces
    self.source = source
    self.isFragment = isFragment
    self.logger = logger
    self.level = level
  }
}

/// A line that the program's passing a place has led to.
package struct LogEntry: Sendable, Equatable, Encodable {
  /// The breakpoint's number.
  package let breakpoint: Int
  /// The number of the thread that came by.
  package let thread: Int
  package let logger: String
  package let level: LogLevel
  /// Of the program, of any characters; as it is to be printed, with the newline at its end where it has one.
  package let text: String

  private enum CodingKeys: String, CodingKey { case event, breakpoint, thread, level, logger, text }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("log", forKey: .event)
    try container.encode(breakpoint, forKey: .breakpoint)
    try container.encode(thread, forKey: .thread)
    try container.encode(level, forKey: .level)
    if !logger.isEmpty { try container.encode(logger, forKey: .logger) }
    try container.encode(text, forKey: .text)
  }
}

/// A log line compiled for one place: what the tracer thread takes along at a hit, and how that becomes text.
struct CompiledLogLine {
  let breakpoint: Int
  let line: LogLine
  let captures: [SiteCapture]
  /// Of the captured values, in their order.
  let types: [DataType]
}

extension SiteCompiler {
  /// nil where the line has to be put together at each hit.
  func logLine(_ line: LogLine, of breakpoint: Int) -> CompiledLogLine? {
    var captures: [SiteCapture] = []
    var types: [DataType] = []
    for case .value(let expression, let form) in line.pieces {
      guard let (program, type) = number(expression) else { return nil }
      switch form {
      case .integer: captures.append(.word(program))
      case .natural where type.stripped.isIntegral: captures.append(.word(program))
      case .text where type.stripped.kind == .pointer: captures.append(.string(program))
      default: return nil
      }
      types.append(type)
    }
    return CompiledLogLine(breakpoint: breakpoint, line: line, captures: captures, types: types)
  }
}
