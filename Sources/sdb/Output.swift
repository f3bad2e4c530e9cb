import Glibc

/// Writes to our own standard output and error, at once: what a program we start prints comes after it.
enum Output {
  /// False where nobody reads any more (EPIPE: `sdb … | head`).
  @discardableResult
  static func print(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

  @discardableResult
  static func error(_ text: String) -> Bool { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = Glibc.write(descriptor, start, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0, errno == EAGAIN {
          // Somebody else has made it non-blocking: the descriptor is shared with our parent.
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
          continue
        }
        guard written >= 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
      return true
    }
  }
}
