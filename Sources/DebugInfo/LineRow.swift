package import MachineModel

/// A row of a line table in the process: the code from its address up to the next row's.
package struct LineRow: Sendable, Equatable {
  package let range: Range<VirtualAddress>
  package let source: SourceLocation
  /// DW_LNS_negate_stmt's register: a place where a breakpoint or step may stop.
  package let isStatement: Bool
  package init(range: Range<VirtualAddress>, source: SourceLocation, isStatement: Bool) {
    self.range = range
    self.source = source
    self.isStatement = isStatement
  }
}

extension ProgramSymbols {
  /// The row that an address belongs to.
  package func lineRow(at address: VirtualAddress) -> LineRow? {
    guard let (image, lines, index) = row(at: address) else { return nil }
    let row = lines.rows[index]
    return LineRow(
      range: image.virtualRange(row.address..<max(row.address, lines.end(ofRow: index))),
      source: lines.location(ofRow: index), isStatement: row.isStatement)
  }
}
