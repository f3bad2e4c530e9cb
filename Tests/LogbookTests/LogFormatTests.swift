import Debugger
import Foundation
import Logbook
import MachineModel
import Testing

@Suite struct LogFormatTests {
  static let moment = Timestamp(nanoseconds: 1_796_120_946_012_345_678)

  static let passage = LogRecord(
    LogEntry(
      breakpoint: 3, thread: 2, logger: "app.net", level: .warning, text: "got \"5\"\n",
      place: .init(address: VirtualAddress(0x1000), file: "/src/net/get.c", line: 12, function: "get")),
    time: moment)

  @Test(arguments: [
    ("{level} {logger}: {message}", "WARNING app.net: got \"5\""), ("{level:9}|", "WARNING  |"),
    ("{{{message}}}", "{got \"5\"}"),
    ("#{breakpoint} t{thread} {location} {function} {file}:{line}", "#3 t2 get.c:12 get /src/net/get.c:12"),
    ("plain", "plain"),
  ])
  func templates(template: String, line: String) throws {
    #expect(try LogFormat(template).line(Self.passage) == line)
  }

  /// Fields that a record of sdb's own does not have are empty, and the root has a name.
  @Test func fieldsThatAreAbsent() throws {
    let record = LogRecord("x", level: .debug, time: Self.moment)
    #expect(try LogFormat("[{thread}{location}{breakpoint}] {logger}").line(record) == "[] root")
  }

  @Test func times() throws {
    #expect(Self.moment.universal == "2026-12-01T10:29:06.012345Z")
    let time = Self.moment.local
    #expect(time.hasSuffix(":29:06.012") && time.count == 23)
    #expect(try LogFormat("{clock}").line(Self.passage) == String(time.suffix(12)))
    #expect(Timestamp(nanoseconds: -1).universal == "1969-12-31T23:59:59.999999Z")
  }

  /// What a program prints can't look like a record of its own.
  @Test func controlCharactersAreEscaped() throws {
    let record = LogRecord("a\n2026 FAKE\u{1b}[0m")
    #expect(try LogFormat("{message}").line(record) == "a\\0122026 FAKE\\033[0m")
    #expect(try LogFormat("{message}").line(record, keepsLines: true) == "a\n2026 FAKE\\033[0m")
  }

  @Test func jsonHasAllFields() throws {
    let line = try LogFormat("json").line(Self.passage)
    #expect(
      line == """
        {"time": "2026-12-01T10:29:06.012345Z", "level": "warning", "logger": "app.net", "message": "got \\"5\\"", \
        "thread": 2, "breakpoint": 3, "function": "get", "file": "/src/net/get.c", "line": 12}
        """)
    let own = try LogFormat("json").line(LogRecord("a\nb", logger: "sdb", time: Self.moment))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(own.utf8)) as? [String: Any])
    #expect(object["message"] as? String == "a\nb" && object["thread"] == nil)
  }

  @Test(arguments: [
    ("{level", "a { has no } behind it"), ("{shout}", "{shout} is no field of a format: time, clock, level"),
    ("{level:wide}", "\"wide\" is no width"), ("{level:0}", "\"0\" is no width"),
  ])
  func wrongTemplatesAreRefused(template: String, reason: String) {
    let error = #expect(throws: LogbookError.self) { try LogFormat(template) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }
}
