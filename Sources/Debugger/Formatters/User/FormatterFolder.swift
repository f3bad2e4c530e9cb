import HostFiles

/// A folder with files of formatters, as it was when it was read: what is parsed is what was agreed to.
struct FormatterFolder {
  let path: String
  /// It came with a project: the user has to agree.
  let isProject: Bool
  private(set) var files: [(name: String, contents: [UInt8])] = []
  /// Files that can't be read, with the reason.
  private(set) var problems: [(name: String, reason: String)] = []

  /// More files, or larger ones, are none of formatters.
  private static let mostFiles = 200
  private static let largestFile = 1 << 20
  private static let deepest = 64

  init(path: String, isProject: Bool) {
    self.path = path
    self.isProject = isProject
    for name in HostFolder.names(in: path).filter({ $0.hasSuffix(".toml") }).sorted().prefix(Self.mostFiles) {
      do throws(FileError) {
        files.append(
          (name, try HostFile.contents(of: "\(path)/\(name)", limit: Self.largestFile, onlyRegular: true)))
      } catch {
        problems.append((name, error.words))
      }
    }
  }

  /// Of all names and contents; other files have another.
  var digest: String {
    var bytes: [UInt8] = []
    for file in files {
      bytes += Array("\(file.name.utf8.count) \(file.name) \(file.contents.count) ".utf8) + file.contents
    }
    return SHA256.digest(of: bytes)
  }

  /// The user's own folder; those of the projects that the working folder and the program's folder lie in go first.
  static func all(program: String?) -> [FormatterFolder] {
    var paths: [String] = []
    for start in [HostPath.workingDirectory, program.map(HostPath.parent(of:))] {
      if let path = start.flatMap(projectFolder), !paths.contains(path) { paths.append(path) }
    }
    var folders = paths.map { FormatterFolder(path: $0, isProject: true) }.filter { !$0.files.isEmpty }
    if let own = BaseDirectory.config.folder.map({ $0 + "/formatters" }), HostPath.exists(own) {
      folders.append(FormatterFolder(path: own, isProject: false))
    }
    return folders
  }

  /// `.sdb/formatters` in a folder, or in the nearest one above it.
  private static func projectFolder(from start: String) -> String? {
    var folder = HostPath.resolved(start.isEmpty ? "/" : start) ?? ""
    for _ in 0..<deepest {
      let path = folder + "/.sdb/formatters"
      if HostPath.exists(path) { return path }
      if folder.isEmpty || folder == "/" { return nil }
      folder = HostPath.parent(of: folder)
    }
    return nil
  }
}
