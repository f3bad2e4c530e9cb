import Commands
import Configuration
import Debugger
import HostFiles
import Logbook
import Logging

/// What is logged in this run of sdb.
struct FrontEndLog: Sendable {
  let book: Logbook
  private let logger: Logger

  /// A book whose own records go to `$XDG_STATE_HOME/sdb/sdb.log`.
  init(_ options: FrontEndOptions) {
    book = Logbook(ownFile: BaseDirectory.state.folder.map { $0 + "/sdb.log" })
    if let level = options.logLevel { book.updateLoggers { $0.set(level, of: Logbook.ownLogger) } }
    OwnLog.begin(book)
    logger = Logger(label: Logbook.ownLogger)
    logger.info("sdb \(SdbVersion.text) begins", metadata: ["program": "\(options.program ?? "")"])
  }

  /// A line of the command language was carried out.
  func note(_ line: String, _ output: CommandOutput) {
    if output.succeeded {
      logger.debug("command: \(line)")
    } else {
      logger.info("command failed: \(line)", metadata: ["reason": "\(output.text)"])
    }
  }

  /// The session has told something.
  func note(_ event: SessionEvent) {
    switch event {
    case .state(let state): logger.debug("state: \(state)")
    case .stopped(let stop): logger.debug("stop: \(stop.cause)", metadata: ["thread": "\(stop.thread.id)"])
    case .ended(let outcome): logger.debug("end: \(outcome)")
    case .notice(let text): logger.info("notice: \(text)")
    default: break
    }
  }

  /// Something of the user's, or of the machine's, that is not as it should be.
  func warn(_ text: String) { logger.warning("\(text)") }

  /// Sets the book up as `[logging]` says; the command line wins. Answers what is to be said about that.
  func configure(_ options: FrontEndOptions) throws(ConfigurationError) -> [String] {
    guard let file = try options.configuration else { return [] }
    let remarks = try LogbookSettings(file).apply(to: book)
    if let level = options.logLevel { book.updateLoggers { $0.set(level, of: Logbook.ownLogger) } }
    return remarks
  }
}
