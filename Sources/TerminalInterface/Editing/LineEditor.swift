/// A line being typed, with Emacs keys: pure text, cursor and kill ring. Positions count characters.
package struct LineEditor: Sendable, Equatable {
  /// What an editing key does; the names of readline(3) where it has one.
  package enum Command: Sendable, Hashable, CaseIterable {
    case beginningOfLine, endOfLine, backwardCharacter, forwardCharacter, backwardWord, forwardWord
    case deleteBackward, deleteForward, transposeCharacters
    /// To the end, to the start of the line.
    case killLine, killToStart
    /// Back to the last blank.
    case killBlankWord
    case killWord, backwardKillWord
    case yank, yankPop
  }

  /// What a run of equal commands is about: kills join, a yank may be exchanged.
  private enum Last: Sendable, Equatable {
    case other
    case kill
    case yank(Range<Int>)
  }

  package private(set) var characters: [Character] = []
  /// 0…count.
  package private(set) var cursor = 0
  private var killRing = KillRing()
  private var last = Last.other

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }

  /// Replaces all of the line; the cursor goes to its end. The kill ring stays.
  package mutating func replace(with text: String) {
    characters = Array(text)
    cursor = characters.count
    last = .other
  }

  /// Replaces some characters; the cursor goes behind the new ones.
  package mutating func replace(_ range: Range<Int>, with text: String) {
    let range = range.clamped(to: 0..<characters.count)
    characters.replaceSubrange(range, with: text)
    cursor = range.lowerBound + text.count
    last = .other
  }

  /// Types text at the cursor.
  package mutating func insert(_ text: String) {
    replace(cursor..<cursor, with: text)
  }

  /// Has the next yank insert a text, as if it had been killed.
  package mutating func keep(_ text: String) {
    killRing.keep(text, joins: false, before: false)
    last = .other
  }

  package mutating func perform(_ command: Command) {
    var now = Last.other
    switch command {
    case .beginningOfLine: cursor = 0
    case .endOfLine: cursor = characters.count
    case .backwardCharacter: cursor = max(0, cursor - 1)
    case .forwardCharacter: cursor = min(characters.count, cursor + 1)
    case .backwardWord: cursor = wordStart
    case .forwardWord: cursor = wordEnd
    case .deleteBackward: if cursor > 0 { remove(cursor - 1..<cursor) }
    case .deleteForward: if cursor < characters.count { remove(cursor..<cursor + 1) }
    case .transposeCharacters: transpose()
    case .killLine: now = kill(cursor..<characters.count)
    case .killToStart: now = kill(0..<cursor)
    case .killBlankWord: now = kill(blankWordStart..<cursor)
    case .killWord: now = kill(cursor..<wordEnd)
    case .backwardKillWord: now = kill(wordStart..<cursor)
    case .yank: now = yank(over: cursor..<cursor)
    case .yankPop:
      if case .yank(let range) = last {
        killRing.rotate()
        now = yank(over: range)
      }
    }
    last = now
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func kill(_ range: Range<Int>) -> Last {
    killRing.keep(String(characters[range]), joins: last == .kill, before: range.upperBound == cursor)
    remove(range)
    return .kill
  }

  private mutating func yank(over range: Range<Int>) -> Last {
    guard let text = killRing.current else { return .other }
    replace(range, with: text)
    return .yank(range.lowerBound..<cursor)
  }

  /// Exchanges the characters around the cursor, at the end the last two, and goes past them.
  private mutating func transpose() {
    guard cursor > 0, characters.count > 1 else { return }
    let right = min(cursor, characters.count - 1)
    characters.swapAt(right - 1, right)
    cursor = right + 1
  }

  /// Where the word before the cursor begins; words are letters, digits and underscores.
  private var wordStart: Int {
    var index = cursor
    while index > 0, !Self.isWord(characters[index - 1]) { index -= 1 }
    while index > 0, Self.isWord(characters[index - 1]) { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    var index = cursor
    while index < characters.count, !Self.isWord(characters[index]) { index += 1 }
    while index < characters.count, Self.isWord(characters[index]) { index += 1 }
    return index
  }

  private var blankWordStart: Int {
    var index = cursor
    while index > 0, characters[index - 1].isWhitespace { index -= 1 }
    while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
