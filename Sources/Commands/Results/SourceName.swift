import Debugger
import HostFiles

/// A source file's name as text shows it.
enum SourceName {
  /// Where sdb was started.
  private static let workingDirectory = HostPath.workingDirectory ?? "/"

  /// Relative to where sdb was started, for files below it; else as it is.
  static func display(_ file: String) -> String {
    let folder = workingDirectory.hasSuffix("/") ? workingDirectory : workingDirectory + "/"
    return file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
  }

  /// A frame's file, as its compiler was given it.
  static func display(_ frame: FrameSnapshot) -> String? { frame.sourceName ?? frame.file.map(display) }

  /// The last part of a path.
  static func base(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
