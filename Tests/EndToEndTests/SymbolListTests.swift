import Foundation
import TestSupport
import Testing

/// `info functions`, `info variables`, `info types`: the text of gdb 13 for the same programs.
@Suite struct SymbolListTests {
  @Test(arguments: [
    (
      "info functions -n",
      """
      All defined functions:

      File layout.c:
      30:\tint main(int, char **);
      28:\tint unprototyped();
      """
    ),
    ("info functions nosuch", "All functions matching regular expression \"nosuch\":"),
    (
      "info functions -t char ^m",
      """
      All functions matching regular expression "^m" with type matching regular expression "char":

      File layout.c:
      30:\tint main(int, char **);
      """
    ),
    (
      "info variables -n .",
      """
      All variables matching regular expression ".":

      File layout.c:
      27:\tint * const * volatile *deep;
      26:\tstatic const char * const names[1];
      """
    ),
    (
      "info types -q t$",
      """

      File layout.c:
      \tint
      2:\ttypedef struct node node_t;
      \tunsigned int
      """
    ),
    (
      "info types e\\(d\\|y\\)$",
      """
      All types matching regular expression "e\\(d\\|y\\)$":

      File layout.c:
      15:\tstruct aligned;
      """
    ),
    (
      "info variables names",
      """
      All variables matching regular expression "names":

      File layout.c:
      26:\tstatic const char * const names[1];
      """
    ),
    ("info types [", "Invalid regexp: Unmatched [, [^, [:, [., or [="),
  ]) func listsC(_ command: String, _ expected: String) throws {
    #expect(try answer(to: command, about: "layout.c") == expected)
  }

  @Test(arguments: [
    (
      "info functions -n Row<int.*begin",
      """
      All functions matching regular expression "Row<int.*begin":

      File aliases.cpp:
      16:\tint *Row<int, Colour>::begin();
      """
    ),
    (
      "info types ^Lea\\|^Row<int, Colour>::Cell",
      """
      All types matching regular expression "^Lea\\|^Row<int, Colour>::Cell":

      File aliases.cpp:
      29:\tLeaf;
      9:\tRow<int, Colour>::Cell;
      11:\tRow<int, Colour>::Cell::Kind;
      """
    ),
    (
      "info variables limit",
      """
      All variables matching regular expression "limit":

      File aliases.cpp:
      32:\tconst int Leaf::limit;
      """
    ),
  ]) func listsCpp(_ command: String, _ expected: String) throws {
    #expect(try answer(to: command, about: "aliases.cpp") == expected)
  }

  @Test func listsSymbolsWithoutDebugInformation() throws {
    let text = try answer(to: "info functions", about: "layout.c", flags: ["-O0"])
    #expect(text.hasPrefix("All defined functions:\n\nNon-debugging symbols:\n0x00000000"))
    #expect(text.contains("  main\n"))
    #expect(text.contains("  __cxa_finalize@plt\n"))
    #expect(!text.contains("names"))
    #expect(try answer(to: "info variables ^names", about: "layout.c", flags: ["-O0"]).contains("  names"))
  }

  @Test func tellsItAsJSON() throws {
    let sandbox = try Sandbox()
    let batch = try Batch(
      commands: ["info functions -n unproto"], options: ["--json"], program: [try Fixture.compile("layout.c")],
      in: sandbox)
    let answer = try #require(try batch.objects().first { $0["command"] as? String == "info functions" })
    let result = try #require(answer["result"] as? [String: Any])
    let file = try #require((result["files"] as? [[String: Any]])?.first)
    let symbol = try #require((file["symbols"] as? [[String: Any]])?.first)
    #expect(symbol["name"] as? String == "unprototyped")
    #expect(symbol["line"] as? Int == 28)
    #expect(symbol["declaration"] as? String == "int unprototyped();")
  }

  private func answer(to command: String, about source: String, flags: [String] = ["-g", "-O0"]) throws -> String {
    let sandbox = try Sandbox()
    let batch = try Batch(
      commands: [command], program: [try Fixture.compile(source, flags: flags)], in: sandbox)
    let folder = Fixture.sources.path()
    return (batch.output + batch.errors).replacing(folder.hasSuffix("/") ? folder : folder + "/", with: "")
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().joined(separator: "\n")
  }
}
