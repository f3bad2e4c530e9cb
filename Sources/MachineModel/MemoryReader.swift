/// Why bytes could not be read or written: how far it got, and where it ended.
package struct MemoryError: Error, Equatable {
  /// The first byte that could not be reached.
  package let address: VirtualAddress
  /// How many bytes before it were.
  package let completed: Int
  package init(address: VirtualAddress, completed: Int) {
    self.address = address
    self.completed = completed
  }
}

/// The memory of a process, live, in a core file, cached or made up by a test.
/// Reads never show sdb's own traps. May be called from any thread.
package protocol MemoryReader: Sendable {
  /// Copies bytes from `address` on into `buffer`; answers how many there were before the first one
  /// that is not mapped (0 … `buffer.count`).
  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension MemoryReader {
  /// Exactly `count` bytes.
  package func bytes(_ address: VirtualAddress, count: Int) throws(MemoryError) -> [UInt8] {
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, used in
      got = count > 0 ? read(address, into: UnsafeMutableRawBufferPointer(buffer)) : 0
      used = got
    }
    guard got >= count else { throw MemoryError(address: address + got, completed: got) }
    return bytes
  }

  /// An integer, little-endian.
  package func integer<Value: FixedWidthInteger>(_ address: VirtualAddress, as: Value.Type = Value.self)
    throws(MemoryError) -> Value
  {
    var value: Value = 0
    let got = withUnsafeMutableBytes(of: &value) { read(address, into: $0) }
    guard got == MemoryLayout<Value>.size else { throw MemoryError(address: address + got, completed: got) }
    return Value(littleEndian: value)
  }

  /// An unsigned integer of `size` bytes (1…8), little-endian.
  package func unsigned(_ address: VirtualAddress, size: Int) throws(MemoryError) -> UInt64 {
    precondition((1...8).contains(size))
    var value: UInt64 = 0
    let got = withUnsafeMutableBytes(of: &value) {
      read(address, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
    }
    guard got == size else { throw MemoryError(address: address + got, completed: got) }
    return UInt64(littleEndian: value)
  }

  /// The bytes before the first zero byte, at most `limit` of them; `terminated` is false where the limit
  /// or unmapped memory came first. Reads by pages, so costs a call or two for most strings.
  package func string(_ address: VirtualAddress, limit: Int) -> (bytes: [UInt8], terminated: Bool) {
    var bytes: [UInt8] = []
    var at = address
    while bytes.count < limit {
      // Up to the page's end: the next page may not be there.
      let chunk = min(limit - bytes.count, 4096 - Int(at.rawValue & 4095))
      var part = [UInt8](repeating: 0, count: min(chunk, 256))
      let got = part.withUnsafeMutableBytes { read(at, into: $0) }
      if let end = part[..<got].firstIndex(of: 0) { return (bytes + part[..<end], true) }
      bytes += part[..<got]
      guard got == part.count else { break }
      at = at + got
    }
    return (bytes, false)
  }
}
