/// Takes records of a logger and of those below it, and writes those that pass its filter.
struct LogHandler: Sendable {
  let name: String
  let description: HandlerDescription
  var filter: RecordFilter
  private let format: LogFormat
  private var output: any LogOutput
  /// Why the last line could not be written; nil: it was.
  private(set) var failure: LogbookError?

  init(_ name: String, _ description: HandlerDescription, output: any LogOutput) {
    self.name = name
    self.description = description
    filter = description.filter
    format = description.effectiveFormat
    self.output = output
  }

  mutating func open() throws(LogbookError) { try output.open() }

  /// Answers why the line could not be written, where the one before it could be.
  mutating func handle(_ record: LogRecord) -> LogbookError? {
    do throws(LogbookError) {
      try output.write(format.line(record, keepsLines: description.kind == .console), of: record)
      failure = nil
      return nil
    } catch {
      defer { failure = error }
      return failure == nil ? error : nil
    }
  }
}
