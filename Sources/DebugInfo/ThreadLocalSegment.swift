import CDw
import Elf

/// An image's initial thread-local storage (PT_TLS; ELF Handling For Thread-Local Storage, §3).
package struct ThreadLocalSegment: Sendable, Hashable {
  /// Bytes a thread's block takes.
  package let size: UInt64
  package let alignment: UInt64
  /// `size` rounded up to `alignment`: on x86-64 the executable's block begins that many bytes before the thread
  /// pointer.
  package let alignedSize: UInt64
}

extension ProgramSymbols {
  /// nil where the image has no thread-local variables.
  package func threadLocalSegment(image: Int) -> ThreadLocalSegment? {
    guard let segment = loadedImage(image)?.elf.segments.first(where: { $0.type == UInt32(PT_TLS) }) else {
      return nil
    }
    let alignment = max(1, segment.alignment)
    let rest = segment.memorySize % alignment
    return ThreadLocalSegment(
      size: segment.memorySize, alignment: alignment,
      alignedSize: rest == 0 ? segment.memorySize : segment.memorySize &+ (alignment - rest))
  }
}
