package import MachineModel

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

/// Some lines of a file: `list`.
package struct SourceSlice: Sendable, Encodable, Equatable {
  package let file: String
  /// Of `lines[0]`, from 1.
  package let firstLine: Int
  package let lines: [String]
  /// The line that the selected frame stands at, where it is in this file.
  package let currentLine: Int?
  package init(file: String, firstLine: Int, lines: [String], currentLine: Int?) {
    self.file = file
    self.firstLine = firstLine
    self.lines = lines
    self.currentLine = currentLine
  }
}

/// `info line`.
package struct LineAddresses: Sendable, Encodable, Equatable {
  package let file: String
  package let line: Int
  package let start: VirtualAddress
  /// Past the last byte; equal to `start` where the line has no code of its own.
  package let end: VirtualAddress
  /// `<main+4>` of both.
  package let startSymbol: String?
  package let endSymbol: String?
  /// `file` as text shows it: as its compiler was given it. nil: `file` itself. Not part of JSON.
  package var sourceName: String?
  private enum CodingKeys: CodingKey { case file, line, start, end, startSymbol, endSymbol }
  package init(
    file: String, line: Int, start: VirtualAddress, end: VirtualAddress, startSymbol: String?, endSymbol: String?
  ) {
    self.file = file
    self.line = line
    self.start = start
    self.end = end
    self.startSymbol = startSymbol
    self.endSymbol = endSymbol
  }
}
