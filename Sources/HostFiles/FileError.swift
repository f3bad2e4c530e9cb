import Glibc

/// Why a file of the host could not be read or written.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Reason: Sendable, Equatable {
    /// A system call's errno.
    case system(Int32)
    /// It has more bytes than the reader allows.
    case tooLarge(limit: Int)
    /// A pipe, a device, a socket where a file was wanted.
    case notRegular
  }

  package let path: String
  package let reason: Reason

  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The reason in a user's words, to follow the file's name.
  package var words: String {
    switch reason {
    case .system(let number): errorText(number)
    case .tooLarge: "File too large"
    case .notRegular: "Not a regular file"
    }
  }

  package var description: String { "\(path): \(words)." }
}

/// The system's words for an error number (strerror(3)).
package func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
