/// A line of a source file.
package struct SourceLocation: Sendable, Hashable {
  /// Absolute where the compilation directory is known; raw bytes decoded as UTF-8.
  package let file: String
  package let line: Int
  /// From 1; 0 where it is unknown.
  package let column: Int
  package init(file: String, line: Int, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// True where `file` is the whole path, an ending of it, or the file's own name.
  package func isIn(_ file: String) -> Bool { pathMatches(self.file, file) }
}
