import Testing

@testable import TerminalInterface

/// What keys make of a line: the text, with `|` at the cursor.
@Suite struct LineEditorTests {
  private static func result(_ start: String, _ commands: [LineEditor.Command]) -> String {
    var editor = LineEditor()
    let parts = start.split(separator: "|", omittingEmptySubsequences: false)
    editor.replace(with: parts.joined())
    for _ in 0..<(parts.count > 1 ? parts[1].count : 0) { editor.perform(.backwardCharacter) }
    for command in commands { editor.perform(command) }
    var text = editor.text
    text.insert("|", at: text.index(text.startIndex, offsetBy: editor.cursor))
    return text
  }

  @Test(arguments: [
    ("print a|", [LineEditor.Command.beginningOfLine], "|print a"),
    ("pri|nt", [.endOfLine], "print|"),
    ("|", [.backwardCharacter, .forwardCharacter, .deleteBackward, .deleteForward], "|"),
    ("ab|", [.backwardCharacter, .deleteBackward], "|b"),
    ("a|b", [.deleteForward], "a|"),
    ("print foo->bar|", [.backwardWord], "print foo->|bar"),
    ("print foo->bar|", [.backwardWord, .backwardWord], "print |foo->bar"),
    ("|print foo->bar", [.forwardWord, .forwardWord], "print foo|->bar"),
    ("print |foo", [.killLine], "print |"),
    ("print |foo", [.killToStart], "|foo"),
    ("a foo->bar |", [.killBlankWord], "a |"),
    ("a foo->bar|", [.backwardKillWord], "a foo->|"),
    ("|one two", [.killWord], "| two"),
    ("one |two", [.killLine, .beginningOfLine, .yank], "two|one "),
    // Kills in a row join in the order of the text.
    ("one two|", [.backwardKillWord, .backwardKillWord, .yank], "one two|"),
    ("|one two", [.killWord, .killWord, .yank], "one two|"),
    // Others start an entry: the pop brings the one before.
    ("one two|", [.backwardKillWord, .beginningOfLine, .killLine, .yank, .yankPop], "two|"),
    ("ab|", [.transposeCharacters], "ba|"),
    ("a|b", [.transposeCharacters], "ba|"),
    ("a|", [.transposeCharacters], "a|"),
    ("|ab", [.transposeCharacters], "|ab"),
    ("ab|", [.yankPop], "ab|"),
    ("äö 名前|", [.backwardWord, .deleteBackward], "äö|名前"),
  ]) func editing(start: String, commands: [LineEditor.Command], expected: String) {
    #expect(Self.result(start, commands) == expected)
  }

  @Test func replacementOutsideOfTheLineIsClamped() {
    var editor = LineEditor("abc")
    editor.replace(2..<90, with: "x")
    #expect(editor.text == "abx")
    #expect(editor.cursor == 3)
  }
}

@Suite struct CommandHistoryTests {
  @Test func walksBackAndForthAndKeepsTheDraft() {
    var history = CommandHistory(["one", "two"])
    var shown = [history.previous(current: "dra"), history.previous(current: "two"), history.previous(current: "one")]
    #expect(shown == ["two", "one", nil])
    shown = [history.next(), history.next(), history.next()]
    #expect(shown == ["two", "dra", nil])
  }

  @Test func leavesOutBlankAndRepeatedLines() {
    var history = CommandHistory()
    let isNew = [history.add("run"), history.add("run"), history.add("  ")]
    #expect(isNew == [true, false, false])
    #expect(history.entries == ["run"])
  }

  @Test func forgetsTheOldest() {
    let history = CommandHistory((0..<CommandHistory.capacity + 5).map(String.init))
    #expect(history.entries.count == CommandHistory.capacity)
    #expect(history.entries.first == "5")
  }

  @Test func suggestsTheNewestThatGoesOn() {
    let history = CommandHistory(["break main", "break add", "run"])
    #expect(history.suggestion(for: "bre") == "break add")
    #expect(history.suggestion(for: "") == nil)
    #expect(history.suggestion(for: "run") == nil)
  }

  @Test func searchesBackwards() {
    let history = CommandHistory(["break main", "break add", "run"])
    #expect(history.search("break") == 1)
    #expect(history.search("break", before: 1) == 0)
    #expect(history.search("nothing") == nil)
    #expect(history.search("") == nil)
  }
}
