import Glibc

/// What stands in a folder.
package enum HostFolder {
  /// Names of the entries but `.` and `..`, in no order; empty where the folder can't be read.
  /// - Parameter limit: names read at most.
  package static func names(in path: String, limit: Int = 100_000) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
