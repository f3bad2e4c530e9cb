package import MachineModel

/// The code of a line, as `info line` tells it.
package struct LineExtent: Sendable, Equatable {
  package let line: Int
  /// Absolute.
  package let file: String
  /// Empty where the line has no code of its own, at the code that follows it; nil where none follows.
  package let range: Range<VirtualAddress>?
}

extension ProgramSymbols {
  /// A line of a file in all units that have code of it: from its first row to the next; where none has, the code of the
  /// next line that some has. Empty where no unit has the file.
  package func lineExtents(ofLine line: Int, inFile file: String) -> [LineExtent] {
    guard let wanted = UInt32(exactly: line) else { return [] }
    let searches = loadedImages.map { LineSearch($0, file: file) }
    var path: String?
    var found: [LineExtent] = []
    for search in searches {
      path = path ?? search.path
      for stop in search.firstRows(ofLine: wanted) {
        found += extent(at: search.image.virtualAddress(ImageAddress(stop.address)), line: line).map { [$0] } ?? []
      }
    }
    guard found.isEmpty, let path else { return found }
    let next = searches.compactMap { search in search.nextLine(after: wanted).map { (search, $0) } }
      .min { $0.1 < $1.1 }
    guard let (search, nextLine) = next, let stop = search.firstRows(ofLine: nextLine).first else {
      return [LineExtent(line: line, file: path, range: nil)]
    }
    return [extent(at: search.image.virtualAddress(ImageAddress(stop.address)), line: line)].compactMap { $0 }
  }

  /// The row that covers `address`, as the extent of `line`: empty if that is another's.
  package func extent(at address: VirtualAddress, line: Int?) -> LineExtent? {
    guard let row = lineRow(at: address) else { return nil }
    let line = line ?? row.source.line
    let range = row.source.line == line ? row.range : row.range.lowerBound..<row.range.lowerBound
    return LineExtent(line: line, file: row.source.file, range: range)
  }
}
