import CDw
import Elf
import MachineModel

/// One image of the program: its file, its debug information, and where it is in the process.
/// Everything behind the ELF headers is opened when it is first asked for.
final class LoadedImage {
  let number: Int
  var mapping: ImageMapping {
    didSet {
      knownPlaces = [:]
      info = nil
      facts = CodeFacts()
    }
  }
  var facts = CodeFacts()
  /// Answers about its code, in the process's addresses.
  var knownPlaces: [PlaceQuestion: [CodeLocation]] = [:]
  /// By the text of the query, as long as there is no index.
  var knownFunctionPresence: [String: Bool] = [:]
  /// By the text of the query: indexes of the units alone that can have such a function.
  var knownFunctionIndexes: [String: NameIndex] = [:]
  private(set) lazy var mergedStrings = MergedStrings(debugFile)
  /// Made when it is first asked for.
  var info: ImageInfo?
  let elf: ElfFile
  /// The file that holds the DWARF (and the full symbol table): the image's own, or a separate one.
  private(set) lazy var debugFile: ElfFile =
    givenDebugFile ?? locator.debugFile(of: elf, named: mapping.name, notices: notices) ?? elf
  private(set) lazy var source = DwarfSource(
    debugFile, image: number, program: mapping.name, locator: locator, notices: notices)
  /// nil where there is no debug information, or reading it has failed for good.
  var dwarf: DwarfFile? {
    if !isOpened {
      isOpened = true
      opened = source.open()
    }
    return damageSignal == 0 ? opened : nil
  }
  private var opened: DwarfFile?
  private var isOpened = false
  /// The signal that reading its debug information has ended in, as far as that was read; 0: none.
  private var damageSignal: Int32 { opened?.damage ?? 0 }
  /// libelf over the image's own file, for what only that has: `.eh_frame`.
  private(set) lazy var elfHandle: ElfHandle? = ElfHandle(elf.mapping)
  private(set) lazy var callFrames = CallFrameTable(self)

  private var knownUnits: UnitMap?
  private var knownNames: NameIndex?
  private var indexJob: IndexJob?
  private var isOnlyAhead = false
  /// By the text of the query.
  private var searches: [String: NameSearch] = [:]
  private let indexJobs: IndexJobs
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
    indexJobs: IndexJobs, debugFile: ElfFile? = nil
  ) {
    self.indexJobs = indexJobs
    self.number = number
    self.mapping = mapping
    self.elf = elf
    self.locator = locator
    self.notices = notices
    givenDebugFile = debugFile
  }

  deinit { indexJob?.abandon() }

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
    let signal = damageSignal
    let reading = signal != 0 ? signal : callFrames.damage
    guard reading != 0 else { return nil }
    let what = signal != 0 ? "debug information" : "call frame information"
    return "The \(what) of \(debugFile.path) is damaged: reading it ended in \(Signal(reading).name). "
      + (signal != 0 ? "Going on with its symbols." : "Going on without it.")
  }

  // MARK: Index

  /// The making of the index, where what a stage brings is not there yet; it begins when somebody first asks.
  func pendingIndex(_ stage: IndexJob.Stage) -> IndexJob? {
    // One that was cancelled has no more to come.
    if let indexJob, indexJob.hasReached(stage), !indexJob.isCancelled { return nil }
    let job = index()
    job?.want(stage)
    return job
  }

  /// True where the index is there, and where there is nothing to index.
  var isIndexed: Bool { indexJob?.hasReached(.names) ?? !source.hasEntries }

  /// True from when it was first asked for.
  var isIndexing: Bool { indexJob != nil && !isOnlyAhead }

  /// Begins to open its debug information, and to find out where its units are, before anybody asks.
  func openAhead() {
    guard indexJob == nil, WorkerThread.processors > 1 else { return }
    guard index() != nil else { return }
    isOnlyAhead = true
    // An index that was kept does without.
    WorkerThread.start { [source] in _ = source.sources }
  }

  var knowsUnits: Bool { indexJob?.hasReached(.units) ?? false }

  /// nil where there is no debug information to index. One that was cancelled begins anew.
  private func index() -> IndexJob? {
    isOnlyAhead = false
    if let indexJob, !indexJob.isCancelled { return indexJob }
    guard source.hasEntries else { return nil }
    let job = indexJobs.begin(source, name: mapping.name)
    indexJob = job
    return job
  }

  /// A search for the names of a query, which may be over; nil where the index is there, where there is nothing to look into, and
  /// where so much was looked for that the index is worth its while.
  func search(_ query: NameQuery) -> NameSearch? {
    guard !isIndexed else { return nil }
    if let known = searches[query.text] {
      guard known.isGivenUp else { return known }
      searches[query.text] = nil
    }
    guard searches.count < Self.mostSearches, let job = index() else { return nil }
    let search = NameSearch(query.keys, of: job, indexJobs)
    searches[query.text] = search
    return search
  }

  /// A search takes about a tenth of the time that making the index does.
  private static let mostSearches = 4

  /// What a search has found, which it carries out where nobody did so before. nil where it takes the whole index.
  func searched(_ query: NameQuery) -> NameIndex? {
    guard let search = search(query) else { return nil }
    search.carryOut()
    return search.found
  }

  /// True where a search has told all.
  func isSearched(_ query: NameQuery) -> Bool { searches[query.text]?.found != nil }

  /// nil where there is no debug information, or reading it has failed for good. Blocks while they are still being looked for.
  var units: UnitMap? {
    if damageSignal != 0 { return nil }
    if knownUnits == nil, let table = index()?.units() {
      knownUnits = UnitMap(table) { [unowned self] in dwarf }
    }
    return knownUnits
  }

  /// What finds single functions; nil where it takes all names. Blocks while it is being made.
  var functionFinder: FunctionFinder? { index()?.functions() }

  /// nil where there is no debug information. Blocks while they are still being looked for.
  var names: NameIndex? {
    if knownNames == nil { knownNames = index()?.names() }
    return knownNames
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
