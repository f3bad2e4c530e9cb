import HostFiles

/// The command bar's history in `$XDG_STATE_HOME/sdb/history` (`~/.local/state` where that is not set), a line each.
/// Several sdb at once append to it; each reads what was there when it began.
struct InteractiveHistory {
  private let path = BaseDirectory.state.folder.map { $0 + "/history" }
  /// Lines kept from run to run.
  private let limit: Int

  /// A larger file was written by something else.
  private static let largest = 64 << 20

  init(limit: Int) {
    self.limit = limit
  }

  /// The lines kept; none where there is no file. A file that has grown long is cut down.
  func load() -> [String] {
    guard let path, let bytes = try? HostFile.contents(of: path, limit: Self.largest, onlyRegular: true) else {
      return []
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let kept = Array(lines.suffix(limit))
    if lines.count > 2 * limit {
      try? HostFile.replace(path, with: Array((kept.joined(separator: "\n") + "\n").utf8), survivesPowerLoss: true)
    }
    return kept
  }

  /// Adds a line. A history that can't be written is no reason to bother anyone.
  func append(_ line: String) {
    guard let path, limit > 0, !line.contains("\n") else { return }
    try? HostFile.append(Array("\(line)\n".utf8), to: path)
  }
}
