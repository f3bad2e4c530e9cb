package import Configuration
import HostFiles

/// Where theme files are, and how one is found by its name.
package struct ThemeStore: Sendable {
  /// Folders, the first to have a theme wins.
  package let folders: [String]

  package init(folders: [String]) {
    self.folders = folders
  }

  /// The user's folder, what is installed beside the binary, and the source tree of a build that still lies in it.
  package static var standard: ThemeStore {
    var folders: [String] = []
    if let configuration = BaseDirectory.config.folder { folders.append(configuration + "/themes") }
    if let binary = binaryFolder {
      folders += [binary + "/themes", binary + "/../share/sdb/themes"]
      if let build = binary.firstRange(of: "/.build/") {
        folders.append(binary[..<build.lowerBound] + "/themes")
      }
    }
    return ThemeStore(folders: folders)
  }

  /// Loads a theme by name, or by path if it has a slash or ends in `.toml`.
  package func theme(named name: String) throws(ConfigurationError) -> Theme {
    if name == Theme.fallback.name { return .fallback }
    if name.contains("/") || name.hasSuffix(".toml") { return try load(name) }
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      if HostPath.exists(path) { return try load(path) }
    }
    let known = names
    let there = known.isEmpty ? "none were found" : "there are " + known.joined(separator: ", ")
    throw ConfigurationError(file: name, line: nil, key: nil, reason: "there is no such theme; \(there)")
  }

  /// The names of all themes, sorted.
  package var names: [String] {
    var names: Set<String> = []
    for folder in folders {
      for file in HostFolder.names(in: folder) where file.hasSuffix(".toml") { names.insert(String(file.dropLast(5))) }
    }
    return names.sorted()
  }

  private func load(_ path: String) throws(ConfigurationError) -> Theme {
    let file = HostPath.lastComponent(of: path)
    let name = file.hasSuffix(".toml") ? String(file.dropLast(5)) : file
    return try Theme(name: name, file: ConfigurationFile(path: path))
  }

  private static var binaryFolder: String? { HostPath.linkTarget("/proc/self/exe").map(HostPath.parent(of:)) }
}
