package import MachineModel

/// `info line`.
package struct LineAddresses: Sendable, Encodable, Equatable {
  /// Empty where there is no line information.
  package let file: String
  package let line: Int
  /// nil where neither the line nor any behind it has code.
  package let start: VirtualAddress?
  /// Past the last byte; equal to `start` where the line has no code of its own.
  package let end: VirtualAddress?
  /// `<main+4>` of both.
  package let startSymbol: String?
  package let endSymbol: String?
  /// `file` as text shows it: as its compiler was given it. nil: `file` itself. Not part of JSON.
  package var sourceName: String?
  private enum CodingKeys: CodingKey { case file, line, start, end, startSymbol, endSymbol }
  package init(
    file: String, line: Int, start: VirtualAddress?, end: VirtualAddress?, startSymbol: String?, endSymbol: String?
  ) {
    self.file = file
    self.line = line
    self.start = start
    self.end = end
    self.startSymbol = startSymbol
    self.endSymbol = endSymbol
  }
}
