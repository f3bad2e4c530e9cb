import Elf
import Glibc
import HostFiles

/// Indexes kept on disk between runs: `$XDG_CACHE_HOME/sdb/index/KEY`, one file an image (`DwarfSource.cacheKey`). A program without a
/// build-id is indexed each time: no other property of a file tells for sure that it is still the same.
///
/// A file is a header (magic, format version, lengths, checksum) and the tables as they are in memory, which are mapped and not
/// read. It is written beside its place and moved there, so a reader sees a whole one or none; one that is damaged, of another
/// version or cut short is ignored, and replaced when the index has been built anew. Nothing here can fail for its
/// caller: without a cache, indexes are built each time.
struct IndexCache {
  private let folder: String

  private struct Header: BitwiseCopyable {
    var magic: UInt64 = 0x0078_6469_2d62_6473  // "sdb-idx\0"
    var version: UInt64 = 2
    var units: UInt64 = 0
    var code: UInt64 = 0
    var files: UInt64 = 0
    var groups: UInt64 = 0
    var records: UInt64 = 0
    var checksum: UInt64 = 0
  }

  /// All files together; the ones unused for the longest time go first.
  private static let mostBytes = 512 << 20
  /// Each table begins at a multiple.
  private static let alignment = 16
  /// Seconds after which a file that was never finished is of nobody who still writes it.
  private static let longestWriting = 3600

  init(folder: String) { self.folder = folder }

  /// nil where there is no place for it (neither `XDG_CACHE_HOME` nor `HOME`).
  init?() {
    guard let cache = BaseDirectory.cache.folder else { return nil }
    folder = cache + "/index"
  }

  /// The index kept of a key, or nil. Maps the file, and reads it once for its checksum.
  func load(_ key: String) -> (units: UnitTable, names: NameIndex)? {
    guard let mapping = try? FileMapping(path: path(key)), let header: Header = mapping.load(0),
      header.magic == Header().magic, header.version == Header().version
    else { return nil }
    var offset = MemoryLayout<Header>.size
    func table<Element>(_ count: UInt64, of: Element.Type = Element.self) -> Table<Element>? {
      guard let count = Int(exactly: count), let table = Table<Element>(mapping, at: offset, count: count) else {
        return nil
      }
      offset = Self.aligned(offset + table.bytes.count)
      return table
    }
    guard let units: Table<UnitTable.UnitRecord> = table(header.units),
      let code: Table<UnitTable.CodeRecord> = table(header.code),
      let files: Table<UnitTable.FileRecord> = table(header.files), let groups: Table<UInt32> = table(header.groups),
      let records: Table<NameIndex.Record> = table(header.records), offset == mapping.bytes.count,
      Self.checksum([units.bytes, code.bytes, files.bytes, groups.bytes, records.bytes]) == header.checksum,
      let names = NameIndex(records: records, groups: groups)
    else { return nil }
    // Its time of use, by which the oldest are dropped.
    utimensat(AT_FDCWD, path(key), nil, 0)
    return (UnitTable(units: units, code: code, files: files), names)
  }

  /// Keeps an index; says nothing where the disk is full or the folder forbidden.
  func store(_ units: UnitTable, _ names: NameIndex, for key: String) {
    let parts = [units.units.bytes, units.code.bytes, units.files.bytes, names.groups.bytes, names.records.bytes]
    var header = Header()
    header.units = UInt64(units.units.count)
    header.code = UInt64(units.code.count)
    header.files = UInt64(units.files.count)
    header.groups = UInt64(names.groups.count)
    header.records = UInt64(names.records.count)
    header.checksum = Self.checksum(parts)
    let padding = [UInt8](repeating: 0, count: Self.alignment)
    withUnsafeBytes(of: header) { header in
      padding.withUnsafeBytes { padding in
        let padded = parts.flatMap { part in
          [part, UnsafeRawBufferPointer(rebasing: padding[..<(Self.aligned(part.count) - part.count)])]
        }
        try? HostFile.replace(path(key), withParts: [header] + padded)
      }
    }
    dropOldest()
  }

  private static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }

  private func path(_ key: String) -> String { "\(folder)/\(key)" }

  /// Four words at a time, which do not wait for each other: it has to find damage, not forgery.
  private static func checksum(_ parts: [UnsafeRawBufferPointer]) -> UInt64 {
    var sums: SIMD4<UInt64> = [0xcbf2_9ce4_8422_2325, 0x1000_0000_01b3, 0x9e37_79b9_7f4a_7c15, 0xff51_afd7_ed55_8ccd]
    for part in parts {
      var offset = 0
      while part.count - offset >= 32 {
        sums = mixed(sums ^ part.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self))
        offset += 32
      }
      while offset < part.count {
        sums[0] ^= UInt64(part[offset])
        sums = mixed(sums)
        offset += 1
      }
    }
    return sums[0] ^ sums[1] &* 3 ^ sums[2] &* 5 ^ sums[3] &* 7
  }

  private static func mixed(_ sums: SIMD4<UInt64>) -> SIMD4<UInt64> {
    let product = sums &* SIMD4(repeating: 0x9e37_79b9_7f4a_7c15)
    return product ^ (product &>> SIMD4(repeating: 32))
  }

  private func dropOldest() {
    var files: [(path: String, size: Int, used: Int)] = []
    let now = time(nil)
    for name in HostFolder.names(in: folder) {
      var status = stat()
      guard stat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      // What a run that was killed has left.
      if name.contains("."), now - status.st_mtim.tv_sec > Self.longestWriting { unlink("\(folder)/\(name)") }
      files.append(("\(folder)/\(name)", Int(status.st_size), status.st_mtim.tv_sec))
    }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { $0.used < $1.used }) where total > Self.mostBytes {
      unlink(file.path)
      total -= file.size
    }
  }
}
