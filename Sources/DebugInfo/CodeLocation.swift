package import MachineModel

/// A place to set a breakpoint at.
package struct CodeLocation: Sendable, Hashable {
  package let address: VirtualAddress
  package let source: SourceLocation?
  /// The innermost function there.
  package let function: FunctionName?
  package init(address: VirtualAddress, source: SourceLocation?, function: FunctionName?) {
    self.address = address
    self.source = source
    self.function = function
  }
}
