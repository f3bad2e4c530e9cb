package import MachineModel

/// An image as `info sharedlibrary` shows it.
package struct ImageInfo: Sendable, Hashable {
  package let number: Int
  package let mapping: ImageMapping
  /// Hexadecimal, lower case; nil where the file has none.
  package let buildID: String?
  /// The file that its symbols were read from: its own, or a separate debug file.
  package let debugFile: String
  package let hasDebugInfo: Bool
  /// The addresses of its loaded segments, from the lowest to past the highest.
  package let range: Range<VirtualAddress>
  /// `.text`, or the executable segment where the sections are stripped.
  package let text: Range<VirtualAddress>
  package let entryPoint: VirtualAddress
  package let isPositionIndependent: Bool
  package init(
    number: Int, mapping: ImageMapping, buildID: String?, debugFile: String, hasDebugInfo: Bool,
    range: Range<VirtualAddress>,
    text: Range<VirtualAddress>, entryPoint: VirtualAddress, isPositionIndependent: Bool
  ) {
    self.number = number
    self.mapping = mapping
    self.buildID = buildID
    self.debugFile = debugFile
    self.hasDebugInfo = hasDebugInfo
    self.range = range
    self.text = text
    self.entryPoint = entryPoint
    self.isPositionIndependent = isPositionIndependent
  }
}
