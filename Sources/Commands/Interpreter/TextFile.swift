import HostFiles

/// Small files of commands.
enum TextFile {
  /// More is no file of commands.
  private static let largest = 16 << 20

  /// A file's lines; a backslash at a line's end joins the next one. `~/` is the user's home.
  static func lines(of path: String) throws(CommandError) -> [String] {
    // By bytes: to Swift, CR LF is one character.
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try HostFile.contents(of: HostPath.expandingHome(path), limit: largest)
    } catch {
      throw CommandError(error.description)
    }
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
}
