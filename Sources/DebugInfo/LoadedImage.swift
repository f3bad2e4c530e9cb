import CDw
import Elf
import MachineModel

/// One image of the program: its file, its debug information, and where it is in the process.
/// Everything behind the ELF headers is opened when it is first asked for.
final class LoadedImage {
  let number: Int
  let mapping: ImageMapping
  let elf: ElfFile
  /// The file that holds the DWARF (and the full symbol table): the image's own, or a separate one.
  private(set) lazy var debugFile: ElfFile = DebugFileLocator.debugFile(of: elf, named: mapping.name) ?? elf
  /// nil where there is no debug information.
  private(set) lazy var dwarf: DwarfFile? = openDwarf()
  /// libelf over the image's own file, for what only that has: `.eh_frame`.
  private(set) lazy var elfHandle: ElfHandle? = ElfHandle(elf.mapping)
  private(set) lazy var callFrames = CallFrameTable(self)

  init(number: Int, mapping: ImageMapping, elf: ElfFile) {
    self.number = number
    self.mapping = mapping
    self.elf = elf
  }

  func imageAddress(_ address: VirtualAddress) -> ImageAddress { ImageAddress(address.rawValue &- mapping.bias) }
  func virtualAddress(_ address: ImageAddress) -> VirtualAddress { VirtualAddress(address.rawValue &+ mapping.bias) }
  func virtualRange(_ range: Range<UInt64>) -> Range<VirtualAddress> {
    let low = VirtualAddress(range.lowerBound &+ mapping.bias)
    let high = VirtualAddress(range.upperBound &+ mapping.bias)
    return low <= high ? low..<high : low..<low
  }

  /// A further handle on the same debug information, for a worker thread.
  private func openDwarf() -> DwarfFile? {
    guard debugFile.section(".debug_info") ?? debugFile.section(".debug_line") != nil else { return nil }
    let alternate = DebugFileLocator.alternateFile(of: debugFile).flatMap { DwarfFile($0.mapping, image: number) }
    return DwarfFile(debugFile.mapping, image: number, alternate: alternate)
  }
}

/// libelf over a mapping, closed with it.
final class ElfHandle {
  let raw: OpaquePointer
  private let mapping: FileMapping

  init?(_ mapping: FileMapping) {
    guard let raw = sdb_elf_open(mapping.bytes.baseAddress, mapping.bytes.count) else { return nil }
    self.raw = raw
    self.mapping = mapping
  }

  deinit { elf_end(raw) }
}
