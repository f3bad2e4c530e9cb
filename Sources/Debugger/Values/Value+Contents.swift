import DebugInfo
import MachineModel

/// Reading a value's bytes. No read is longer than what was asked for, whatever a damaged type claims.
extension Value {
  /// What `print` reads at most of one value: 16 MiB.
  package static let largestRead: UInt64 = 16 << 20

  /// The bytes that the value occupies (for a bit-field: those that hold its bits).
  package func contents() throws(Unavailability) -> ValueBytes {
    if let bitField {
      let last = bitField.offset.addingReportingOverflow(bitField.size &+ 7)
      guard !last.overflow else { throw .reason("a bit-field beyond all memory") }
      let start = bitField.offset % 8
      return try contents(from: bitField.offset / 8, count: last.partialValue / 8 - bitField.offset / 8)
        .ignoringHoles(outside: start..<start &+ min(bitField.size, .max - 8))
    }
    guard let size = type.size else { throw .incompleteType }
    return try contents(from: 0, count: size)
  }

  /// `count` bytes from byte `first` on.
  func contents(from first: UInt64, count: UInt64) throws(Unavailability) -> ValueBytes {
    if let slice = loadedBytes?.slice(offset: first, count: count) { return slice }
    guard count <= Self.largestRead else {
      throw .reason("value requires \(count) bytes, which is more than max-value-size")
    }
    let whole = try Self.read(location, from: offset &+ first, count: Int(count), source: source, depth: 0)
    if let reason = whole.whollyMissing { throw reason }
    return whole
  }

  /// The value with its first `limit` bytes (or all) read at once, so that its parts need no further read.
  /// One whose bytes cannot be read stays as it is, and says why when it is asked.
  package func loaded(limit: UInt64 = largestRead) -> Value {
    guard bitField == nil, let size = type.size, loadedBytes?.count ?? 0 < min(size, limit) else { return self }
    guard let bytes = try? contents(from: 0, count: min(size, limit)) else { return self }
    return Value(
      type: type, location: location, offset: offset, bitField: nil, source: source, loadedBytes: bytes)
  }

  private static func read(
    _ location: Location, from first: UInt64, count: Int, source: any ValueSource, depth: Int
  ) throws(Unavailability) -> ValueBytes {
    switch location {
    case .memory(let address):
      do throws(MemoryError) {
        return ValueBytes(try source.memory.bytes(address + first, count: count)[...])
      } catch {
        throw .memory(error.address)
      }
    case .register(let number):
      guard let bytes = source.registerBytes(number) else { throw .optimizedOut }
      return part(of: bytes, from: first, count: count)
    case .value(let bytes): return part(of: bytes, from: first, count: count)
    case .implicitPointer: throw .syntheticPointer
    case .optimizedOut: throw .optimizedOut
    case .unavailable(let reason): throw .reason(reason)
    case .pieces(let pieces):
      guard depth < 4 else { throw .reason("pieces nested too deeply") }
      return assemble(pieces, from: first, count: count, source: source, depth: depth)
    }
  }

  /// Bytes that a register or constant is too short for are missing.
  private static func part(of bytes: [UInt8], from first: UInt64, count: Int) -> ValueBytes {
    let available = first < UInt64(bytes.count) ? bytes[Int(first)...].prefix(count) : []
    if available.count == count { return ValueBytes(available) }
    let padded = available + [UInt8](repeating: 0, count: count - available.count)
    let hole = ValueBytes.Hole(bits: UInt64(available.count) * 8..<UInt64(count) * 8, reason: .optimizedOut)
    return ValueBytes(padded[...], holes: [hole])
  }

  /// DWARF 5 §2.6.1.2: the pieces lie side by side, from the least significant bit on.
  private static func assemble(
    _ pieces: [LocationPiece], from first: UInt64, count: Int, source: any ValueSource, depth: Int
  ) -> ValueBytes {
    var bytes = [UInt8](repeating: 0, count: count)
    var holes: [ValueBytes.Hole] = []
    let window = first.multipliedReportingOverflow(by: 8)
    guard !window.overflow, window.partialValue <= .max - UInt64(count) * 8 else {
      return ValueBytes(bytes[...], holes: [.init(bits: 0..<UInt64(count) * 8, reason: .optimizedOut)])
    }
    let wanted = window.partialValue..<(window.partialValue + UInt64(count) * 8)
    var position: UInt64 = 0
    for piece in pieces {
      let end = position.addingReportingOverflow(piece.bitSize)
      guard !end.overflow else { break }
      defer { position = end.partialValue }
      let overlap = (position..<end.partialValue).clamped(to: wanted)
      guard !overlap.isEmpty else { continue }
      let target = (overlap.lowerBound - wanted.lowerBound)..<(overlap.upperBound - wanted.lowerBound)
      let from = piece.bitOffset &+ (overlap.lowerBound - position)
      do throws(Unavailability) {
        let size = Int((from % 8 + UInt64(overlap.count) + 7) / 8)
        let part = try read(piece.location, from: from / 8, count: size, source: source, depth: depth + 1)
        if let reason = part.missing { throw reason }
        copy(part.bytes, bit: from % 8, into: &bytes, at: target)
      } catch {
        holes.append(.init(bits: target, reason: error))
      }
    }
    let covered = max(min(position, wanted.upperBound), wanted.lowerBound)
    if covered < wanted.upperBound {
      let rest = (covered - wanted.lowerBound)..<(wanted.upperBound - wanted.lowerBound)
      holes.append(.init(bits: rest, reason: .optimizedOut))
    }
    return ValueBytes(bytes[...], holes: holes)
  }

  private static func copy(
    _ bytes: ArraySlice<UInt8>, bit: UInt64, into target: inout [UInt8], at bits: Range<UInt64>
  ) {
    if bit == 0, bits.lowerBound % 8 == 0, bits.upperBound % 8 == 0 {
      let start = Int(bits.lowerBound / 8)
      target.replaceSubrange(start..<Int(bits.upperBound / 8), with: bytes.prefix(bits.count / 8))
      return
    }
    for index in 0..<UInt64(bits.count) {
      let from = bit + index
      let to = bits.lowerBound + index
      if bytes[bytes.startIndex + Int(from / 8)] >> UInt8(from % 8) & 1 == 1 {
        target[Int(to / 8)] |= 1 << UInt8(to % 8)
      }
    }
  }
}
