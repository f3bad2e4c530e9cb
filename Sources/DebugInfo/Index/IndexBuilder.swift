import CDw
import Dispatch
import Elf
import Synchronization

/// Reads the units of one file, which its index begins with; the names follow by its `reader`, on as many threads as there are processors.
struct IndexBuilder {
  private let attributes: [UnitAttributes?]
  let reader: UnitReader

  /// Reads the units' headers and own entries. nil where there is nothing to index.
  init?(_ source: DwarfSource) {
    guard source.hasEntries, let sections = DwarfSections(source.sources.mapping) else { return nil }
    let headers =
      UnitHeader.all(of: sections.info, isTypes: false) + UnitHeader.all(of: sections.types, isTypes: true)
    let attributes = headers.map { UnitAttributes($0, sections) }
    self.attributes = attributes
    reader = UnitReader(
      source: source, sections: sections,
      units: zip(headers, attributes).map { header, attributes in
        ScannedUnit(header: header, stringOffsetsBase: attributes?.stringOffsetsBase ?? 0)
      },
      split: Set(attributes.indices.filter { attributes[$0]?.isSkeleton ?? false }))
  }

  /// The units, by address and file.
  func units() -> UnitTable { UnitTable(attributes.compactMap { $0 }, reader.sections) }
}

extension UnitReader {
  /// False where other files belong to it, which may be missing now and there tomorrow.
  var isWhole: Bool {
    split.isEmpty && (source.file.alternateDebugLink == nil || source.sources.alternate != nil)
  }
  /// Bytes of entries, all together.
  var size: Int { sections.info.count + sections.types.count }

  /// More threads would wait for the memory.
  private static let mostWorkers = 16

  /// The names of all units; nil where `isCancelled` said so.
  /// - Parameter workers: nil: as many as pay.
  /// - Parameter progress: called by any thread with the bytes that it has got through; answers whether to go on.
  func names(workers: Int? = nil, _ progress: @escaping @Sendable (Int) -> Bool) -> NameIndex? {
    let headers = units.map(\.header)
    let count = workers ?? max(1, min(headers.count / 4, WorkerThread.processors, Self.mostWorkers))
    // The largest first, so that no worker is left with it when the others are done.
    var order = headers.indices.sorted { headers[$0].end - headers[$0].offset > headers[$1].end - headers[$1].offset }
    // What other files have besides comes last.
    if !split.isEmpty || source.sources.alternate != nil { order.append(headers.count) }
    let queue = order
    let next = Atomic(0)
    let isCancelled = Atomic(false)
    let parts = Mutex([ArraySlice<NameIndex.Record>](repeating: [], count: headers.count + 1))
    let group = DispatchGroup()
    let work: @Sendable () -> Void = {
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
}
