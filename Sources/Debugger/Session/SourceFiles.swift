import HostFiles

/// Source files as they are on disk, read once and kept.
final class SourceFiles {
  private var kept: [String: SourceText] = [:]
  /// Kept at most; beyond it all are forgotten: they are cheap to read again.
  private static let mostKept = 64
  /// A source file larger than this is generated or none.
  private static let largest = 64 << 20

  /// The file, or nil where it cannot be read: as named, else with ever fewer leading folders below one of `directories`.
  func text(of file: String, directories: [String]) -> SourceText? {
    if let text = kept[file] { return text }
    for path in candidates(file, directories) {
      guard let bytes = try? HostFile.contents(of: path, limit: Self.largest, onlyRegular: true) else { continue }
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
        String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self)
      }
      // A final newline ends the last line; it does not begin another.
      let text = SourceText(path: path, lines: lines.last == "" ? lines.dropLast() : lines)
      if kept.count >= Self.mostKept { kept = [:] }
      kept[file] = text
      return text
    }
    return nil
  }

  func forget() { kept = [:] }

  private func candidates(_ file: String, _ directories: [String]) -> [String] {
    var paths = [file]
    let parts = file.split(separator: "/")
    for directory in directories {
      for dropped in 0..<parts.count { paths.append(directory + "/" + parts[dropped...].joined(separator: "/")) }
    }
    return paths
  }
}
