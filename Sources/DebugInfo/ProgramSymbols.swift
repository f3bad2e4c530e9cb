package import Elf
package import MachineModel

/// All that is known of the program's code and data: its images, their symbols, lines, scopes, types and
/// unwind tables, in the process's addresses. Belongs to one session: not to be shared between threads.
package final class ProgramSymbols {
  /// By number.
  private var loaded: [Int: LoadedImage] = [:]
  private let numbers: ImageNumbers
  /// Images that another process has too.
  private var sharedImages: Set<Int> = []
  /// By address, for lookups.
  private var ranges: [(range: Range<VirtualAddress>, image: LoadedImage)] = []

  private var knownThreadLocalImages: [Int]?

  /// The types that its entries describe.
  private(set) lazy var types = TypeTable(
    swift: SwiftTypes { [weak self] in self?.swiftDescription(of: $0) },
    findDefinition: { [weak self] in self?.definition(ofType: $0) })

  /// How images find their separate debug files. Those that have found none look again when it changes.
  package var debugFileLocator = DebugFileLocator() {
    didSet {
      if debugFileLocator != oldValue { for image in images where !image.hasDebugInfo { reopen(image.number) } }
    }
  }
  /// What was found wrong with debug files, or missing.
  package let notices: DebugInfoNotices

  /// Rust's tables of methods by image and address, of those images that were asked for some.
  var virtualTables: [Int: [UInt64: EntryID]] = [:]
  /// By image, of those that were asked.
  var swiftReflections: [Int: SwiftReflection] = [:]
  /// The indexes of its images that are being made.
  package let indexJobs: IndexJobs
  /// Nanoseconds after which a walk over all names or files lets others have their turn: well below what a key may wait for its answer.
  var longestTurn: UInt64 = 8_000_000

  package init(indexJobs: IndexJobs = IndexJobs()) {
    self.indexJobs = indexJobs
    numbers = ImageNumbers(jobs: indexJobs)
    notices = DebugInfoNotices()
  }

  /// Without images, for another process of the same session.
  package init(sharingJobsOf original: ProgramSymbols) {
    indexJobs = original.indexJobs
    numbers = original.numbers
    notices = original.notices
    debugFileLocator = original.debugFileLocator
  }

  /// For a process that was forked: the same images under the same numbers. What was read of their files is shared; which images there
  /// are, and where, is a matter of each. Costs nothing that grows with the debug information.
  package init(forkedFrom original: ProgramSymbols) {
    indexJobs = original.indexJobs
    numbers = original.numbers
    notices = original.notices
    debugFileLocator = original.debugFileLocator
    (loaded, ranges) = (original.loaded, original.ranges)
    sharedImages = Set(loaded.keys)
    original.sharedImages = sharedImages
  }

  // MARK: Images

  /// Maps an image; cheap: nothing that grows with its debug information is read yet.
  /// Answers the image's number.
  package func add(_ mapping: ImageMapping) throws(ElfError) -> Int {
    try insert(mapping) { () throws(ElfError) in try FileMapping(path: mapping.path) }
  }
  /// An image that is in memory only: the vDSO.
  package func add(_ mapping: ImageMapping, contents: [UInt8]) throws(ElfError) -> Int {
    try insert(mapping) { () throws(ElfError) in FileMapping(contents: contents, path: mapping.path) }
  }
  /// Moves an image to where the loader has put it; what was read of it stays.
  package func rebase(image number: Int, bias: UInt64) {
    guard let image = loaded[number], image.mapping.bias != bias else { return }
    let mapping = ImageMapping(path: image.mapping.path, name: image.mapping.name, bias: bias)
    guard !sharedImages.contains(number) else { return reopen(number, mapping: mapping) }
    image.mapping = mapping
    ranges.removeAll { $0.image === image }
    place(image)
  }
  /// Forgets an image and the types that its entries describe.
  package func remove(image: Int) {
    loaded[image] = nil
    forgetEntries(of: image)
    ranges.removeAll { $0.image.number == image }
  }
  /// Takes a file that was found otherwise for an image's debug information (and symbols); nil: its own file's, or the
  /// one that is found. What was read of the image before is forgotten. Throws where it is no ELF file.
  package func setDebugFile(_ path: String?, ofImage number: Int) throws(ElfError) {
    var file: ElfFile?
    if let path { file = try ElfFile(path: path) }
    reopen(number, debugFile: file)
  }

  /// What was learnt of an image's entries.
  private func forgetEntries(of image: Int) {
    types.forget(image: image)
    virtualTables[image] = nil
    swiftReflections[image] = nil
    forgetFacts()
  }

  /// A type in them may be one that another image describes.
  private func forgetFacts() {
    for image in loadedImages { image.facts = CodeFacts() }
    knownThreadLocalImages = nil
  }

  /// The images that have a TLS segment, in the order of their loading.
  package var threadLocalImages: [Int] {
    if let knownThreadLocalImages { return knownThreadLocalImages }
    let found = images.map(\.number).filter { threadLocalSegment(image: $0) != nil }
    knownThreadLocalImages = found
    return found
  }

  private func reopen(_ number: Int, mapping: ImageMapping? = nil, debugFile: ElfFile? = nil) {
    guard let old = loaded[number] else { return }
    forgetEntries(of: number)
    // It may describe what none did so far.
    types.swift.forget()
    let image = LoadedImage(
      number: number, mapping: mapping ?? old.mapping, elf: old.elf, locator: debugFileLocator, notices: notices,
      indexJobs: indexJobs, debugFile: debugFile)
    loaded[number] = image
    sharedImages.remove(number)
    ranges.removeAll { $0.image.number == number }
    place(image)
    _ = image.pendingIndex(.functions)
  }

  /// The image whose segments `address` lies in; nil for heap, stack and the unmapped.
  package func image(containing address: VirtualAddress) -> ImageInfo? { loadedImage(at: address).map(info) }
  /// By number, so in the order they were added.
  package var images: [ImageInfo] { loadedImages.map(info) }

  /// Begins to make the indexes that do not have what a stage brings, and answers them. Those who need it should wait for them
  /// first: questions would block.
  /// - Parameter address: that of the one image that counts; nil: all.
  package func pendingIndexes(_ stage: IndexJob.Stage, at address: VirtualAddress? = nil) -> [IndexJob] {
    let images = address.map { address in loadedImage(at: address).map { [$0] } ?? [] } ?? loadedImages
    return images.compactMap { $0.pendingIndex(stage) }
  }

  /// Begins to open an image's debug information, before anybody asks: on other processors, if there are any.
  package func openAhead(image number: Int) { loaded[number]?.openAhead() }

  /// The images that may have a function of that name begin to find out what tells where: first their stage `.functions` should be waited
  /// for, then the `searches`, then `.names` of those that are still answered.
  package func pendingIndexes(_ stage: IndexJob.Stage, forFunction name: String) -> [IndexJob] {
    let query = NameQuery(name)
    return loadedImages.filter { image in
      image.mayHaveFunction(query)
        && !(stage == .names && (image.isFoundInParts(query) || image.isSearched(query)))
    }.compactMap { $0.pendingIndex(stage) }
  }

  /// The searches that tell where functions of that name are, in images that have neither an index nor a table of names.
  package func searches(forFunction name: String) -> [NameSearch] {
    let query = NameQuery(name)
    return loadedImages.filter { $0.mayHaveFunction(query) && !$0.isFoundInParts(query) }.compactMap {
      $0.search(query)
    }
  }

  /// By number.
  var loadedImages: [LoadedImage] { loaded.values.sorted { $0.number < $1.number } }
  func loadedImage(_ number: Int) -> LoadedImage? { loaded[number] }
  func loadedImage(at address: VirtualAddress) -> LoadedImage? {
    ranges.first { $0.range.contains(address) }?.image
  }
  /// The entry of an id; nil where its image is gone.
  func entry(_ id: EntryID) -> DIE? { loaded[id.image]?.dwarf?.entry(id) }

  private func insert(_ mapping: ImageMapping, _ open: () throws(ElfError) -> FileMapping) throws(ElfError) -> Int {
    let image = LoadedImage(
      number: numbers.next(), mapping: mapping, elf: try ElfFile(try open()), locator: debugFileLocator,
      notices: notices, indexJobs: indexJobs)
    loaded[image.number] = image
    place(image)
    // It may describe what none did so far.
    types.swift.forget()
    forgetFacts()
    return image.number
  }

  private func place(_ image: LoadedImage) {
    guard let range = image.elf.loadedRange else { return }
    ranges.append((image.virtualRange(range.lowerBound.rawValue..<range.upperBound.rawValue), image))
  }

  /// Of images whose files turned out to be damaged so far that something is given up: what, in words, once.
  package func takeDamage() -> [String] { loadedImages.compactMap { $0.takeDamage() } }

  /// Where an image's file is mapped.
  package func contents(ofImage number: Int) -> UnsafeRawPointer? { loaded[number]?.elf.mapping.bytes.baseAddress }

  /// Where the dynamic linker puts the address of its `r_debug` (DT_DEBUG's value), in the process.
  package func linkerDebugPointer(ofImage number: Int) -> VirtualAddress? {
    guard let image = loaded[number] else { return nil }
    return image.elf.debugPointer.map(image.virtualAddress)
  }

  private func info(_ image: LoadedImage) -> ImageInfo {
    if let known = image.info { return known }
    let made = describe(image)
    image.info = made
    return made
  }

  private func describe(_ image: LoadedImage) -> ImageInfo {
    let elf = image.elf
    let whole = elf.loadedRange.map { $0.lowerBound.rawValue..<$0.upperBound.rawValue } ?? 0..<0
    let section = elf.section(".text").map { ($0.address.rawValue, $0.size) }
    let segment = elf.segments.first { $0.isLoaded && $0.isExecutable }.map { ($0.address.rawValue, $0.memorySize) }
    let (start, size) = section ?? segment ?? (0, 0)
    return ImageInfo(
      number: image.number, mapping: image.mapping, buildID: elf.buildID.map(hexadecimalDigits),
      debugFile: image.debugFile.path, hasDebugInfo: image.debugFile.hasDebugInformation,
      range: image.virtualRange(whole),
      text: image.virtualRange(start..<max(start, start &+ size)), entryPoint: image.virtualAddress(elf.entryPoint),
      isPositionIndependent: elf.isPositionIndependent)
  }
}

/// Numbers for images, from 1: no two get the same of what one session has loaded, in whatever process. Whoever holds them holds the
/// session's jobs, which end with the last.
private final class ImageNumbers {
  private var last = 0
  private let jobs: IndexJobs
  init(jobs: IndexJobs) { self.jobs = jobs }
  deinit { jobs.cancelAll() }

  func next() -> Int {
    last += 1
    return last
  }
}
