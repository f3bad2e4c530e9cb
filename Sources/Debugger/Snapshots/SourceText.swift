/// A file's text, split into lines. Bytes that are not UTF-8 are replaced; nothing is escaped yet.
package struct SourceText: Sendable, Equatable {
  /// Why it may not be the text that the program was compiled from.
  package enum Doubt: String, Sendable, Encodable {
    /// It is not: its checksum is another (DWARF 5 §6.2.4.1, DW_LNCT_MD5).
    case changed
    /// It was written after the program was.
    case newer

    /// For a person, once a file.
    package func warning(_ path: String) -> String {
      switch self {
      case .changed: "warning: Source file \(path) is not the one that the program was compiled from."
      case .newer: "warning: Source file is more recent than executable."
      }
    }
  }
  /// Where it was found.
  package let path: String
  package let lines: [String]
  package let doubt: Doubt?
  package init(path: String, lines: [String], doubt: Doubt? = nil) {
    self.path = path
    self.lines = lines
    self.doubt = doubt
  }

  func doubted(_ doubt: Doubt?) -> SourceText { SourceText(path: path, lines: lines, doubt: doubt) }
}
