/// The bytes of a value, least significant first, with the bits that could not be had.
package struct ValueBytes {
  /// A run of missing bits, counted from the first byte's least significant one.
  struct Hole {
    let bits: Range<UInt64>
    let reason: Unavailability
  }

  package let bytes: ArraySlice<UInt8>
  let holes: [Hole]

  init(_ bytes: ArraySlice<UInt8>, holes: [Hole] = []) {
    self.bytes = bytes
    self.holes = holes
  }

  package var count: Int { bytes.count }

  /// The part from `offset` on; nil where it does not lie within.
  func slice(offset: UInt64, count: UInt64) -> ValueBytes? {
    guard count <= UInt64(bytes.count), offset <= UInt64(bytes.count) - count else { return nil }
    let first = bytes.startIndex + Int(offset)
    let window = (offset * 8)..<((offset + count) * 8)
    let inside = holes.compactMap { hole -> Hole? in
      guard hole.bits.overlaps(window) else { return nil }
      let bits = hole.bits.clamped(to: window)
      return Hole(
        bits: (bits.lowerBound - window.lowerBound)..<(bits.upperBound - window.lowerBound), reason: hole.reason)
    }
    return ValueBytes(bytes[first..<(first + Int(count))], holes: inside)
  }

  /// The same bytes, of whose bits only some count.
  func ignoringHoles(outside bits: Range<UInt64>) -> ValueBytes {
    ValueBytes(bytes, holes: holes.filter { $0.bits.overlaps(bits) })
  }

  /// Why some bit of it is missing; nil where all are there.
  package var missing: Unavailability? { holes.first?.reason }
  /// The reason where not one bit is there.
  package var whollyMissing: Unavailability? {
    guard let first = holes.first else { return nil }
    let lost = holes.reduce(0) { $0 + UInt64($1.bits.count) }
    return lost >= UInt64(bytes.count) * 8 ? first.reason : nil
  }
}
