package import Debugger
package import Logging

/// What sdb says about itself by swift-log, as records of the book: labels are loggers' names.
package struct OwnLog: Logging.LogHandler {
  private let label: String
  private let book: Logbook
  package var metadata: Logger.Metadata = [:]
  /// Of this one logger alone.
  private var ownLevel: Logger.Level?

  /// From now on, swift-log's loggers write into `book`. Once in a process.
  package static func begin(_ book: Logbook) {
    LoggingSystem.bootstrap { OwnLog(label: $0, book: book) }
  }

  package init(label: String, book: Logbook) {
    self.label = label
    self.book = book
  }

  /// The book's where it is not set, which may change at any time: swift-log asks before it puts a message together.
  package var logLevel: Logger.Level {
    get { ownLevel ?? LogLevel.allCases.first { book.wants($0, of: label) }.map(Logger.Level.init) ?? .critical }
    set { ownLevel = newValue }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let details = fields.map { " \($0.key)=\($0.value)" }.joined()
    book.log(LogRecord("\(event.message)\(details)", level: LogLevel(event.level), logger: label))
  }
}

extension LogLevel {
  /// swift-log has more.
  package init(_ level: Logger.Level) {
    self =
      switch level {
      case .trace, .debug: .debug
      case .info, .notice: .info
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}

extension Logger.Level {
  fileprivate init(_ level: LogLevel) {
    // The lowest of those that mean it.
    self =
      switch level {
      case .debug: .trace
      case .info: .info
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}
