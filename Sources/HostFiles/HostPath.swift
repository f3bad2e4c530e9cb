import Glibc

/// Paths of the machine that sdb runs on.
package enum HostPath {
  /// The user's home; nil where `HOME` is not set to an absolute path.
  package static var home: String? { absoluteVariable("HOME") }

  /// nil where it has been removed.
  package static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// `~` and `~/…`: the user's home.
  package static func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// `path` itself where it begins with a slash, else below the working directory.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = workingDirectory else { return path }
    return path == "." ? folder : folder + "/" + path
  }

  /// Without symbolic links and `..`; nil where nothing stands there.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Where a symbolic link leads; nil where that can't be read.
  package static func linkTarget(_ path: String) -> String? {
    let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, used in
      used = buffer.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { max(0, readlink(path, $0, text.count)) } ?? 0
      }
    }
    return target.isEmpty ? nil : String(decoding: target, as: UTF8.self)
  }

  /// What comes before the last slash: empty for a name alone, and for what stands in the root.
  package static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// What follows the last slash.
  package static func lastComponent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// True where something stands there, be it readable or not.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A variable that names an absolute path; relative ones are as good as unset.
  static func absoluteVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
