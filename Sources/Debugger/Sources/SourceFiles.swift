import HostFiles

/// Source files, read once and kept.
final class SourceFiles {
  private var kept: [String: SourceText] = [:]
  /// Kept at most; beyond it all are forgotten: they are cheap to read again.
  private static let mostKept = 64
  /// A source file larger than this is generated or none.
  private static let largest = 64 << 20

  /// A file that was read before.
  func text(of file: String) -> SourceText? { kept[file] }

  /// Reads the first of `paths` that can be, and keeps it as `file`; nil where none can.
  func read(_ file: String, at paths: [String]) -> (text: SourceText, bytes: [UInt8])? {
    for path in paths {
      guard let bytes = try? HostFile.contents(of: path, limit: Self.largest, onlyRegular: true) else { continue }
      let text = keep(file, SourceText(path: path, lines: Self.lines(bytes)))
      return (text, bytes)
    }
    return nil
  }

  /// Keeps a text that is not from a file of its own.
  func keep(_ file: String, bytes: [UInt8], path: String) -> SourceText {
    keep(file, SourceText(path: path, lines: Self.lines(bytes)))
  }

  @discardableResult
  func keep(_ file: String, _ text: SourceText) -> SourceText {
    if kept.count >= Self.mostKept { kept = [:] }
    kept[file] = text
    return text
  }

  func forget() { kept = [:] }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self)
    }
    // A final newline ends the last line; it does not begin another.
    return lines.last == "" ? lines.dropLast() : lines
  }
}
