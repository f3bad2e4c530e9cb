import Debugger
import Glibc

/// Small files of commands.
package enum TextFile {
  /// More is no file of commands.
  private static let largest = 16 << 20

  /// A file's lines; a backslash at a line's end joins the next one. `~/` is the user's home.
  static func lines(of path: String) throws(CommandError) -> [String] {
    // By bytes: to Swift, CR LF is one character.
    let bytes = try contents(of: expandingHome(path))
    var lines: [String] = []
    var continues = false
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      var line = line
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      let joinsNext = line.last == UInt8(ascii: "\\")
      let text = String(decoding: joinsNext ? line.dropLast() : line, as: UTF8.self)
      if continues, let last = lines.popLast() { lines.append(last + text) } else { lines.append(text) }
      continues = joinsNext
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// All bytes of a file. Costs a system call for each 64 KiB.
  static func contents(of path: String) throws(CommandError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CommandError("\(path): \(errorText(errno)).") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(descriptor, &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw CommandError("\(path): \(errorText(errno)).") }
      if got == 0 { break }
      bytes += chunk[..<got]
      if bytes.count > largest { throw CommandError("\(path): File too large.") }
    }
    return bytes
  }

  /// `path` itself where it begins with a slash, else below the working directory.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = workingDirectory else { return path }
    return path == "." ? folder : folder + "/" + path
  }

  /// nil where it has been removed.
  static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// `~` and `~/…`: the user's home.
  static func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}

extension TextFile {
  /// Where a symbolic link leads; nil where that can't be read.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in text.baseAddress.map { readlink(path, $0, text.count) } ?? -1 }
    }
    return length >= 0 ? String(decoding: buffer[..<length], as: UTF8.self) : nil
  }
}
