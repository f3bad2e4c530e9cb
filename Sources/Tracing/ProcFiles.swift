import Glibc
import HostFiles
import MachineModel

/// What /proc tells of a process (proc(5)).
enum ProcFiles {
  /// A map of a million regions; no process has more (vm.max_map_count is 65,530 by default).
  private static let largest = 128 << 20

  /// All bytes of a file of /proc; empty where it can't be read.
  static func contents(_ path: String) -> [UInt8] {
    (try? HostFile.contents(of: path, limit: largest)) ?? []
  }

  /// The ids of a process's threads, in no order; empty where there is no such process.
  static func threads(of pid: Int32) -> [Int32] {
    guard let folder = opendir("/proc/\(pid)/task") else { return [] }
    defer { closedir(folder) }
    var ids: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let id = Int32(name) { ids.append(id) }
    }
    return ids
  }

  /// A thread's name, without the line's end.
  static func name(of tid: Int32, in pid: Int32) -> String {
    String(decoding: contents("/proc/\(pid)/task/\(tid)/comm").prefix { $0 != 0x0A }, as: UTF8.self)
  }

  static func auxiliaryVector(of thread: Int32) -> [(type: UInt64, value: UInt64)] {
    contents("/proc/\(thread)/auxv").withUnsafeBytes { bytes in
      (0..<(bytes.count / 16)).map { index in
        (
          bytes.loadUnaligned(fromByteOffset: index * 16, as: UInt64.self),
          bytes.loadUnaligned(fromByteOffset: index * 16 + 8, as: UInt64.self)
        )
      }
    }
  }

  static func regions(of thread: Int32) -> [MemoryRegion] {
    contents("/proc/\(thread)/maps").split(separator: 0x0A).compactMap { region($0[...]) }
  }

  /// A line of maps: `5581a000-5581b000 r-xp 00001000 fe:00 1234    /path with spaces`.
  static func region(_ line: ArraySlice<UInt8>) -> MemoryRegion? {
    let fields = line.split(separator: 0x20, maxSplits: 5, omittingEmptySubsequences: true)
    guard fields.count >= 5 else { return nil }
    let bounds = fields[0].split(separator: UInt8(ascii: "-"))
    guard bounds.count == 2, let start = hexadecimalValue(bounds[0]), let end = hexadecimalValue(bounds[1]),
      start <= end, let offset = hexadecimalValue(fields[2])
    else { return nil }
    let path = fields.count > 5 ? fields[5].drop { $0 == 0x20 } : []
    return MemoryRegion(
      range: VirtualAddress(start)..<VirtualAddress(end), isReadable: fields[1].contains(UInt8(ascii: "r")),
      isWritable: fields[1].contains(UInt8(ascii: "w")), isExecutable: fields[1].contains(UInt8(ascii: "x")),
      offset: FileOffset(offset), path: path.isEmpty ? nil : String(decoding: path, as: UTF8.self))
  }

  private static func hexadecimalValue(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
