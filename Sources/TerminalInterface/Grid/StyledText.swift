/// A line of text whose parts have styles: what the source pane shows of a line.
package struct StyledText: Sendable, Hashable {
  /// A stretch in one style.
  package struct Run: Sendable, Hashable {
    /// In UTF-8 bytes from the start of the text.
    package let range: Range<Int>
    package let style: Style

    package init(range: Range<Int>, style: Style) {
      self.range = range
      self.style = style
    }
  }

  package private(set) var text: String
  /// In order, without overlap; what lies between has the base style.
  package private(set) var runs: [Run]
  /// The style of what no run covers.
  package let base: Style

  /// - Parameter runs: in the order of the text and without overlap.
  package init(_ text: String, base: Style = .plain, runs: [Run] = []) {
    self.text = text
    self.base = base
    self.runs = runs
  }

  /// Adds text in a style at the end.
  package mutating func append(_ more: String, style: Style) {
    let start = text.utf8.count
    text += more
    runs.append(Run(range: start..<start + more.utf8.count, style: style))
  }
}
