import Configuration
import Debugger
import Logbook
import TestSupport
import Testing

/// The table `[logging]`.
@Suite struct SettingsTests {
  @Test func loggersAndHandlers() throws {
    let sandbox = try Sandbox()
    let book = Logbook()
    let file = try ConfigurationFile(
      path: "config.toml",
      text: """
        theme = "dark"
        [logging]
        level = "info"
        [logging.loggers]
        app = "ERROR"
        "app.net" = { level = "warning", propagate = false }
        [logging.handlers.console]
        class = "console"
        level = "critical"
        [logging.handlers.file]
        class = "rotating"
        path = "\(sandbox.path("log"))"
        max-size = 100
        keep = 2
        logger = "app"
        format = "{level} {message}"
        """)
    #expect(try LogbookSettings(file).apply(to: book) == [])
    #expect(book.loggers.level(of: "") == .info && book.loggers.level(of: "app.disk") == .error)
    #expect(book.loggers.level(of: "app.net") == .warning && !book.loggers.leads(from: "app.net", to: "app"))
    #expect(book.handlers.map(\.name) == ["console", "file"])
    book.log(LogRecord("x", level: .error, logger: "app.disk"))
    #expect(try sandbox.read("log") == "ERROR x\n")
  }

  /// A handler that can't write is told of, and the others work.
  @Test func whatCantBeOpenedIsRemarked() throws {
    let book = Logbook()
    let file = try ConfigurationFile(
      path: "c", text: "[logging.handlers.f]\nclass = \"file\"\npath = \"/no/such/folder/f\"")
    let remarks = try LogbookSettings(file).apply(to: book)
    #expect(remarks == ["The log handler \"f\" can't write: /no/such/folder/f: No such file or directory."])
    #expect(book.handlers.map(\.name) == ["console", "f"])
  }

  @Test(arguments: [
    ("logging = 5", "c:1: logging: has to be a table"),
    ("[logging]\nlevle = \"info\"", "c:2: logging.levle: is not known; did you mean level?"),
    ("[logging]\nlevel = \"loud\"", "c:2: logging.level: has to be a level: debug, info, warning, error, critical"),
    ("[logging.loggers]\napp.net = \"info\"", "logging.loggers.app.net: is not known; there are level and propagate"),
    ("[logging.handlers.f]\npath = \"x\"", "logging.handlers.f.class: has to be a class of handlers"),
    ("[logging.handlers.f]\nclass = \"pigeon\"", "\"pigeon\" is no class of handlers: console, file, rotating"),
    ("[logging.handlers.f]\nclass = \"file\"", "a handler of class file needs a path"),
    ("[logging.handlers.f]\nclass = \"console\"\nkeep = 1", "\"keep\" is nothing that a handler of class console has"),
    ("[logging.handlers.f]\nclass = \"console\"\nformat = \"{x}\"", "logging.handlers.f: {x} is no field of a format"),
  ])
  func mistakesAreToldWithTheirKey(text: String, message: String) throws {
    let file = try ConfigurationFile(path: "c", text: text)
    let error = #expect(throws: ConfigurationError.self) { try LogbookSettings(file) }
    #expect(error.map { "\($0)" }?.contains(message) == true, "\(String(describing: error))")
  }
}
