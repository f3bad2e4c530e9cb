/// The front end: lines of standard output, or of the console pane.
struct ConsoleOutput: LogOutput {
  private let show: @Sendable (String, LogRecord) -> Void
  init(_ show: @escaping @Sendable (String, LogRecord) -> Void) { self.show = show }
  func open() {}
  func write(_ line: String, of record: LogRecord) { show(line, record) }
}
