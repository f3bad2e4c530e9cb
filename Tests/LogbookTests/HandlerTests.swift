import Debugger
import Foundation
import Logbook
import Synchronization
import TestSupport
import Testing

/// Handlers that write files, of records with times that the tests choose.
@Suite struct HandlerTests {
  private let sandbox: Sandbox
  private let book = Logbook()
  private let told = Told()

  init() throws {
    sandbox = try Sandbox()
    book.setConsole(show: { [told] line, _ in told.add(line) }, report: { [told] in told.add("! " + $0) })
  }

  private func add(_ name: String, _ kind: HandlerDescription.Class, opens: Bool = true, _ options: [String: String])
    throws
  {
    var description = HandlerDescription(kind)
    for (key, value) in options { try description.set(key, to: value) }
    try book.add(name, description, opens: opens)
  }

  private func lines(_ name: String) throws -> [String] {
    try sandbox.read(name).split(separator: "\n").map(String.init)
  }

  @Test func eachHandlerTakesWhatItsFilterLetsThrough() throws {
    for (name, options) in [
      ("all", [:]), ("errors", ["level": "error"]), ("net", ["logger": "app.net"]), ("five", ["text": "^[0-9]*5$"]),
    ] as [(String, [String: String])] {
      try add(name, .file, ["path": sandbox.path(name), "format": "{message}"].merging(options) { $1 })
    }
    book.log(LogRecord("1", level: .error, logger: "app"))
    book.log(LogRecord("25", logger: "app.net.http"))
    book.log(LogRecord("35", level: .debug, logger: "app.network"))
    #expect(try lines("all") == ["1", "25", "35"])
    #expect(try lines("errors") == ["1"])
    #expect(try lines("net") == ["25"])
    #expect(try lines("five") == ["25", "35"])
    #expect(told.lines == ["1", "25", "35"])
  }

  /// As many as a loop of the program's leads to.
  @Test func floodsReachTheConsole() {
    for number in 0..<100_000 { book.log(LogRecord("\(number)")) }
    #expect(told.lines.count == 100_000 && told.lines.last == "99999")
  }

  @Test func whatNobodyTakesIsNotWanted() throws {
    try book.remove("console")
    #expect(!book.wants(.critical, of: "app"))
    try add("net", .file, ["path": sandbox.path("net"), "logger": "app.net", "level": "warning"])
    #expect(book.wants(.warning, of: "app.net.http"))
    #expect(!book.wants(.info, of: "app.net") && !book.wants(.critical, of: "app"))
    book.updateLoggers { $0.set(.error, of: "app.net") }
    #expect(!book.wants(.warning, of: "app.net") && book.wants(.error, of: "app.net"))
    book.updateLoggers { $0.setPropagation(false, of: "app.net.http") }
    #expect(!book.wants(.error, of: "app.net.http"))
  }

  @Test func aFullFileIsPutAside() throws {
    try add("r", .rotating, ["path": sandbox.path("r"), "max-size": "10", "keep": "2", "format": "{message}"])
    for number in 1...6 { book.log(LogRecord("line\(number)")) }
    // Six bytes each: one more does not fit.
    #expect(try [lines("r"), lines("r.1"), lines("r.2")] == [["line6"], ["line5"], ["line4"]])
    #expect(!sandbox.exists("r.3"))
    book.log(LogRecord("longer than the whole file may be"))
    #expect(try lines("r") == ["longer than the whole file may be"])
  }

  /// Two that write the same file: neither loses a line, and neither puts aside what the other has begun.
  @Test func aFileOfSeveralWritersStaysBounded() throws {
    let other = Logbook()
    for book in [book, other] {
      var description = HandlerDescription(.rotating)
      for (key, value) in ["path": sandbox.path("r"), "max-size": "40", "keep": "100", "format": "{message}"] {
        try description.set(key, to: value)
      }
      try book.add("r", description)
    }
    for number in 100..<150 {
      book.log(LogRecord("a\(number)"))
      other.log(LogRecord("b\(number)"))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path()).filter { $0.hasPrefix("r") }
    let written = try files.flatMap { try lines($0) }
    #expect(Set(written).count == 100 && written.count == 100)
    for file in files { #expect(try sandbox.read(file).utf8.count <= 45) }
  }

  @Test func aNewDayHasItsOwnFile() throws {
    try add("t", .timed, ["path": sandbox.path("t"), "every": "day", "keep": "1", "format": "{message}"])
    let now = Timestamp.now
    let day: Int64 = 86_400_000_000_000
    // The file's last change is what tells which day it is of.
    book.log(LogRecord("today", time: now))
    book.log(LogRecord("the day after tomorrow", time: Timestamp(nanoseconds: now.nanoseconds + 2 * day)))
    #expect(try lines("t") == ["the day after tomorrow"])
    let aside = try FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path()).filter { $0.hasPrefix("t.") }
    #expect(aside.count == 1 && aside[0].count == "t.2026-12-01".count)
    #expect(try lines(aside[0]) == ["today"])
  }

  @Test func onlyAsManyOldFilesAsWantedAreKept() throws {
    for name in ["t.2001-01-01", "t.2001-01-02", "t.2001-01-03", "t.conf"] { _ = try sandbox.file(name, "old\n") }
    let old = try sandbox.file("t", "older\n")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: old)
    try add("t", .timed, ["path": old, "every": "day", "keep": "2", "format": "{message}"])
    book.log(LogRecord("new"))
    let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path()).sorted()
    #expect(left == ["t", "t.2001-01-03", "t.2001-09-09", "t.conf"])
    #expect(try lines("t.2001-09-09") == ["older"] && lines("t") == ["new"])
  }

  @Test func whatCantBeOpenedIsRefusedAtOnce() throws {
    let error = #expect(throws: LogbookError.self) {
      try add("bad", .file, ["path": sandbox.path("no/such/folder")])
    }
    #expect(error?.description == "\(sandbox.path("no/such/folder")): No such file or directory")
    #expect(book.handlers.map(\.name) == ["console"])
  }

  /// One that fails is told of once, keeps others from nothing, and goes on when it can.
  @Test func aFailingHandlerIsToldOfOnce() throws {
    let path = sandbox.path("folder/log")
    try add("late", .file, opens: false, ["path": path, "format": "{message}"])
    try add("other", .file, ["path": sandbox.path("other"), "format": "{message}"])
    book.log(LogRecord("1"))
    book.log(LogRecord("2"))
    let complaint = "! The log handler \"late\" can't write: \(path): No such file or directory."
    #expect(told.lines.filter { $0.hasPrefix("!") } == [complaint])
    #expect(book.handlers.first { $0.name == "late" }?.failure == "\(path): No such file or directory")
    try FileManager.default.createDirectory(atPath: sandbox.path("folder"), withIntermediateDirectories: true)
    book.log(LogRecord("3"))
    #expect(try lines("folder/log") == ["3"] && lines("other") == ["1", "2", "3"])
    #expect(book.handlers.first { $0.name == "late" }?.failure == nil)
  }

  /// /dev/full refuses each write (full(4)).
  @Test func aFullDiskIsToldOf() throws {
    try add("full", .file, ["path": "/dev/full"])
    book.log(LogRecord("x"))
    #expect(told.lines.contains("! The log handler \"full\" can't write: /dev/full: No space left on device."))
  }

  @Test(arguments: [
    (HandlerDescription.Class.file, "max-size", "5", "\"max-size\" is nothing that a handler of class file has"),
    (.rotating, "max-size", "0", "max-size has to be a number from 1"),
    (.timed, "every", "year", "every has to be one of minute, hour, day"),
    (.syslog, "facility", "kern", "facility has to be one of user, daemon, local0"),
    (.console, "level", "loud", "\"loud\" is no level: debug, info, warning, error, critical"),
    (.console, "text", "a\\(", "\"a\\(\" is no regular expression: Unmatched ( or \\("),
  ])
  func wrongOptionsAreRefused(kind: HandlerDescription.Class, key: String, value: String, reason: String) {
    var description = HandlerDescription(kind)
    let error = #expect(throws: LogbookError.self) { try description.set(key, to: value) }
    #expect(error?.description.hasPrefix(reason) == true, "\(String(describing: error))")
  }
}

/// What was shown and reported.
final class Told: Sendable {
  private let all = Mutex<[String]>([])
  var lines: [String] { all.withLock { $0 } }
  func add(_ line: String) { all.withLock { $0.append(line) } }
}
