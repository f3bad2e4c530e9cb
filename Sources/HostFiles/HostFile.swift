import Glibc

/// Reading and writing whole files of the machine that sdb runs on.
package enum HostFile {
  /// All bytes of a file. A system call for its size, then one for each 64 KiB that the size did not tell, as files
  /// of /proc have none.
  /// - Parameters:
  ///   - limit: bytes; a larger file is refused, and not read any further.
  ///   - onlyRegular: refuses what might block or never end, such as a pipe; folders are always refused.
  package static func contents(of path: String, limit: Int, onlyRegular: Bool = false) throws(FileError) -> [UInt8] {
    // Opening a pipe that nobody writes to would wait.
    let file = try OpenFile(path, O_RDONLY | (onlyRegular ? O_NONBLOCK : 0))
    let status = try file.status()
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, reason: .system(EISDIR))
    default: if onlyRegular { throw FileError(path: path, reason: .notRegular) }
    }
    guard status.st_size <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
    // One more than the size: the end is seen without another round.
    var bytes = try block(of: file, count: max(Int(status.st_size), 0) + 1)
    var isWhole = bytes.count <= status.st_size
    while !isWhole {
      let more = try block(of: file, count: 64 << 10)
      bytes += more
      isWhole = more.count < 64 << 10
      guard bytes.count <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
    }
    return bytes
  }

  /// The first `count` bytes, or as many as there are.
  package static func beginning(of path: String, count: Int) throws(FileError) -> [UInt8] {
    try block(of: OpenFile(path, O_RDONLY), count: count)
  }

  private static func block(of file: borrowing OpenFile, count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var used = 0
    var failure: FileError?
    // The standard library's closure passes errors on untyped.
    bytes.withUnsafeMutableBytes { buffer in
      do throws(FileError) { used = try file.read(into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    bytes.removeSubrange(used...)
    return bytes
  }

  /// Replaces a file as a whole: whoever reads it sees the old bytes or the new ones, never a part. Its folders are
  /// made where they are missing. A symbolic link stays one; what it leads to is replaced.
  /// - Parameter survivesPowerLoss: waits for the disk, so that a crash of the machine can't leave an empty file. For
  ///   what can't be made again.
  package static func replace(_ path: String, with bytes: [UInt8], survivesPowerLoss: Bool = false) throws(FileError) {
    try replace(path, survivesPowerLoss: survivesPowerLoss) { (file) throws(FileError) in try file.write(bytes) }
  }

  /// The same with what stands in several places of memory, one after the other.
  package static func replace(_ path: String, withParts parts: [UnsafeRawBufferPointer]) throws(FileError) {
    try replace(path, survivesPowerLoss: false) { (file) throws(FileError) in
      for part in parts { try file.write(part) }
    }
  }

  private static func replace(
    _ path: String, survivesPowerLoss: Bool, _ write: (borrowing OpenFile) throws(FileError) -> Void
  ) throws(FileError) {
    try makeFolders(above: path)
    let target = HostPath.resolved(path) ?? path
    // Beside its place: rename(2) can't cross file systems. Of this process and thread alone.
    let unfinished = "\(target).\(getpid()).\(pthread_self())"
    do throws(FileError) {
      // Of a process long gone that had our number.
      unlink(unfinished)
      let file = try OpenFile(unfinished, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      try write(file)
      if survivesPowerLoss { try file.synchronize() }
      guard rename(unfinished, target) == 0 else { throw FileError(path: path, reason: .system(errno)) }
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  /// Removes a file, if there is one.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError(path: path, reason: .system(errno)) }
  }

  /// Adds to a file's end, in one write, so that lines of two processes do not mix (write(2), O_APPEND).
  package static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    try makeFolders(above: path)
    try OpenFile(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600).write(bytes)
  }

  /// The folders that a file is to stand in, readable by the user alone where they are new (XDG Base Directory
  /// Specification, "Referencing this specification").
  package static func makeFolders(above path: String) throws(FileError) {
    let parent = HostPath.parent(of: path)
    var status = stat()
    guard !parent.isEmpty, stat(parent, &status) != 0 else { return }
    try makeFolders(above: parent)
    guard mkdir(parent, 0o700) == 0 || errno == EEXIST else {
      throw FileError(path: parent, reason: .system(errno))
    }
  }
}
