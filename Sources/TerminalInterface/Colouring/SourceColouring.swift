import Synchronization

/// The colours of a file's lines, worked out as far as lines are looked at.
package final class SourceColouring: Sendable {
  private let lexer: Lexer?
  private let lines: [String]
  /// What each line begins in, as far as known, from the first line on.
  private let states = Mutex<[LexerState]>([.code])

  /// A jump far down reads at most so many lines before the one it wants; a longer comment is not seen then.
  private static let longestLookBack = 5_000

  /// - Parameter fileName: tells the language, by its ending; other files have no colours.
  package init(fileName: String, lines: [String]) {
    lexer = SourceLanguage(fileName: fileName).map(Lexer.init)
    self.lines = lines
  }

  /// The spans of a line, counted from 0; none for lines that are not there.
  package func spans(ofLine index: Int) -> [ColourSpan] {
    guard let lexer, lines.indices.contains(index) else { return [] }
    return lexer.colour(line: lines[index], state: state(before: index, lexer)).spans
  }

  /// The line with a theme's styles.
  package func styled(_ index: Int, theme: Theme) -> StyledText {
    guard lines.indices.contains(index) else { return StyledText("", base: theme[.sourceText]) }
    let runs = spans(ofLine: index).map {
      StyledText.Run(range: $0.range, style: theme[$0.scope].over(theme[.sourceText]))
    }
    return StyledText(lines[index], base: theme[.sourceText], runs: runs)
  }

  private func state(before index: Int, _ lexer: Lexer) -> LexerState {
    states.withLock { states in
      if index < states.count { return states[index] }
      guard index - states.count <= Self.longestLookBack else {
        return lines[(index - Self.longestLookBack)..<index].reduce(.code) { lexer.colour(line: $1, state: $0).state }
      }
      while states.count <= index {
        let line = states.count - 1
        states.append(lexer.colour(line: lines[line], state: states[line]).state)
      }
      return states[index]
    }
  }
}

extension SourceColouring: Equatable {
  /// Equal text of equal language has equal colours.
  package static func == (left: SourceColouring, right: SourceColouring) -> Bool {
    left === right || (left.lexer?.language == right.lexer?.language && left.lines == right.lines)
  }
}
