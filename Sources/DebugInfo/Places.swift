package import MachineModel

/// A line of a source file.
package struct SourceLocation: Sendable, Hashable {
  /// Absolute where the compilation directory is known; raw bytes decoded as UTF-8.
  package let file: String
  package let line: Int
  /// From 1; 0 where it is unknown.
  package let column: Int
  package init(file: String, line: Int, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// A function's names.
package struct FunctionName: Sendable, Hashable {
  /// Qualified, with template arguments, without parameters: `zoo::Counter<int>::add`.
  package let qualified: String
  /// With parameters where the language has overloads: `zoo::Counter<int>::add(int const&)`.
  package let full: String
  /// As the linker knows it, where that differs.
  package let linkage: String?
  package init(qualified: String, full: String, linkage: String?) {
    self.qualified = qualified
    self.full = full
    self.linkage = linkage
  }
}

/// A DIE, named so that it can be kept: which image's file, and the offset in `.debug_info`
/// (or in `.debug_types`, or in a split or alternate file: `file` says which handle of the image).
package struct EntryID: Sendable, Hashable {
  package let image: Int
  package let file: Int
  package let offset: UInt64
  package init(image: Int, file: Int, offset: UInt64) {
    self.image = image
    self.file = file
    self.offset = offset
  }
}

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

/// A symbol of an ELF file's `.symtab` or `.dynsym`, in the process.
package struct SymbolAddress: Sendable, Hashable {
  /// Demangled where it was mangled.
  package let name: String
  package let address: VirtualAddress
  package let size: UInt64
  package let isFunction: Bool
  package init(name: String, address: VirtualAddress, size: UInt64, isFunction: Bool) {
    self.name = name
    self.address = address
    self.size = size
    self.isFunction = isFunction
  }
}
