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
  /// As its table has it.
  package let rawName: String
  package init(
    name: String, address: VirtualAddress, size: UInt64, isFunction: Bool, isIndirect: Bool = false,
    rawName: String? = nil
  ) {
    self.name = name
    self.rawName = rawName ?? name
    self.address = address
    self.size = size
    self.isFunction = isFunction
    self.isIndirect = isIndirect
  }

  /// By its raw name.
  package var mangled: SymbolAddress {
    SymbolAddress(name: rawName, address: address, size: size, isFunction: isFunction, isIndirect: isIndirect)
  }
}
