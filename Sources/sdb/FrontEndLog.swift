import Commands
import Configuration
import Debugger
import HostFiles
import Logbook

/// What is logged in this run of sdb.
struct FrontEndLog: Sendable {
  let book: Logbook

  /// A book whose own records go to `$XDG_STATE_HOME/sdb/sdb.log`.
  init(_ options: FrontEndOptions) {
    book = Logbook(ownFile: BaseDirectory.state.folder.map { $0 + "/sdb.log" })
    if let level = options.logLevel { book.updateLoggers { $0.set(level, of: Logbook.ownLogger) } }
    OwnLog.begin(book)
  }

  /// Sets the book up as `[logging]` says; the command line wins. Answers what is to be said about that.
  func configure(_ options: FrontEndOptions) throws(ConfigurationError) -> [String] {
    guard let file = try options.configuration else { return [] }
    let remarks = try LogbookSettings(file).apply(to: book)
    if let level = options.logLevel { book.updateLoggers { $0.set(level, of: Logbook.ownLogger) } }
    return remarks
  }
}
