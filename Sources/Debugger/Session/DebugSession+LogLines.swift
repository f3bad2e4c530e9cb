import DebugInfo
import MachineModel
import Tracing

/// Lines that the program's passing a place prints (`dprintf`, `logpoint`).
extension DebugSession {
  /// Who gets the lines, each at once.
  package func setLogger(_ logger: any LogRecipient) { self.logger = logger }

  /// Whether a line goes anywhere.
  func lets(_ line: LogLine) -> Bool { logger?.wants(line.level, of: line.logger) ?? false }

  private func log(_ text: String, _ line: LogLine, by breakpoint: Int, _ thread: ThreadID, at address: VirtualAddress)
  {
    let place = breakpointTable[breakpoint]?.locations.first { $0.address == address }
    logger?.receive(
      LogEntry(
        breakpoint: breakpoint, thread: threads.number(of: thread), logger: line.logger, level: line.level,
        text: text + (line.isFragment ? "" : "\n"),
        place: .init(
          address: address, file: place?.source?.file, line: place?.source?.line, function: place?.function?.qualified)
      ))
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
    log(text, line.line, by: line.breakpoint, passage.thread, at: passage.address)
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
    log(text, line, by: breakpoint, stop.thread, at: VirtualAddress(stop.registers[.rip]))
    return .holds
  }
}
