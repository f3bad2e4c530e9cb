import CElf
package import MachineModel

/// What the dynamic loader is told (gABI, "Dynamic Section").
extension ElfFile {
  /// The loader's path (PT_INTERP); nil for a static program and most libraries.
  package var interpreter: String? {
    guard let segment = segments.first(where: { $0.type == UInt32(PT_INTERP) }) else { return nil }
    return mapping.string(at: segment.offset.rawValue, end: segment.offset.rawValue &+ segment.fileSize)
  }

  /// True where the loader may place it anywhere: a shared object, or a position-independent program.
  package var isPositionIndependent: Bool { kind == .sharedObject }

  /// DT_NEEDED's libraries, in their order.
  package var neededLibraries: [String] {
    guard let table = dynamicValue(DT_STRTAB), let size = dynamicValue(DT_STRSZ),
      let offset = offset(of: ImageAddress(table))
    else { return [] }
    return dynamicEntries.filter { $0.tag == Int64(DT_NEEDED) }.compactMap {
      mapping.string(at: offset.rawValue &+ $0.value, end: offset.rawValue &+ size)
    }
  }

  /// Where the loader stores the address of its `r_debug` for debuggers: DT_DEBUG's value, in the process.
  package var debugPointer: ImageAddress? {
    dynamicEntries.first { $0.tag == Int64(DT_DEBUG) }?.address
  }

  /// A dynamic entry: its tag, its value, and where the value stands.
  private var dynamicEntries: [(tag: Int64, value: UInt64, address: ImageAddress)] {
    guard let segment = segments.first(where: { $0.type == UInt32(PT_DYNAMIC) }) else { return [] }
    var found: [(Int64, UInt64, ImageAddress)] = []
    let size = UInt64(MemoryLayout<Elf64_Dyn>.size)
    var at: UInt64 = 0
    while segment.fileSize >= size, at <= segment.fileSize - size,
      let tag: Int64 = mapping.load(segment.offset.rawValue &+ at), tag != Int64(DT_NULL),
      let value: UInt64 = mapping.load(segment.offset.rawValue &+ at &+ 8)
    {
      found.append((tag, value, segment.address + (at + 8)))
      at += size
    }
    return found
  }

  private func dynamicValue(_ tag: Int32) -> UInt64? { dynamicEntries.first { $0.tag == Int64(tag) }?.value }
}
