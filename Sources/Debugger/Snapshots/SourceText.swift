/// A file's text, split into lines. Bytes that are not UTF-8 are replaced; nothing is escaped yet.
package struct SourceText: Sendable, Equatable {
  /// Where it was found.
  package let path: String
  package let lines: [String]
  package init(path: String, lines: [String]) {
    self.path = path
    self.lines = lines
  }
}
