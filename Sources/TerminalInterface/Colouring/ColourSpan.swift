/// A stretch of a source line that means something.
package struct ColourSpan: Sendable, Hashable {
  /// In UTF-8 bytes from the start of the line.
  package let range: Range<Int>
  package let scope: Scope

  package init(range: Range<Int>, scope: Scope) {
    self.range = range
    self.scope = scope
  }
}

/// What a source line begins inside of.
package enum LexerState: Sendable, Hashable {
  case code
  /// A block comment, with how many are open where they nest.
  case comment(depth: Int)
  /// A string over several lines, with what ends it.
  case string(close: [UInt8], escapes: Bool)
  /// A preprocessor directive whose last line ended in a backslash.
  case directive
}
