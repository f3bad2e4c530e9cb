package import DebugInfo
package import MachineModel

/// A value of the program, or of an expression: a type, and where its bytes are. They are read when first
/// asked for, so a value costs nothing to make; members and elements of one that was `loaded` share its bytes.
package struct Value {
  /// A part of some bytes: `offset` bits from the least significant bit of the first byte.
  package struct BitField: Sendable, Equatable {
    package let offset: UInt64
    package let size: UInt64
  }

  package let type: DataType
  /// Where the value, or what it is a part of, is.
  package let location: Location
  /// Bytes from the location's start; 0 for one in memory.
  package let offset: UInt64
  package let bitField: BitField?
  package let source: any ValueSource
  let loadedBytes: ValueBytes?

  /// A value somewhere in the process.
  package init(type: DataType, location: Location, source: any ValueSource) {
    self.init(type: type, location: location, offset: 0, bitField: nil, source: source, loadedBytes: nil)
  }

  /// A value made by an expression: not in the process.
  package init(type: DataType, bytes: [UInt8], source: any ValueSource) {
    self.init(
      type: type, location: .value(bytes), offset: 0, bitField: nil, source: source, loadedBytes: ValueBytes(bytes[...])
    )
  }

  init(
    type: DataType, location: Location, offset: UInt64, bitField: BitField?, source: any ValueSource,
    loadedBytes: ValueBytes?
  ) {
    self.type = type
    if case .memory(let address) = location {
      self.location = .memory(address + offset)
      self.offset = 0
    } else {
      self.location = location
      self.offset = offset
    }
    self.bitField = bitField
    self.source = source
    self.loadedBytes = loadedBytes
  }

  /// Its address where it is in memory.
  package var address: VirtualAddress? {
    if case .memory(let address) = location { address } else { nil }
  }
  /// The DWARF number of the register that holds all of it.
  package var registerNumber: Int? {
    if case .register(let number) = location, offset == 0 { number } else { nil }
  }
  /// True where the compiler kept no part of it.
  package var isOptimizedOut: Bool {
    switch location {
    case .optimizedOut: true
    case .pieces(let pieces): pieces.allSatisfy { $0.location == .optimizedOut }
    default: false
    }
  }
  /// True where an assignment can reach it.
  package var isAssignable: Bool {
    switch location {
    case .memory, .register, .pieces: true
    case .value, .implicitPointer, .optimizedOut, .unavailable: false
    }
  }

  /// The same bytes seen as another type.
  package func viewed(as type: DataType) -> Value {
    Value(type: type, location: location, offset: offset, bitField: nil, source: source, loadedBytes: nil)
  }
}
