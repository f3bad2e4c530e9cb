import DebugInfo
import MachineModel
import Tracing

/// Lines that the program's passing a place prints (`dprintf`, `logpoint`).
extension DebugSession {
  /// Who gets the lines, each at once; nil: those who watch `events`.
  package func setLogger(_ logger: (@Sendable (LogEntry) -> Void)?) { self.logger = logger }

  /// Changes which lines are printed.
  package func updateLogLevels(_ change: @Sendable (inout LogLevels) -> Void) { change(&logLevels) }

  private func lets(_ line: LogLine) -> Bool { line.level >= logLevels.level(of: line.logger) }

  private func log(_ text: String, _ line: LogLine, by breakpoint: Int, _ thread: ThreadID) {
    let entry = LogEntry(
      breakpoint: breakpoint, thread: threads.number(of: thread), logger: line.logger, level: line.level,
      text: text + (line.isFragment ? "" : "\n"))
    if let logger { logger(entry) } else { sink.yield(.logged(entry)) }
  }

  /// Of values that the tracer thread has taken along.
  func log(_ passage: SitePassage) {
    let lines = policies.logLines.compactMap { $0.key.address == passage.address ? $0.value : nil }
    guard let line = lines.first(where: { $0.captures.count == passage.values.count }), lets(line.line) else { return }
    let scope = programScope()
    var values = zip(passage.values, line.types).makeIterator()
    var text = ""
    for piece in line.line.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .value(_, let form):
        guard let (value, type) = values.next() else { continue }
        text += shown(value, type, form, scope)
      }
    }
    log(text, line.line, by: line.breakpoint, passage.thread)
  }

  private func shown(_ value: CapturedValue, _ type: DataType, _ form: LogLine.Form, _ scope: FrameScope) -> String {
    switch (value, form) {
    case (.word(let word), .integer(let format)): return format(Int64(bitPattern: word))
    case (.word(let word), .natural(let format)):
      let bytes = withUnsafeBytes(of: word.littleEndian) { Array($0.prefix(Int(clamping: type.size ?? 8))) }
      return ValueFormatter(settings: settings, language: scope.language)
        .text(Value(type: type, bytes: bytes, source: scope), format: format)
    case (.string(let bytes), .text(let format)): return format(String(decoding: bytes, as: UTF8.self))
    case (_, .text(let format)): return format(nil)
    default: return ""
    }
  }

  /// Prints a breakpoint's line at a hit, by evaluating what it names. Answers what hinders it.
  func log(_ line: LogLine, by breakpoint: Int, at stop: StopEvent) async -> ConditionAnswer {
    guard lets(line) else { return .holds }
    var text = ""
    for piece in line.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .value(let expression, let form):
        let answer = await answer(at: stop, asking: breakpoint) { (evaluator) throws(ExpressionError) in
          try self.text(of: expression, form, evaluator)
        }
        switch answer {
        case .value(let part): text += part
        case .failed(let message): return .failed(message)
        case .arrived(let call): return .arrived(call)
        }
      }
    }
    log(text, line, by: breakpoint, stop.thread)
    return .holds
  }
}
