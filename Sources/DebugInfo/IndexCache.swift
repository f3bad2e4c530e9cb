import Glibc

/// Name indexes kept on disk between runs: `$XDG_CACHE_HOME/sdb/index/BUILD-ID`, one file an image.
///
/// A file is a header (magic, format version, number of records, checksum) and the records as they are in memory. It is
/// written beside its place and moved there, so a reader sees a whole one or none; one that is damaged, of another
/// version or cut short is ignored, and replaced when the index has been built anew. Nothing here can fail for its
/// caller: without a cache, indexes are built each time.
struct IndexCache {
  private let folder: String

  private struct Header {
    var magic: UInt64 = 0x0078_6469_2d62_6473  // "sdb-idx\0"
    var version: UInt32 = 1
    var recordSize: UInt32 = 0
    var count: UInt64 = 0
    var checksum: UInt64 = 0
  }

  /// All files together; the ones unused for the longest time go first.
  private static let mostBytes = 512 << 20

  init(folder: String) { self.folder = folder }

  /// nil where there is no place for it (neither `XDG_CACHE_HOME` nor `HOME`).
  init?() {
    if let cache = getenv("XDG_CACHE_HOME").map({ String(cString: $0) }), cache.hasPrefix("/") {
      folder = cache + "/sdb/index"
    } else if let home = getenv("HOME").map({ String(cString: $0) }), home.hasPrefix("/") {
      folder = home + "/.cache/sdb/index"
    } else {
      return nil
    }
  }

  /// The records kept for a build-id, or nil.
  func load<Record: BitwiseCopyable>(_ buildID: String, as: Record.Type = Record.self) -> [Record]? {
    let descriptor = open(path(buildID), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var header = Header()
    let expected = Self.header(of: Record.self)
    var status = stat()
    guard withUnsafeMutableBytes(of: &header, { Self.read(descriptor, into: $0) }), fstat(descriptor, &status) == 0,
      header.magic == expected.magic, header.version == expected.version, header.recordSize == expected.recordSize,
      let size = Int(exactly: header.count).map({ $0.multipliedReportingOverflow(by: MemoryLayout<Record>.stride) }),
      !size.overflow, size.partialValue == Int(status.st_size) - MemoryLayout<Header>.size
    else { return nil }
    var isWhole = false
    let records = [Record](unsafeUninitializedCapacity: Int(header.count)) { buffer, used in
      isWhole = Self.read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
      used = isWhole ? Int(header.count) : 0
    }
    guard isWhole, Self.checksum(records) == header.checksum else { return nil }
    // Its time of use, by which the oldest are dropped.
    futimens(descriptor, nil)
    return records
  }

  /// Keeps records; says nothing where the disk is full or the folder forbidden.
  func store<Record: BitwiseCopyable>(_ records: [Record], for buildID: String) {
    makeFolder()
    let unfinished = "\(path(buildID)).\(getpid())"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var header = Self.header(of: Record.self)
    header.count = UInt64(records.count)
    header.checksum = Self.checksum(records)
    let isWritten =
      withUnsafeBytes(of: header) { Self.write(descriptor, $0) }
      && records.withUnsafeBytes { Self.write(descriptor, $0) }
    close(descriptor)
    if !isWritten || rename(unfinished, path(buildID)) != 0 { unlink(unfinished) }
    dropOldest()
  }

  private static func header<Record: BitwiseCopyable>(of: Record.Type) -> Header {
    var header = Header()
    header.recordSize = UInt32(MemoryLayout<Record>.stride)
    return header
  }

  private func path(_ buildID: String) -> String { "\(folder)/\(buildID)" }

  private func makeFolder() {
    for end in folder.indices.dropFirst() where folder[end] == "/" { mkdir(String(folder[..<end]), 0o700) }
    mkdir(folder, 0o700)
  }

  /// A word at a time: it has to find damage, not forgery.
  private static func checksum<Record: BitwiseCopyable>(_ records: [Record]) -> UInt64 {
    records.withUnsafeBytes { bytes in
      var sum: UInt64 = 0xcbf2_9ce4_8422_2325
      for offset in stride(from: 0, to: bytes.count - bytes.count % 8, by: 8) {
        sum = (sum ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
        sum ^= sum >> 32
      }
      return sum
    }
  }

  private static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private static func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private func dropOldest() {
    guard let listing = opendir(folder) else { return }
    defer { closedir(listing) }
    var files: [(path: String, size: Int, used: Int)] = []
    while let entry = Glibc.readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard stat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      files.append(("\(folder)/\(name)", Int(status.st_size), status.st_mtim.tv_sec))
    }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { $0.used < $1.used }) where total > Self.mostBytes {
      unlink(file.path)
      total -= file.size
    }
  }
}
