package import MachineModel

/// A variable or parameter as declared.
package struct Variable {
  /// How it is declared.
  package enum Kind: Sendable, Equatable { case argument, local, staticLocal, global }
  package let name: String
  package let kind: Kind
  package let type: DataType
  package let entry: EntryID
  /// 0 for the function's own block, more for the blocks inside it.
  package let blockDepth: Int
  package let declaration: SourceLocation?
  package init(name: String, kind: Kind, type: DataType, entry: EntryID, blockDepth: Int, declaration: SourceLocation?)
  {
    self.name = name
    self.kind = kind
    self.type = type
    self.entry = entry
    self.blockDepth = blockDepth
    self.declaration = declaration
  }
}

/// Where a value is (DWARF 5 §2.6).
package indirect enum Location: Sendable, Equatable {
  case memory(VirtualAddress)
  /// A register, by DWARF number (psABI figure 3.36: 0…15 general, 17…32 xmm, 33…40 x87).
  case register(Int)
  /// The value itself: DW_OP_stack_value, DW_OP_implicit_value, DW_AT_const_value.
  case value([UInt8])
  /// A pointer whose target exists only as that entry's value, `offset` bytes into it.
  case implicitPointer(EntryID, offset: Int64)
  /// Parts in order, each `bitSize` bits; a part's own value begins `bitOffset` bits into its location.
  case pieces([LocationPiece])
  case optimizedOut
  /// It cannot be computed, with the reason ("register rdi is not saved in this frame").
  case unavailable(String)
}

/// A part of an object that is kept in several places (DWARF 5 §2.6.1.2).
package struct LocationPiece: Sendable, Equatable {
  package let location: Location
  package let bitSize: UInt64
  package let bitOffset: UInt64
  package init(location: Location, bitSize: UInt64, bitOffset: UInt64) {
    self.location = location
    self.bitSize = bitSize
    self.bitOffset = bitOffset
  }
}
