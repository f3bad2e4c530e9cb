package import Debugger

/// A source file, ready to be drawn.
package struct SourceDocument: Sendable, Equatable {
  /// As the debug information names it.
  package let name: String
  package let text: SourceText
  private let colouring: SourceColouring

  package init(name: String, text: SourceText) {
    self.name = name
    self.text = text
    colouring = SourceColouring(fileName: name, lines: text.lines)
  }

  package var lines: [String] { text.lines }

  /// A line from 0, coloured.
  func styled(_ index: Int, theme: Theme) -> StyledText {
    colouring.styled(index, theme: theme)
  }
}
