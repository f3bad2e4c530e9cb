import Glibc

/// The command bar's history in `$XDG_STATE_HOME/sdb/history` (`~/.local/state` where that is not set), a line each.
/// Several sdb at once append to it; each reads what was there when it began.
struct InteractiveHistory {
  private let path: String?
  /// Lines kept from run to run.
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
    let home = getenv("HOME").map { String(cString: $0) }
    // The XDG base directory specification has relative paths ignored.
    let base =
      getenv("XDG_STATE_HOME").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? home.map { $0 + "/.local/state" }
    path = base.map { $0 + "/sdb/history" }
  }

  /// The lines kept; none where there is no file. A file that has grown long is cut down.
  func load() -> [String] {
    guard let path, let text = read(path) else { return [] }
    let lines = text.split(separator: "\n").map(String.init)
    let kept = Array(lines.suffix(limit))
    if lines.count > 2 * limit { replace(path, with: kept) }
    return kept
  }

  /// Adds a line. A history that can't be written is no reason to bother anyone.
  func append(_ line: String) {
    guard let path, limit > 0, !line.contains("\n") else { return }
    makeFolders(of: path)
    write("\(line)\n", to: path, flags: O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
  }

  private func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = Glibc.read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func replace(_ path: String, with lines: [String]) {
    let unfinished = "\(path).\(getpid())"
    let text = lines.joined(separator: "\n") + "\n"
    if write(text, to: unfinished, flags: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC) {
      rename(unfinished, path)
    } else {
      unlink(unfinished)
    }
  }

  /// One write, so that lines of two sdb do not mix (write(2), O_APPEND).
  @discardableResult
  private func write(_ text: String, to path: String, flags: Int32) -> Bool {
    let file = open(path, flags, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    let bytes = Array(text.utf8)
    return Glibc.write(file, bytes, bytes.count) == bytes.count
  }

  private func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
