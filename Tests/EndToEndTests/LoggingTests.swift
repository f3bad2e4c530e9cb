import Foundation
import TestSupport
import Testing

/// Handlers, levels and sdb's own log, as commands and settings have them.
@Suite struct LoggingTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func batch(_ commands: String..., options: [String] = []) throws -> Batch {
    let program = try sandbox.program("conditions.cpp", flags: ["-g", "-O0"], as: "program")
    return try Batch(commands: commands, options: options, program: [program], in: sandbox)
  }

  private static let point = "logpoint counter::hot \"i {i}\" level=warning logger=app.net if i < 3"

  @Test func handlersGetWhatTheyTake() throws {
    let done = try batch(
      "log handler add all file path=all format=\"{level:8}|{logger}|{message}|{location}|{thread}\"",
      "log handler add two file path=two text=2$ format=json", "log handler add disk file path=disk logger=app.disk",
      "log handler remove console", "log handlers", Self.point, "run")
    #expect(done.status == 0, "\(done.errors)")
    #expect(!done.output.contains("i 1"), "\(done.output)")
    #expect(done.output.contains("two       file      debug     (all)         "), "\(done.output)")
    let lines = try sandbox.read("all").split(separator: "\n")
    #expect(
      lines.count == 3 && lines[0].wholeMatch(of: /WARNING \|app.net\|i 0\|conditions.cpp:\d+\|1/) != nil, "\(lines)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try sandbox.read("two").utf8)) as? [String: Any])
    #expect(object["message"] as? String == "i 2" && object["breakpoint"] as? Int == 1)
    #expect((object["file"] as? String)?.hasSuffix("conditions.cpp") == true)
    #expect(try sandbox.read("disk").isEmpty)
  }

  @Test func filtersAreChangedAtRunTime() throws {
    let done = try batch(
      "log handler add f file path=f format={message}", "log filter f text=1 level=info", Self.point,
      "log filter f text=",
      "log filter f logger=app.disk", "log filter f logger=", "log filter f text=[12]", "run")
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("only what matches [12]"), "\(done.output)")
    #expect(try sandbox.read("f") == "i 1\ni 2\n")
  }

  @Test func whatDoesNotPropagateStaysBelow() throws {
    let done = try batch(
      "log handler add app file path=app logger=app format={message}", "log propagate app off", "log level", Self.point,
      "run")
    #expect(done.output.contains("app                  debug  (goes no further up)"), "\(done.output)")
    #expect(!done.output.contains("i 1"))
    #expect(try sandbox.read("app") == "i 0\ni 1\ni 2\n")
  }

  @Test func settingsNameHandlers() throws {
    let settings = try sandbox.file(
      "settings.toml",
      """
      [logging]
      level = "error"
      [logging.loggers]
      "app.net" = "info"
      [logging.handlers.file]
      class = "file"
      path = "\(sandbox.path("log"))"
      format = "{level} {message}"
      """)
    let done = try batch(Self.point, "run", options: ["--config", settings])
    #expect(done.status == 0, "\(done.errors)")
    #expect(try sandbox.read("log") == "WARNING i 0\nWARNING i 1\nWARNING i 2\n")
    _ = try sandbox.file("settings.toml", "[logging]\nlevel = \"loud\"\n")
    let wrong = try batch("run", options: ["--config", settings])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("settings.toml:2: logging.level: has to be a level: debug"), "\(wrong.errors)")
  }

  /// A handler that can't write says so once; the others get all.
  @Test func aFailingHandlerIsToldOfOnce() throws {
    let done = try batch(
      "log handler add full file path=/dev/full", "log handler add f file path=f format={message}",
      "log handler add bad file path=no/such/folder", Self.point, "run", "log handlers")
    let complaint = "The log handler \"full\" can't write: /dev/full: No space left on device."
    #expect(done.errors.components(separatedBy: complaint).count == 2, "\(done.errors)")
    #expect(done.errors.contains("no/such/folder: No such file or directory"), "\(done.errors)")
    #expect(done.output.contains("failed: /dev/full: No space left on device"), "\(done.output)")
    #expect(try sandbox.read("f") == "i 0\ni 1\ni 2\n")
  }

  // MARK: sdb's own

  @Test func sdbLogsItselfFromItsLevelOn() throws {
    _ = try batch("print 1")
    #expect(!sandbox.exists("state/sdb/sdb.log"))
    _ = try batch("print 1", "log level sdb debug", "print 2", "print nothing_at_all")
    let text = try sandbox.read("state/sdb/sdb.log")
    #expect(text.contains(" DEBUG    sdb: command: print 2\n"), "\(text)")
    #expect(text.contains(" INFO     sdb: command failed: print nothing_at_all reason=No symbol "), "\(text)")
    #expect(!text.contains("print 1"))
    _ = try batch("print 3", options: ["--log-level", "debug"])
    #expect(try sandbox.read("state/sdb/sdb.log").contains("command: print 3"))
  }

  @Test func asJSON() throws {
    let objects = try batch("log handlers", "log level", options: ["--json"]).objects()
    let handlers = try #require((objects[0]["result"] as? [String: Any])?["handlers"] as? [[String: Any]])
    #expect(handlers.map { $0["name"] as? String } == ["console", "sdb"])
    #expect(handlers[1]["class"] as? String == "rotating" && handlers[1]["logger"] as? String == "sdb")
    let levels = try #require((objects[1]["result"] as? [String: Any])?["levels"] as? [[String: Any]])
    #expect(levels.map { $0["level"] as? String } == ["debug", "warning"])
    #expect(levels.map { $0["propagates"] as? Bool } == [true, false])
  }

  @Test(arguments: [
    ("log handler add x pigeon", "\"pigeon\" is no class of handlers"), ("log handler add x", "Usage: log handler add"),
    ("log handler add x file", "a handler of class file needs a path"),
    ("log handler add x file path", "KEY=VALUE expected, not \"path\""),
    ("log handler add x console format=\"{level", "A quote is not closed"),
    ("log handler remove x", "No handler is named \"x\""), ("log filter x", "No handler is named \"x\""),
    ("log filter console size=3", "\"size\" is nothing to filter by"), ("log propagate x", "Usage: log propagate"),
  ])
  func wrongOnesAreRefused(command: String, message: String) throws {
    let done = try batch(command)
    #expect(done.errors.contains(message), "\(done.errors)")
  }
}
