/// Where a handler's lines go. Used by one thread at a time.
protocol LogOutput: Sendable {
  /// Opens what it writes to, so that what is wrong shows before the first record.
  mutating func open() throws(LogbookError)
  /// Writes a line, at once: nothing is left to be flushed when sdb ends, however it does.
  mutating func write(_ line: String, of record: LogRecord) throws(LogbookError)
}
