import Glibc

/// A place within the bytes of a section, which every read moves forward. A read that would pass the end answers 0,
/// leaves the cursor at the end and marks it `isDamaged`: who reads a file that may hold anything looks at that mark
/// once for each entry, and not at each byte.
struct ByteCursor {
  private(set) var position: UnsafeRawPointer
  let end: UnsafeRawPointer
  private(set) var isDamaged = false

  /// From `offset` on; nil where that does not lie within the bytes.
  init?(_ bytes: UnsafeRawBufferPointer, at offset: UInt64 = 0) {
    guard let start = bytes.baseAddress, let offset = Int(exactly: offset), offset < bytes.count else { return nil }
    position = start + offset
    end = start + bytes.count
  }

  /// Over bytes that the caller knows to be there.
  init(from position: UnsafeRawPointer, to end: UnsafeRawPointer) {
    self.position = position
    self.end = end
  }

  var isAtEnd: Bool { position >= end }
  var remaining: Int { end - position }

  mutating func skip(_ count: Int) {
    guard count >= 0, count <= end - position else { return fail() }
    position += count
  }

  mutating func skip(_ count: UInt64) { skip(Int(exactly: count) ?? .max) }

  mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type = Value.self) -> Value {
    guard MemoryLayout<Value>.size <= end - position else {
      fail()
      return 0
    }
    defer { position += MemoryLayout<Value>.size }
    return position.loadUnaligned(as: Value.self)
  }

  /// An unsigned number of that many bytes (at most eight), little-endian.
  mutating func unsigned(size: Int) -> UInt64 {
    switch size {
    case 1: return UInt64(read(UInt8.self))
    case 2: return UInt64(read(UInt16.self))
    case 4: return UInt64(read(UInt32.self))
    case 8: return read(UInt64.self)
    default:
      var value: UInt64 = 0
      for index in 0..<max(0, min(size, 8)) { value |= UInt64(read(UInt8.self)) &<< UInt64(8 * index) }
      return value
    }
  }

  /// DWARF 5 §7.6; bits past the 64th are dropped.
  mutating func leb() -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = position.load(as: UInt8.self)
      position += 1
      if shift < 64 { result |= UInt64(byte & 0x7f) &<< shift }
      if byte < 0x80 { return result }
      shift &+= 7
    }
    fail()
    return 0
  }

  mutating func skipLEB() {
    while position < end {
      let byte = position.load(as: UInt8.self)
      position += 1
      if byte < 0x80 { return }
    }
    fail()
  }

  /// The bytes up to the next zero, which is passed.
  mutating func string() -> UnsafeRawBufferPointer {
    guard let terminator = memchr(position, 0, end - position) else {
      fail()
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let text = UnsafeRawBufferPointer(start: position, count: UnsafeRawPointer(terminator) - position)
    position += text.count + 1
    return text
  }

  /// Goes on elsewhere, between here and the end.
  mutating func jump(to target: UnsafeRawPointer) {
    guard target >= position, target <= end else { return fail() }
    position = target
  }

  private mutating func fail() {
    position = end
    isDamaged = true
  }
}
