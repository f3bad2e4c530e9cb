package import MachineModel

/// A symbol of an ELF file's `.symtab` or `.dynsym`, in the process.
package struct SymbolAddress: Sendable, Hashable {
  /// Demangled where it was mangled.
  package let name: String
  package let address: VirtualAddress
  package let size: UInt64
  package let isFunction: Bool
  /// True for STT_GNU_IFUNC: its code answers the address of the function to call.
  package let isIndirect: Bool
  package init(name: String, address: VirtualAddress, size: UInt64, isFunction: Bool, isIndirect: Bool = false) {
    self.name = name
    self.address = address
    self.size = size
    self.isFunction = isFunction
    self.isIndirect = isIndirect
  }
}
