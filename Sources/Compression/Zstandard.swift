import CCompression

/// zstd frames (RFC 8878).
package enum Zstandard {
  /// Decompresses `frames` into `target`, which has to be of exactly the decompressed size; false where they are
  /// damaged, or of another size. About 1 GB of output a second. From any thread.
  package static func decompress(
    _ frames: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    sdb_zstd_decompress(frames.baseAddress, frames.count, target.baseAddress, target.count) == 0
  }
}
