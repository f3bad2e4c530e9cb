package import Debugger
import Synchronization

/// What is logged, and where it goes: loggers with levels, and handlers that write their records. One for a session; any thread may
/// log. Lines are written at once, by the thread that logs.
package final class Logbook: LogRecipient {
  private struct State {
    var loggers = LoggerHierarchy()
    var handlers: [LogHandler] = []
    var report: @Sendable (String) -> Void = { _ in }
  }
  private let state = Mutex(State())
  /// A closure by itself would get another wrapping each time that it is taken out of the lock.
  private struct Console {
    let show: @Sendable (String, LogRecord) -> Void
  }
  /// Used with the state locked: it has a lock of its own.
  private let console = Mutex(Console { _, _ in })

  /// The logger of what sdb says about itself; its records stay with the handlers that name it.
  package static let ownLogger = "sdb"
  static let consoleName = "console"
  private static let own = "sdb"

  /// A book with a handler `console`.
  /// - Parameter ownFile: where sdb's own records go, from warnings on; bounded. nil: nowhere.
  package init(ownFile: String? = nil) {
    state.withLock { state in
      state.loggers.set(.warning, of: Self.ownLogger)
      state.loggers.setPropagation(false, of: Self.ownLogger)
    }
    // Neither can fail: they open nothing so far.
    try? add(Self.consoleName, HandlerDescription(.console), opens: false)
    guard let ownFile else { return }
    var description = HandlerDescription(.rotating)
    description.makesFolders = true
    for (key, value) in [("path", ownFile), ("logger", Self.ownLogger), ("keep", "3")] {
      try? description.set(key, to: value)
    }
    try? add(Self.own, description, opens: false)
  }

  /// Who shows lines of handlers of class `console`, and who is told what is wrong with a handler. Both may be called on any
  /// thread, with the book locked: they must not log.
  package func setConsole(
    show: @escaping @Sendable (String, LogRecord) -> Void, report: @escaping @Sendable (String) -> Void
  ) {
    console.withLock { $0 = Console(show: show) }
    state.withLock { $0.report = report }
  }

  // MARK: Records

  /// Whether a record of that level would be written anywhere: what is not need not be put together.
  package func wants(_ level: LogLevel, of logger: String) -> Bool {
    state.withLock { state in
      level >= state.loggers.level(of: logger)
        && state.handlers.contains {
          $0.filter.mayTake(level, of: logger) && state.loggers.leads(from: logger, to: $0.filter.logger)
        }
    }
  }

  package func receive(_ entry: LogEntry) { log(LogRecord(entry)) }

  /// Hands a record to all handlers that take it. One that can't write does not keep others from it; that is told once, until it can again.
  package func log(_ record: LogRecord) {
    state.withLock { state in
      guard record.level >= state.loggers.level(of: record.logger) else { return }
      for index in state.handlers.indices {
        let filter = state.handlers[index].filter
        guard filter.takes(record), state.loggers.leads(from: record.logger, to: filter.logger) else { continue }
        if let failure = state.handlers[index].handle(record) {
          state.report("The log handler \"\(state.handlers[index].name)\" can't write: \(failure).")
        }
      }
    }
  }

  // MARK: Set-up

  package var loggers: LoggerHierarchy { state.withLock(\.loggers) }

  package func updateLoggers(_ change: (inout LoggerHierarchy) -> Void) { state.withLock { change(&$0.loggers) } }

  /// Adds a handler; one of that name is replaced.
  /// - Parameter opens: throws now where it can't write. Otherwise the first record will tell.
  package func add(_ name: String, _ description: HandlerDescription, opens: Bool = true) throws(LogbookError) {
    let output = try description.output { [weak self] line, record in self?.console.withLock { $0 }.show(line, record) }
    var handler = LogHandler(name, description, output: output)
    if opens { try handler.open() }
    let added = handler
    state.withLock { state in
      if let index = state.handlers.firstIndex(where: { $0.name == name }) {
        state.handlers[index] = added
      } else {
        state.handlers.append(added)
      }
    }
  }

  package func remove(_ name: String) throws(LogbookError) {
    let count = state.withLock { state in
      let before = state.handlers.count
      state.handlers.removeAll { $0.name == name }
      return before - state.handlers.count
    }
    guard count > 0 else { throw Self.unknown(name) }
  }

  package func setFilter(of name: String, to filter: RecordFilter) throws(LogbookError) {
    let isKnown = state.withLock { state in
      guard let index = state.handlers.firstIndex(where: { $0.name == name }) else { return false }
      state.handlers[index].filter = filter
      return true
    }
    guard isKnown else { throw Self.unknown(name) }
  }

  package func filter(of name: String) throws(LogbookError) -> RecordFilter {
    let filter = state.withLock { state in state.handlers.first { $0.name == name }?.filter }
    guard let filter else { throw Self.unknown(name) }
    return filter
  }

  /// The handlers, in the order in which they were added.
  package var handlers: [HandlerSnapshot] { state.withLock { $0.handlers.map(HandlerSnapshot.init) } }

  private static func unknown(_ name: String) -> LogbookError { LogbookError("No handler is named \"\(name)\"") }
}
