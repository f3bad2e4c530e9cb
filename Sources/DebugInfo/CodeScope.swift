package import MachineModel

/// One level of code at an address: the innermost is what the line table speaks of, the outermost a
/// function of its own; those between were inlined into the next.
package struct CodeScope: Sendable {
  package let name: FunctionName
  /// The DW_TAG_subprogram or DW_TAG_inlined_subroutine; nil where only an ELF symbol is known.
  package let entry: EntryID?
  package let isInlined: Bool
  /// Where this inlined copy was called from, in the next outer scope; nil for the outermost.
  package let callSite: SourceLocation?
  /// The code it covers, entry first.
  package let ranges: [Range<VirtualAddress>]
  package let language: SourceLanguage
  /// True where it has lines (debug information), so that `step` may enter it.
  package let hasLines: Bool
  package init(
    name: FunctionName, entry: EntryID?, isInlined: Bool, callSite: SourceLocation?, ranges: [Range<VirtualAddress>],
    language: SourceLanguage, hasLines: Bool
  ) {
    self.name = name
    self.entry = entry
    self.isInlined = isInlined
    self.callSite = callSite
    self.ranges = ranges
    self.language = language
    self.hasLines = hasLines
  }
}
