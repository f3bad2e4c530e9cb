import Glibc

/// Names of files on disk.
enum FileNames {
  static func completing(_ prefix: String, onlyFolders: Bool) -> [String] {
    let slash = prefix.lastIndex(of: "/")
    let folder = slash.map { String(prefix[...$0]) } ?? ""
    let stem = slash.map { String(prefix[prefix.index(after: $0)...]) } ?? prefix
    guard let stream = opendir(folder.isEmpty ? "." : TextFile.expandingHome(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < 2000, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(stem), !name.hasPrefix(".") || stem.hasPrefix(".") else { continue }
      var status = stat()
      let path = TextFile.expandingHome(folder) + name
      let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      if isFolder || !onlyFolders { names.append(folder + name + (isFolder ? "/" : "")) }
    }
    return names.sorted()
  }
}
