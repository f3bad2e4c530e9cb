import Debugger
import Logbook
import Testing

@Suite struct LoggerHierarchyTests {
  @Test(arguments: [
    ("app", LogLevel.warning), ("app.net", .error), ("app.net.http", .error), ("application", .info), ("", .info),
    ("app.disk", .warning),
  ])
  func theNearestLevelHolds(logger: String, level: LogLevel) {
    var loggers = LoggerHierarchy()
    loggers.set(.info, of: "")
    loggers.set(.warning, of: "app")
    loggers.set(.error, of: "app.net")
    #expect(loggers.level(of: logger) == level)
  }

  @Test func aLevelTakenAwayIsThatAbove() {
    var loggers = LoggerHierarchy()
    loggers.set(.error, of: "app")
    loggers.set(nil, of: "app")
    loggers.set(nil, of: "")
    #expect(loggers.level(of: "app") == .debug)
    #expect(loggers.all.map(\.logger) == [""])
  }

  @Test(arguments: [
    ("a.b.c", "", false), ("a.b.c", "a", false), ("a.b.c", "a.b", true), ("a.b.c", "a.b.c", true), ("a.c", "", true),
    ("a.b", "a.b.c", false), ("ab", "a", false), ("", "", true),
  ])
  func recordsGoUpAsFarAsTheyArePassedOn(logger: String, handler: String, leads: Bool) {
    var loggers = LoggerHierarchy()
    loggers.setPropagation(false, of: "a.b")
    #expect(loggers.leads(from: logger, to: handler) == leads)
    loggers.setPropagation(true, of: "a.b")
    #expect(loggers.leads(from: "a.b.c", to: ""))
  }
}
