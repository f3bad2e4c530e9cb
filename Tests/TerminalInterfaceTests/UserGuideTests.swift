import Commands
import Concurrency
import Debugger
import Foundation
import Logbook
import TerminalInterface
import TestSupport
import Testing

/// The user guide's tables are those of the program. `SDB_UPDATE_DOCS=1 scripts/test --filter UserGuide` writes them.
@Suite(.serialized) struct UserGuideTests {
  private static let path = Fixture.sources.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/UserGuide.md")

  @Test func keysAreThoseOfTheBindings() throws {
    try check("keys", BindingTable.standard().markdown)
  }

  @Test func commandsAreThoseOfTheTable() throws {
    let table = ConcurrencyCommands.added(to: .standard, survey: ConcurrencySurvey(DebugSession()))
    try check("commands", LogbookCommands.added(to: table, book: Logbook()).markdown)
  }

  /// Compares what stands between `<!-- NAME -->` and `<!-- end of NAME -->`, or writes it.
  private func check(_ name: String, _ table: String) throws {
    let guide = try String(contentsOf: Self.path, encoding: .utf8)
    let begin = try #require(guide.firstRange(of: "<!-- \(name) -->\n"))
    let end = try #require(guide.firstRange(of: "<!-- end of \(name) -->"))
    let expected = table.trimmingCharacters(in: .newlines) + "\n"
    if ProcessInfo.processInfo.environment["SDB_UPDATE_DOCS"] != nil {
      let updated = guide[..<begin.upperBound] + expected + guide[end.lowerBound...]
      try String(updated).write(to: Self.path, atomically: true, encoding: .utf8)
    } else {
      #expect(String(guide[begin.upperBound..<end.lowerBound]) == expected, "docs/UserGuide.md is behind")
    }
  }
}
