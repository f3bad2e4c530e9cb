import CElf
import Glibc

/// The bytes of a file, mapped read-only and shared by all who read it; or bytes that are in memory already.
///
/// Of a file that is cut short while it is mapped, what it has lost reads as zeros (`isCut`). Linkers and package managers
/// replace files instead, and the kernel refuses to write to a program that runs (ETXTBSY).
package final class FileMapping: @unchecked Sendable {
  /// Valid for as long as this object lives. Never written to, so any thread may read.
  package let bytes: UnsafeRawBufferPointer
  package let path: String
  /// Zeroed memory right before `bytes`, for who has asked for it to write to.
  package let headroom: UnsafeMutableRawBufferPointer
  private let unmap: @Sendable (UnsafeRawBufferPointer, _ headroom: Int) -> Void
  /// True where the kernel can read the bytes again from the file.
  private let isFile: Bool

  /// Maps the whole file. A system call or four; pages are read when they are touched.
  /// - Parameter headroom: how many bytes to have before it at least.
  package init(path: String, headroom: Int = 0) throws(ElfError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ElfError(path: path, reason: .cannotOpen(errno: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ElfError(path: path, reason: .cannotOpen(errno: errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ElfError(path: path, reason: .cannotOpen(errno: EISDIR))
    default: throw ElfError(path: path, reason: .notElf)
    }
    guard status.st_size > 0 else { throw ElfError(path: path, reason: .empty) }
    let size = Int(status.st_size)
    let room = (headroom + Self.pageSize - 1) & ~(Self.pageSize - 1)
    var start: UnsafeMutableRawPointer?
    let error = sdb_map_file(descriptor, size, room, &start)
    guard error == 0, let start else { throw ElfError(path: path, reason: .cannotOpen(errno: -error)) }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: size)
    self.headroom = UnsafeMutableRawBufferPointer(start: start - room, count: room)
    unmap = { sdb_unmap_file(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count, $1) }
    isFile = true
  }

  private static let pageSize = 4096

  /// Takes over what `memory(_:)` gave, whose first bytes are to be headroom.
  init(mapped memory: UnsafeMutableRawBufferPointer, headroom: Int, path: String) {
    self.path = path
    self.headroom = UnsafeMutableRawBufferPointer(rebasing: memory[..<headroom])
    bytes = UnsafeRawBufferPointer(rebasing: memory[headroom...])
    unmap = { bytes, headroom in
      guard let start = bytes.baseAddress else { return }
      munmap(UnsafeMutableRawPointer(mutating: start - headroom), headroom + bytes.count)
    }
    isFile = false
  }

  /// Zeroed pages of our own, given back by munmap(2); nil where there is no room for as many.
  static func memory(_ size: Int) -> UnsafeMutableRawBufferPointer? {
    guard size > 0, let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { return nil }
    // Filled from one end to the other: a fault for each 4 KiB would cost a third of what inflating does.
    if size >= Self.leastHugeSize { madvise(start, size, MADV_HUGEPAGE) }
    return UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  /// Below, a huge page (2 MiB) would be mostly empty.
  private static let leastHugeSize = 8 << 20

  /// Copies `contents`; `path` is only a name for it.
  package convenience init(contents: [UInt8], path: String) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 16)
    copy.copyBytes(from: contents)
    self.init(owning: copy, path: path)
  }

  /// Takes over an allocated buffer.
  package init(owning copy: UnsafeMutableRawBufferPointer, path: String) {
    self.path = path
    bytes = UnsafeRawBufferPointer(copy)
    headroom = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    unmap = { bytes, _ in bytes.deallocate() }
    isFile = false
  }

  deinit { unmap(bytes, headroom.count) }

  /// Gives the memory of some of its bytes back, where the file has them still: they are read again when somebody
  /// needs them. For those who go through much of a file once (madvise(2), MADV_DONTNEED).
  package func release(_ part: UnsafeRawBufferPointer) {
    guard isFile, bytes.count >= Self.leastReleased, let start = part.baseAddress else { return }
    // Whole pages only; the neighbours' are theirs.
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (Int(bitPattern: start) + page - 1) & ~(page - 1)
    let end = (Int(bitPattern: start) + part.count) & ~(page - 1)
    guard first < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED)
  }

  /// In bytes: giving back a smaller file's pages costs more time than they are worth.
  private static let leastReleased = 64 << 20

  /// True where the file was cut short, and something that it has lost was read.
  package var isCut: Bool { sdb_file_is_cut(bytes.baseAddress) }

  /// The value at `offset`, unaligned, or nil where it does not lie within the file.
  package func load<Value: BitwiseCopyable>(_ offset: UInt64, as: Value.Type = Value.self) -> Value? {
    guard let offset = Int(exactly: offset), offset <= bytes.count, bytes.count - offset >= MemoryLayout<Value>.size
    else { return nil }
    return bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
  }

  /// The bytes of `[offset, offset + size)`, or nil where they do not lie within the file.
  package func slice(_ offset: UInt64, size: UInt64) -> UnsafeRawBufferPointer? {
    guard let offset = Int(exactly: offset), let size = Int(exactly: size), offset <= bytes.count,
      bytes.count - offset >= size
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])
  }

  /// The characters from `offset` to the next zero byte (at most to `end`).
  package func string(at offset: UInt64, end: UInt64) -> String? {
    guard offset < end, let rest = slice(offset, size: min(end, UInt64(bytes.count)) &- offset) else { return nil }
    return rest.firstIndex(of: 0).map { String(decoding: rest[..<$0], as: UTF8.self) }
  }
}
