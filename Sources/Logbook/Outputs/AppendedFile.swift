import Glibc
import HostFiles

/// A file that lines are added to, by several processes maybe. Closed with the value.
final class AppendedFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Its folder has to be there. New files are the user's alone: what is logged may be private.
  init(_ path: String) throws(LogbookError) {
    var result: Int32
    repeat { result = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } while result < 0 && errno == EINTR
    guard result >= 0 else { throw LogbookError("\(path): \(errorText(errno))") }
    self.path = path
    descriptor = result
  }

  deinit { close(descriptor) }

  /// One write a line, so that lines of two processes do not mix (write(2), O_APPEND).
  func append(_ line: String) throws(LogbookError) {
    let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw LogbookError("\(path): \(errorText(errno))") }
      done += written
    }
  }

  /// Bytes in it, and the second of the last change.
  func state() throws(LogbookError) -> (size: Int, changed: Int64) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw LogbookError("\(path): \(errorText(errno))") }
    return (Int(status.st_size), Int64(status.st_mtim.tv_sec))
  }

  /// False where somebody else has put another file in its place, or none.
  var isInPlace: Bool {
    var (own, named) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
      && own.st_dev == named.st_dev
  }

  /// Carries something out while no other process does so on the same file.
  func locked(_ body: () throws(LogbookError) -> Void) throws(LogbookError) {
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    defer { flock(descriptor, LOCK_UN) }
    try body()
  }
}
