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
package struct LogEntry: Sendable, Equatable {
  /// The breakpoint's number.
  package let breakpoint: Int
  /// The number of the thread that came by.
  package let thread: Int
  package let logger: String
  package let level: LogLevel
  /// Of the program, of any characters; as it is to be printed, with the newline at its end where it has one.
  package let text: String
  /// The place that was passed.
  package let place: BreakpointSnapshot.Location
  /// What a traced function has done, instead of a text.
  package let step: TraceStep?

  package init(
    breakpoint: Int, thread: Int, logger: String, level: LogLevel, text: String, place: BreakpointSnapshot.Location,
    step: TraceStep? = nil
  ) {
    self.step = step
    self.breakpoint = breakpoint
    self.thread = thread
    self.logger = logger
    self.level = level
    self.text = text
    self.place = place
  }
}

/// Who gets the lines that breakpoints print.
package protocol LogRecipient: Sendable {
  /// Whether lines of that level and logger go anywhere: those that do not are not put together.
  func wants(_ level: LogLevel, of logger: String) -> Bool
  /// Called in the order in which the program passed, before the session tells of a stop that came later.
  func receive(_ entry: LogEntry)
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
