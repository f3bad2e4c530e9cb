import DebugInfo
import MachineModel

/// Writing a value where it lives.
extension Value {
  /// Replaces the value's bytes (of a bit-field: its bits, of `bytes`' low ones).
  package func write(_ bytes: [UInt8]) throws(ExpressionError) {
    if let bitField { return try write(bytes, field: bitField) }
    try Self.write(bytes, to: location, offset: offset, source: source)
  }

  private func write(_ bytes: [UInt8], field: BitField) throws(ExpressionError) {
    let old: ValueBytes
    do throws(Unavailability) { old = try contents() } catch { throw ExpressionError(error) }
    let new = Self.replacing(field, of: Array(old.bytes), with: bytes)
    try Self.write(new, to: location, offset: offset, source: source)
  }

  /// The bytes of the whole that this is a part of, with this part replaced.
  func replacing(in whole: [UInt8], with bytes: [UInt8]) throws(ExpressionError) -> [UInt8] {
    var part = bytes
    if let bitField {
      guard let size = try? contents().count else { throw ExpressionError("The value does not fit in its place.") }
      guard offset <= UInt64(whole.count), UInt64(size) <= UInt64(whole.count) - offset else {
        throw ExpressionError("The value does not fit in its place.")
      }
      part = Self.replacing(bitField, of: Array(whole[Int(offset)..<(Int(offset) + size)]), with: bytes)
    }
    guard offset <= UInt64(whole.count), UInt64(part.count) <= UInt64(whole.count) - offset else {
      throw ExpressionError("The value does not fit in its place.")
    }
    var changed = whole
    changed.replaceSubrange(Int(offset)..<(Int(offset) + part.count), with: part)
    return changed
  }

  private static func replacing(_ field: BitField, of old: [UInt8], with bytes: [UInt8]) -> [UInt8] {
    var new = old
    for index in 0..<min(field.size, UInt64(bytes.count) * 8) {
      let to = field.offset % 8 + index
      guard Int(to / 8) < new.count else { break }
      let mask: UInt8 = 1 << UInt8(to % 8)
      let isSet = bytes[Int(index / 8)] >> UInt8(index % 8) & 1 == 1
      if isSet { new[Int(to / 8)] |= mask } else { new[Int(to / 8)] &= ~mask }
    }
    return new
  }

  private static func write(_ bytes: [UInt8], to location: Location, offset: UInt64, source: any ValueSource)
    throws(ExpressionError)
  {
    switch location {
    case .memory(let address): try source.write(bytes, to: address + offset)
    case .register(let number):
      guard var whole = source.registerBytes(number) else { throw ExpressionError(.optimizedOut) }
      guard offset <= UInt64(whole.count), UInt64(bytes.count) <= UInt64(whole.count) - offset else {
        throw ExpressionError("The value does not fit in its register.")
      }
      whole.replaceSubrange(Int(offset)..<(Int(offset) + bytes.count), with: bytes)
      try source.write(whole, toRegister: number)
    case .pieces(let pieces):
      try write(bytes, to: pieces, offset: offset, source: source)
    case .optimizedOut: throw ExpressionError(.optimizedOut)
    case .value, .implicitPointer, .unavailable:
      throw ExpressionError("Left operand of assignment is not a modifiable lvalue.")
    }
  }

  /// Only where the pieces are whole bytes, which is how compilers split variables.
  private static func write(_ bytes: [UInt8], to pieces: [LocationPiece], offset: UInt64, source: any ValueSource)
    throws(ExpressionError)
  {
    let last = offset.addingReportingOverflow(UInt64(bytes.count))
    guard !last.overflow else { throw ExpressionError("The value does not fit in its place.") }
    var position: UInt64 = 0
    for piece in pieces {
      guard piece.bitSize % 8 == 0, piece.bitOffset % 8 == 0 else {
        throw ExpressionError("Cannot write to a value that is split at bits.")
      }
      let size = piece.bitSize / 8
      let (end, overflow) = position.addingReportingOverflow(size)
      guard !overflow else { return }
      let wanted = (offset..<last.partialValue).clamped(to: position..<end)
      if !wanted.isEmpty {
        let part = bytes[Int(wanted.lowerBound - offset)..<Int(wanted.upperBound - offset)]
        let inside = piece.bitOffset / 8 &+ (wanted.lowerBound - position)
        try write(Array(part), to: piece.location, offset: inside, source: source)
      }
      position = end
    }
  }
}
