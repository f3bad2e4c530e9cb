/// Some lines of a file: `list`.
package struct SourceSlice: Sendable, Encodable, Equatable {
  package let file: String
  /// Of `lines[0]`, from 1.
  package let firstLine: Int
  package let lines: [String]
  /// The line that the selected frame stands at, where it is in this file.
  package let currentLine: Int?
  /// Why it may not be the text that the program was compiled from.
  package let doubt: SourceText.Doubt?
  package init(
    file: String, firstLine: Int, lines: [String], currentLine: Int?, doubt: SourceText.Doubt? = nil
  ) {
    self.file = file
    self.firstLine = firstLine
    self.lines = lines
    self.currentLine = currentLine
    self.doubt = doubt
  }
}
