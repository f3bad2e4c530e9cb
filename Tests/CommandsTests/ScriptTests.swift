import Commands
import Testing

@Suite struct ScriptTests {
  @Test func readsBlocks() throws {
    let lines = [
      "# comment", "define f", "  print $arg0", "  if $arg0", "    echo yes", "  end", "end", "if 1", "bt", "else",
      "while x", "next", "end", "end", "continue",
    ]
    #expect(
      try ScriptParser.parse(lines) == [
        .define(name: "f", body: ["  print $arg0", "  if $arg0", "    echo yes", "  end"]),
        .branch(
          condition: "1", then: [.command("bt", number: 9)],
          otherwise: [.loop(condition: "x", body: [.command("next", number: 12)], number: 11)], number: 8),
        .command("continue", number: 15),
      ])
  }

  @Test(arguments: [["if 1", "bt"], ["define f", "bt"], ["while", "end"]])
  func refusesUnbalancedBlocks(_ lines: [String]) {
    #expect(throws: CommandError.self) { try ScriptParser.parse(lines) }
  }

  @Test func leavesTheEndOfNothingToItsTurn() throws {
    #expect(
      try ScriptParser.parse(["bt", "end", "else", "next"]) == [
        .command("bt", number: 1), .command("end", number: 2), .command("else", number: 3), .command("next", number: 4),
      ])
  }

  @Test func countsOpenBlocks() {
    #expect(ScriptParser.openBlocks(in: ["define f", "if 1"]) == 2)
    #expect(ScriptParser.openBlocks(in: ["document f", "if you like"]) == 1)
    #expect(ScriptParser.openBlocks(in: ["document f", "if you like", "end"]) == 0)
  }
}
