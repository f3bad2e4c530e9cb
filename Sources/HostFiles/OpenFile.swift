import Glibc

/// A file that is open, closed with the value. Calls that a signal interrupts are repeated.
struct OpenFile: ~Copyable {
  let path: String
  private let descriptor: Int32

  /// Never inherited by a program that is started (O_CLOEXEC). `mode` is what a new file gets.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0) throws(FileError) {
    var result: Int32
    repeat { result = open(path, flags | O_CLOEXEC, mode) } while result < 0 && errno == EINTR
    guard result >= 0 else { throw FileError(path: path, reason: .system(errno)) }
    self.path = path
    descriptor = result
  }

  deinit { close(descriptor) }

  func status() throws(FileError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    return status
  }

  /// Fills the buffer as far as the file reaches; answers the number of bytes.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      if count == 0 { break }
      done += count
    }
    return done
  }

  func write(_ bytes: [UInt8]) throws(FileError) {
    var failure: FileError?
    bytes.withUnsafeBytes { buffer in
      do throws(FileError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      done += count
    }
  }

  /// Waits until the bytes are on the disk (fsync(2)).
  func synchronize() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private func failure() -> FileError { FileError(path: path, reason: .system(errno)) }
}
