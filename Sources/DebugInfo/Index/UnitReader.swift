import Elf
import Synchronization

/// The units of a file as whoever reads names from them needs them. Immutable; any thread may use it.
struct UnitReader: Sendable {
  let source: DwarfSource
  let sections: DwarfSections
  /// In the file's order, those of `.debug_types` behind those of `.debug_info`.
  let units: [ScannedUnit]
  /// Those that libdw has to read.
  let split: Set<Int>

  /// After as many bytes of entries, a worker gives the pages of names back that it has touched.
  private static let releaseInterval = 8 << 20

  /// True where all entries of the file's units are in the file itself.
  var isSelfContained: Bool {
    split.isEmpty && source.sources.alternate == nil && source.file.alternateDebugLink == nil
  }

  /// How many units `.debug_info` has.
  var infoCount: Int { units.firstIndex { $0.header.isInTypesSection } ?? units.count }

  /// The number of the unit of `.debug_info` that an offset lies in; nil for one past the last.
  func unit(at offset: UInt64) -> Int? {
    let number = units[..<infoCount].firstIndex(past: { $0.header.offset > offset }) - 1
    return number >= 0 && offset < units[number].header.end ? number : nil
  }

  /// Bytes of some units, all together.
  func size(of numbers: some Sequence<Int>) -> UInt64 {
    numbers.reduce(0) { $0 &+ (units[$1].header.end - units[$1].header.offset) }
  }

  /// The names of some units alone.
  func names(of numbers: [Int]) -> NameIndex? { read(numbers, workers: numbers.count / 4) { _ in true } }

  /// The names of some units, the same however many workers there are; nil where `progress` said so.
  /// - Parameter workers: fewer where there are not as many processors, or units.
  /// - Parameter progress: called by any thread with the bytes that it has got through; answers whether to go on.
  func read(_ numbers: [Int], workers: Int, _ progress: @escaping @Sendable (Int) -> Bool) -> NameIndex? {
    func size(_ number: Int) -> UInt64 { number < units.count ? self.size(of: [number]) : 0 }
    // The largest first, so that no worker is left with it when the others are done.
    let queue = numbers.map { ($0, size($0)) }.sorted { $0.1 > $1.1 }.map(\.0)
    let next = Atomic(0)
    let isCancelled = Atomic(false)
    let parts = Mutex([ArraySlice<NameIndex.Record>](repeating: [], count: units.count + 1))
    WorkerThread.spread(over: min(workers, numbers.count, Self.mostWorkers)) {
      var worker = Worker(self)
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
    guard !isCancelled.load(ordering: .relaxed) else { return nil }
    return parts.withLock { NameIndex($0) }
  }

  /// More threads would wait for the memory.
  private static let mostWorkers = 16

  /// What one thread does.
  struct Worker {
    private let reader: UnitReader
    private var scan: UnitScan
    private var libdw: LibdwScan?
    private var ranges: [(unit: Int, records: Range<Int>)] = []
    private var unreleased = 0

    init(_ reader: UnitReader) {
      self.reader = reader
      scan = UnitScan(reader.sections, units: reader.units)
    }

    /// The records of each unit that was read.
    var parts: [(unit: Int, records: ArraySlice<NameIndex.Record>)] {
      ranges.map { ($0.unit, scan.records[$0.records]) }
    }

    private mutating func openLibdw() -> LibdwScan? {
      if libdw == nil { libdw = reader.source.open().map(LibdwScan.init) }
      return libdw
    }

    /// Answers the unit's bytes. The number past the last unit stands for what other files have besides.
    mutating func read(_ number: Int) -> Int {
      let before = scan.records.count
      defer { ranges.append((number, before..<scan.records.count)) }
      guard number < reader.units.count else {
        scan.add(openLibdw()?.otherRecords() ?? [])
        return 0
      }
      let unit = reader.units[number]
      if reader.split.contains(number) || !scan.scan(unit) { scan.add(openLibdw()?.records(of: unit.header) ?? []) }
      let sections = reader.sections
      let bytes = sections.section(ofTypes: unit.header.isInTypesSection)[
        Int(unit.header.offset)..<Int(unit.header.end)]
      sections.release(UnsafeRawBufferPointer(rebasing: bytes))
      unreleased += bytes.count
      if unreleased > UnitReader.releaseInterval {
        sections.release(sections.strings)
        unreleased = 0
      }
      return bytes.count
    }
  }
}
