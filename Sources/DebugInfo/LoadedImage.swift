import CDw
import Elf
import MachineModel

/// One image of the program: its file, its debug information, and where it is in the process.
/// Everything behind the ELF headers is opened when it is first asked for.
final class LoadedImage {
  let number: Int
  var mapping: ImageMapping
  let elf: ElfFile
  /// The file that holds the DWARF (and the full symbol table): the image's own, or a separate one.
  private(set) lazy var debugFile: ElfFile =
    givenDebugFile ?? locator.debugFile(of: elf, named: mapping.name, notices: notices) ?? elf
  /// nil where there is no debug information, or reading it has failed for good.
  var dwarf: DwarfFile? { opened.flatMap { $0.damage == 0 ? $0 : nil } }
  private lazy var opened: DwarfFile? = openDwarf()
  /// libelf over the image's own file, for what only that has: `.eh_frame`.
  private(set) lazy var elfHandle: ElfHandle? = ElfHandle(elf.mapping)
  private(set) lazy var callFrames = CallFrameTable(self)

  /// nil where there is no debug information.
  var units: UnitMap? { dwarf == nil ? nil : unitMap }
  private lazy var unitMap: UnitMap? = dwarf.map(UnitMap.init)
  /// Built at the first question about a name; nil where there is no debug information.
  private(set) lazy var names: NameIndex? = indexNames()
  /// Every function with code, by name: made for completion and patterns only.
  private(set) lazy var functionEntries: [FunctionEntry] = listFunctions()
  var functionNames: [FunctionName] { functionEntries.map(\.name) }
  private(set) lazy var symbols = SymbolTable(debugFile, fallback: elf)
  private var isDamageTold = false

  private let locator: DebugFileLocator
  private let notices: DebugInfoNotices
  private let givenDebugFile: ElfFile?

  /// - Parameter debugFile: one that was found otherwise than by `locator`.
  init(
    number: Int, mapping: ImageMapping, elf: ElfFile, locator: DebugFileLocator, notices: DebugInfoNotices,
    debugFile: ElfFile? = nil
  ) {
    self.number = number
    self.mapping = mapping
    self.elf = elf
    self.locator = locator
    self.notices = notices
    givenDebugFile = debugFile
  }

  func imageAddress(_ address: VirtualAddress) -> ImageAddress { ImageAddress(address.rawValue &- mapping.bias) }
  func virtualAddress(_ address: ImageAddress) -> VirtualAddress { VirtualAddress(address.rawValue &+ mapping.bias) }
  func virtualRange(_ range: Range<UInt64>) -> Range<VirtualAddress> {
    let low = VirtualAddress(range.lowerBound &+ mapping.bias)
    let high = VirtualAddress(range.upperBound &+ mapping.bias)
    return low <= high ? low..<high : low..<low
  }

  /// The unit that has code at an address.
  func unit(at address: ImageAddress) -> Unit? { units?.unit(at: address.rawValue) }

  private func listFunctions() -> [FunctionEntry] {
    guard let names else {
      return symbols.all().filter(\.isCode).map {
        FunctionEntry(name: FunctionName(symbol: $0.name), address: $0.address.rawValue)
      }
    }
    return names.all(.function).compactMap { record in
      guard let entry = entry(record), let start = entry.ranges.first?.lowerBound, start != 0 else { return nil }
      return FunctionEntry(name: entry.functionName, address: start)
    }
  }

  /// The index of the last run, where there is one: then no debug information needs to be opened for a name that the
  /// image does not have.
  private func indexNames() -> NameIndex? {
    guard debugFile.hasDebugInformation else { return nil }
    let buildID = debugFile.buildID.map(hexadecimalDigits)
    if let buildID, let kept = NameIndex(keptFor: buildID) { return kept }
    guard let built = dwarf.map(NameIndex.init) else { return nil }
    if let buildID, built.isWorthKeeping { built.keep(for: buildID) }
    return built
  }

  /// What went wrong with its files for good, in words, once.
  func takeDamage() -> String? {
    guard !isDamageTold, let damage else { return nil }
    isDamageTold = true
    return damage
  }

  private var damage: String? {
    if let file = [elf, debugFile].first(where: \.mapping.isCut) {
      return "\(file.path) was cut short while it was being read."
    }
    let signal = opened?.damage ?? 0
    let reading = signal != 0 ? signal : callFrames.damage
    guard reading != 0 else { return nil }
    let what = signal != 0 ? "debug information" : "call frame information"
    return "The \(what) of \(debugFile.path) is damaged: reading it ended in \(Signal(reading).name). "
      + (signal != 0 ? "Going on with its symbols." : "Going on without it.")
  }

  private func openDwarf() -> DwarfFile? {
    guard debugFile.hasDebugInformation || debugFile.hasDebugSection("line") else { return nil }
    let sources = DwarfSources(debugFile, program: mapping.name, locator: locator, notices: notices)
    return DwarfFile(sources, image: number)
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

  deinit { sdb_elf_close(raw) }
}
