import Glibc
import HostFiles

/// Names of files on disk.
enum FileNames {
  static func completing(_ prefix: String, onlyFolders: Bool) -> [String] {
    let slash = prefix.lastIndex(of: "/")
    let folder = slash.map { String(prefix[...$0]) } ?? ""
    let stem = slash.map { String(prefix[prefix.index(after: $0)...]) } ?? prefix
    let path = HostPath.expandingHome(folder)
    var names: [String] = []
    for name in HostFolder.names(in: path.isEmpty ? "." : path)
    where names.count < 2000 && name.hasPrefix(stem) && (!name.hasPrefix(".") || stem.hasPrefix(".")) {
      var status = stat()
      let isFolder = stat(path + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      if isFolder || !onlyFolders { names.append(folder + name + (isFolder ? "/" : "")) }
    }
    return names.sorted()
  }
}
