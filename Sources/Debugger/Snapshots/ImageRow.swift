package import MachineModel

/// A row of `info sharedlibrary`.
package struct ImageRow: Sendable, Encodable, Equatable {
  /// `.text` in the process.
  package let from: VirtualAddress
  package let to: VirtualAddress
  package let path: String
  package let hasDebugInfo: Bool
  package let buildID: String?
  package init(from: VirtualAddress, to: VirtualAddress, path: String, hasDebugInfo: Bool, buildID: String?) {
    self.from = from
    self.to = to
    self.path = path
    self.hasDebugInfo = hasDebugInfo
    self.buildID = buildID
  }
}
