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

  /// Where the loader stores the address of its `r_debug` for debuggers: DT_DEBUG's value, in the process.
  package var debugPointer: ImageAddress? {
    dynamicEntries.first { $0.tag == Int64(DT_DEBUG) }?.address
  }

  /// A dynamic entry: its tag, and where its value stands.
  private var dynamicEntries: [(tag: Int64, address: ImageAddress)] {
    guard let segment = segments.first(where: { $0.type == UInt32(PT_DYNAMIC) }) else { return [] }
    var found: [(Int64, ImageAddress)] = []
    let size = UInt64(MemoryLayout<Elf64_Dyn>.size)
    var at: UInt64 = 0
    while segment.fileSize >= size, at <= segment.fileSize - size,
      let tag: Int64 = mapping.load(segment.offset.rawValue &+ at), tag != Int64(DT_NULL)
    {
      found.append((tag, segment.address + (at + 8)))
      at += size
    }
    return found
  }
}
