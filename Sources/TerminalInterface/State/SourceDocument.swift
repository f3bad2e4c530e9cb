package import Debugger

/// A source file, ready to be drawn.
package struct SourceDocument: Sendable, Equatable {
  /// As the debug information names it.
  package let name: String
  package let text: SourceText

  package init(name: String, text: SourceText) {
    self.name = name
    self.text = text
  }

  package var lines: [String] { text.lines }

  /// A line from 0, coloured.
  func styled(_ index: Int, theme: Theme) -> StyledText {
    StyledText(lines[index], base: theme[.sourceText])
  }
}
