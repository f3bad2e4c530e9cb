import HostFiles

/// Which project's formatters the user has agreed to: a line each in `$XDG_STATE_HOME/sdb/trusted-formatters`, the answer,
/// the digest of what was there, and the folder. Other contents ask anew.
struct FormatterTrust {
  private let path: String?
  private static let largest = 1 << 20

  init() { path = BaseDirectory.state.folder.map { $0 + "/trusted-formatters" } }

  /// nil where the user was not asked yet, or the files have changed since.
  func answer(for folder: FormatterFolder) -> Bool? {
    let line = lines().last { $0.path == folder.path }
    guard let line, line.digest == folder.digest else { return nil }
    return line.isTrusted
  }

  /// Remembers an answer; throws where it can't be written. Of a folder whose path would break the file's lines nothing
  /// is remembered.
  func remember(_ isTrusted: Bool, _ folder: FormatterFolder) throws(FileError) {
    guard let path, !folder.path.utf8.contains(where: { $0 < 0x20 }) else { return }
    var kept = lines().filter { $0.path != folder.path }
    kept.append((isTrusted, folder.digest, folder.path))
    let text = kept.map { "\($0.isTrusted ? "trusted" : "refused") \($0.digest) \($0.path)\n" }.joined()
    try HostFile.replace(path, with: Array(text.utf8), survivesPowerLoss: true)
  }

  private func lines() -> [(isTrusted: Bool, digest: String, path: String)] {
    guard let path, let bytes = try? HostFile.contents(of: path, limit: Self.largest, onlyRegular: true) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3, words[0] == "trusted" || words[0] == "refused" else { return nil }
      return (words[0] == "trusted", String(words[1]), String(words[2]))
    }
  }
}
