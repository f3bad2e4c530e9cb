import Debugger
import Logbook
import Logging
import Synchronization
import TestSupport
import Testing

/// What sdb says about itself.
@Suite struct OwnLogTests {
  @Test func warningsMakeTheFileAndWhatIsBelowIsNotPutTogether() throws {
    let sandbox = try Sandbox()
    let book = Logbook(ownFile: sandbox.path("state/sdb/sdb.log"))
    let console = Told()
    book.setConsole(show: { line, _ in console.add(line) }, report: { console.add($0) })
    let logger = Logger(label: "sdb.test") { _ in OwnLog(label: "sdb.test", book: book) }
    let evaluated = Atomic(0)
    func message(_ text: String) -> Logger.Message {
      evaluated.add(1, ordering: .relaxed)
      return "\(text)"
    }
    logger.info(message("unwanted"))
    #expect(evaluated.load(ordering: .relaxed) == 0)
    #expect(!sandbox.exists("state"))
    logger.warning(message("careful"), metadata: ["file": "a.out"])
    book.updateLoggers { $0.set(.debug, of: Logbook.ownLogger) }
    logger.trace(message("detail"))
    let text = try sandbox.read("state/sdb/sdb.log")
    #expect(text.contains(" WARNING  sdb.test: careful file=a.out\n"), "\(text)")
    #expect(text.contains(" DEBUG    sdb.test: detail\n"), "\(text)")
    // The program's console is not for sdb's own.
    #expect(console.lines.isEmpty)
  }

  @Test(arguments: zip(Logger.Level.allCases, [LogLevel.debug, .debug, .info, .info, .warning, .error, .critical]))
  func levels(level: Logger.Level, expected: LogLevel) {
    #expect(LogLevel(level) == expected)
  }
}
