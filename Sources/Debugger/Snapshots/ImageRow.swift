package import MachineModel

/// A row of `info sharedlibrary`.
package struct ImageRow: Sendable, Encodable, Equatable {
  /// `.text` in the process.
  package let from: VirtualAddress
  package let to: VirtualAddress
  package let path: String
  /// The file that its symbols were read from: its own, or a separate debug file.
  package let debugFile: String
  package let hasDebugInfo: Bool
  package let buildID: String?
  package init(
    from: VirtualAddress, to: VirtualAddress, path: String, debugFile: String, hasDebugInfo: Bool, buildID: String?
  ) {
    self.from = from
    self.to = to
    self.path = path
    self.debugFile = debugFile
    self.hasDebugInfo = hasDebugInfo
    self.buildID = buildID
  }
}
