package import DebugInfo
package import MachineModel

/// A value's number.
extension Value {
  /// The value's bits as an integer, whatever its type: of a bit-field its own, else of all its bytes (at most 16).
  package func integer() throws(Unavailability) -> IntegerBits {
    let bytes = try contents()
    if let reason = bytes.missing { throw reason }
    let isSigned = type.stripped.isSigned
    guard let bitField else {
      return IntegerBits(littleEndian: bytes.bytes, isSigned: isSigned)
    }
    // At most 128 bits and the seven that may stand before them: nine more than fit at once.
    let shift = UInt128(bitField.offset % 8)
    let low = IntegerBits(littleEndian: bytes.bytes, isSigned: false).bits >> shift
    let high = bytes.count > 16 && shift > 0 ? UInt128(bytes.bytes[bytes.bytes.startIndex + 16]) << (128 - shift) : 0
    return IntegerBits(bits: low | high, width: Int(min(bitField.size, 128)), isSigned: isSigned)
  }

  /// What arithmetic takes: the number of a base type, enumeration or pointer.
  package func scalar() throws(Unavailability) -> Scalar {
    let stripped = type.stripped
    if stripped.isFloating, let format = FloatingFormat(stripped) {
      return .floating(format.decode(try integer().bits))
    }
    return .integer(try integer())
  }

  /// A pointer's, reference's or integer's value as an address; of an array or function its own place.
  package func pointed() throws(Unavailability) -> VirtualAddress {
    let stripped = type.stripped
    if stripped.isArray || stripped.isFunction {
      guard let address else { throw .reason("Attempt to take address of value not located in memory.") }
      return address
    }
    return VirtualAddress(UInt64(truncatingIfNeeded: try integer().signed))
  }

  /// Made of an integer, cut to the type's size.
  package init(type: DataType, integer: IntegerBits, source: any ValueSource) {
    let size = Int(min(type.size ?? 8, 16))
    let resized = integer.resized(width: size * 8, isSigned: type.stripped.isSigned)
    self.init(type: type, bytes: resized.littleEndian, source: source)
  }
  package init(type: DataType, integer: Int64, source: any ValueSource) {
    let bits = IntegerBits(bits: UInt128(bitPattern: Int128(integer)), width: 128, isSigned: true)
    self.init(type: type, integer: bits, source: source)
  }
  package init(type: DataType, address: VirtualAddress, source: any ValueSource) {
    let bits = IntegerBits(bits: UInt128(address.rawValue), width: 64, isSigned: false)
    self.init(type: type, integer: bits, source: source)
  }
  /// Made of a floating-point number, rounded to the type's format.
  package init(type: DataType, floating: Float80, source: any ValueSource) {
    let stripped = type.stripped
    let size = Int(min(stripped.size ?? 8, 16))
    let format = FloatingFormat(stripped) ?? .double
    self.init(type: type, bytes: format.encode(floating, size: size), source: source)
  }
}
