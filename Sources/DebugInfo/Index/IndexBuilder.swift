import CDw
import Dispatch
import Elf
import Synchronization

/// Makes the index of one file: first the units, then the names, those on as many threads as there are processors.
struct IndexBuilder {
  private let source: DwarfSource
  private let sections: DwarfSections
  private let headers: [UnitHeader]
  private let attributes: [UnitAttributes?]
  /// False where other files belong to it, which may be missing now and there tomorrow.
  var isWhole: Bool {
    !attributes.contains { $0?.isSkeleton ?? false }
      && (source.file.alternateDebugLink == nil || source.sources.alternate != nil)
  }
  /// Bytes of entries, all together.
  var size: Int { sections.info.count + sections.types.count }

  /// After as many bytes of entries, a worker gives the pages of names back that it has touched.
  private static let releaseInterval = 8 << 20
  /// More threads would wait for the memory.
  private static let mostWorkers = 16

  /// Reads the units' headers and own entries. nil where there is nothing to index.
  init?(_ source: DwarfSource) {
    guard source.hasEntries, let sections = DwarfSections(source.sources.mapping) else { return nil }
    self.source = source
    self.sections = sections
    headers =
      UnitHeader.all(of: sections.info, isTypes: false) + UnitHeader.all(of: sections.types, isTypes: true)
    attributes = headers.map { UnitAttributes($0, sections) }
  }

  /// The units, by address and file.
  func units() -> UnitTable { UnitTable(attributes.compactMap { $0 }, sections) }

  /// The names of all units; nil where `isCancelled` said so.
  /// - Parameter workers: nil: as many as pay.
  /// - Parameter progress: called by any thread with the bytes that it has got through; answers whether to go on.
  func names(workers: Int? = nil, _ progress: @escaping @Sendable (Int) -> Bool) -> NameIndex? {
    let count = workers ?? max(1, min(headers.count / 4, WorkerThread.processors, Self.mostWorkers))
    let scanned = zip(headers, attributes).map { header, attributes in
      ScannedUnit(header: header, stringOffsetsBase: attributes?.stringOffsetsBase ?? 0)
    }
    // The largest first, so that no worker is left with it when the others are done.
    var order = headers.indices.sorted { headers[$0].end - headers[$0].offset > headers[$1].end - headers[$1].offset }
    let split = Set(attributes.indices.filter { attributes[$0]?.isSkeleton ?? false })
    // What other files have besides comes last.
    if !split.isEmpty || source.sources.alternate != nil { order.append(headers.count) }
    let queue = order
    let next = Atomic(0)
    let isCancelled = Atomic(false)
    let parts = Mutex([ArraySlice<NameIndex.Record>](repeating: [], count: headers.count + 1))
    let group = DispatchGroup()
    let work: @Sendable () -> Void = { [source, sections] in
      var worker = Worker(source, sections, scanned, split: split)
      while !isCancelled.load(ordering: .relaxed) {
        let position = next.add(1, ordering: .relaxed).oldValue
        guard position < queue.count else { break }
        let size = worker.read(queue[position])
        if !progress(size) { isCancelled.store(true, ordering: .relaxed) }
      }
      let found = worker.parts
      parts.withLock { parts in
        for (unit, records) in found { parts[unit] = records }
      }
    }
    for _ in 1..<count {
      group.enter()
      WorkerThread.start {
        work()
        group.leave()
      }
    }
    work()
    group.wait()
    guard !isCancelled.load(ordering: .relaxed) else { return nil }
    return parts.withLock { NameIndex($0) }
  }

  /// What one thread does.
  private struct Worker {
    private let source: DwarfSource
    private let sections: DwarfSections
    private let units: [ScannedUnit]
    /// Those that libdw has to read.
    private let split: Set<Int>
    private var scan: UnitScan
    private var libdw: LibdwScan?
    private var ranges: [(unit: Int, records: Range<Int>)] = []
    private var unreleased = 0

    init(_ source: DwarfSource, _ sections: DwarfSections, _ units: [ScannedUnit], split: Set<Int>) {
      self.source = source
      self.sections = sections
      self.units = units
      self.split = split
      scan = UnitScan(sections, units: units)
    }

    /// The records of each unit that was read.
    var parts: [(unit: Int, records: ArraySlice<NameIndex.Record>)] {
      ranges.map { ($0.unit, scan.records[$0.records]) }
    }

    private mutating func openLibdw() -> LibdwScan? {
      if libdw == nil { libdw = source.open().map(LibdwScan.init) }
      return libdw
    }

    /// Answers the unit's bytes.
    mutating func read(_ number: Int) -> Int {
      let before = scan.records.count
      defer { ranges.append((number, before..<scan.records.count)) }
      guard number < units.count else {
        scan.add(openLibdw()?.otherRecords() ?? [])
        return 0
      }
      let unit = units[number]
      if split.contains(number) || !scan.scan(unit) { scan.add(openLibdw()?.records(of: unit.header) ?? []) }
      let bytes = sections.section(ofTypes: unit.header.isInTypesSection)[
        Int(unit.header.offset)..<Int(unit.header.end)]
      sections.release(UnsafeRawBufferPointer(rebasing: bytes))
      unreleased += bytes.count
      if unreleased > IndexBuilder.releaseInterval {
        sections.release(sections.strings)
        unreleased = 0
      }
      return bytes.count
    }
  }
}
