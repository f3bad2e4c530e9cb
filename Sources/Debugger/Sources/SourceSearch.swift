/// Where source files are looked for: as recorded, by `set substitute-path` under other names, and in the folders of
/// `directory`.
package struct SourceSearch: Sendable, Equatable {
  /// A beginning of recorded names, of whole folders, and what stands for it.
  package struct Substitution: Sendable, Equatable {
    package let from: String
    package let to: String
  }
  /// Folders in their order; `$cdir` is the folder that the compiler ran in, `$cwd` ours.
  package var directories = Self.defaultDirectories
  package var substitutions: [Substitution] = []

  package static let defaultDirectories = ["$cdir", "$cwd"]

  package init() {}

  /// Puts folders before the others.
  package mutating func add(_ folders: [String]) {
    directories = folders + directories.filter { !folders.contains($0) }
  }

  /// Replaces the rule for the same beginning.
  package mutating func substitute(_ from: String, by to: String) {
    let from = Self.withoutSlash(from)
    substitutions.removeAll { $0.from == from }
    substitutions.append(Substitution(from: from, to: Self.withoutSlash(to)))
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// A recorded name under the first rule that fits it.
  func rewritten(_ file: String) -> String {
    for rule in substitutions where file.hasPrefix(rule.from) {
      let rest = file.dropFirst(rule.from.count)
      if rest.isEmpty || rest.hasPrefix("/") || rule.from.hasSuffix("/") { return rule.to + rest }
    }
    return file
  }

  /// Paths to try, in their order: the name itself, then in each folder with ever fewer of its own leading folders.
  func candidates(_ file: String) -> [String] {
    let file = rewritten(file)
    var paths = [file]
    let parts = file.split(separator: "/")
    for directory in directories {
      switch directory {
      // Recorded names are absolute where the folder is known.
      case "$cdir": continue
      case "$cwd": paths += parts.last.map { [file.hasPrefix("/") ? String($0) : file, String($0)] } ?? []
      default:
        for dropped in 0..<parts.count { paths.append(directory + "/" + parts[dropped...].joined(separator: "/")) }
      }
    }
    return paths
  }
}
