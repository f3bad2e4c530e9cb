import CCompression

/// zlib streams (RFC 1950), and the checksum that goes with them.
package enum Zlib {
  /// Inflates `stream` into `target`, which has to be of exactly the inflated size; false where it is damaged, or
  /// of another size. About 800 MB of output a second. From any thread.
  package static func inflate(_ stream: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
    sdb_inflate(stream.baseAddress, stream.count, target.baseAddress, target.count) == 0
  }

  /// CRC-32 (RFC 1952 §8), as `.gnu_debuglink` keeps it. About 10 GB a second.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    sdb_crc32(bytes.baseAddress, bytes.count)
  }
}
