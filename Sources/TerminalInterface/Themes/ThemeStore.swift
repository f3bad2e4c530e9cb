import Glibc

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
    if let configuration { folders.append(configuration + "/themes") }
    if let binary = binaryFolder {
      folders += [binary + "/themes", binary + "/../share/sdb/themes"]
      if let build = binary.firstRange(of: "/.build/") {
        folders.append(binary[..<build.lowerBound] + "/themes")
      }
    }
    return ThemeStore(folders: folders)
  }

  /// `$XDG_CONFIG_HOME/sdb`, as the XDG Base Directory Specification has it.
  package static var configuration: String? {
    if let base = variable("XDG_CONFIG_HOME"), base.hasPrefix("/") { return base + "/sdb" }
    return variable("HOME").map { $0 + "/.config/sdb" }
  }

  /// Loads a theme by name, or by path if it has a slash or ends in `.toml`.
  package func theme(named name: String) throws(ConfigurationError) -> Theme {
    if name == Theme.fallback.name { return .fallback }
    if name.contains("/") || name.hasSuffix(".toml") { return try load(name) }
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      if access(path, F_OK) == 0 { return try load(path) }
    }
    let known = names
    let there = known.isEmpty ? "none were found" : "there are " + known.joined(separator: ", ")
    throw ConfigurationError(file: name, line: nil, key: nil, reason: "there is no such theme; \(there)")
  }

  /// The names of all themes, sorted.
  package var names: [String] {
    var names: Set<String> = []
    for folder in folders {
      guard let directory = opendir(folder) else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let file = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        if file.hasSuffix(".toml") { names.insert(String(file.dropLast(5))) }
      }
    }
    return names.sorted()
  }

  private func load(_ path: String) throws(ConfigurationError) -> Theme {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasSuffix(".toml") ? String(file.dropLast(5)) : file
    return try Theme(name: name, file: ConfigurationFile(path: path))
  }

  private static var binaryFolder: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
