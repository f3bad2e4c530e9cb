import Elf
import Synchronization

/// A few names without the whole index: their bytes, and the places of their strings, tell which units may have them, and
/// only those are read.
extension UnitReader {
  /// Bytes of strings that a thread takes at a time.
  private static let chunk = 4 << 20

  /// What the whole index has of entries with these unqualified names, and maybe more. nil where it takes the whole index to tell: other
  /// files have entries too (split units, dwz's), a name is too short or too common to look for, or most units may have it; and
  /// where `isCancelled` said so. Which units are read, and why no other can have such an entry, `UnitSearch` says.
  func names(named names: [String], isCancelled: @escaping @Sendable () -> Bool = { false }) -> NameIndex? {
    guard isSelfContained, let texts = NameTexts(names), let offsets = offsets(of: texts, isCancelled),
      let search = UnitSearch(texts, offsets: offsets, sections), let suspects = suspects(search, isCancelled),
      suspects.count <= 1 || size(of: suspects) < UInt64(size / 2)
    else { return nil }
    return read(suspects, workers: WorkerThread.processors) { _ in !isCancelled() }
  }

  /// Where strings of `.debug_str` are, or end with, what may be the name of an entry. nil when it was cancelled.
  private func offsets(of texts: NameTexts, _ isCancelled: @escaping @Sendable () -> Bool) -> Set<UInt32>? {
    let strings = sections.strings
    let count = (strings.count + Self.chunk - 1) / Self.chunk
    let found = Mutex<Set<UInt32>>([])
    let next = Atomic(0)
    WorkerThread.spread(over: min(count, WorkerThread.processors)) { [sections] in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count, !isCancelled() else { return }
        let strings = sections.strings
        let part = number * Self.chunk..<min((number + 1) * Self.chunk, strings.count)
        var own: Set<UInt32> = []
        texts.forEach(in: strings, part) {
          own.insert(UInt32(truncatingIfNeeded: $0))
          return own.count <= WordSearch.mostWords
        }
        found.withLock { $0.formUnion(own) }
        sections.release(UnsafeRawBufferPointer(rebasing: strings[part]))
      }
    }
    return isCancelled() ? nil : found.withLock { $0 }
  }

  /// The numbers of the units that have to be read. nil when it was cancelled.
  private func suspects(_ search: UnitSearch, _ isCancelled: @escaping @Sendable () -> Bool) -> [Int]? {
    let found = Mutex<[Int]>([])
    let next = Atomic(0)
    WorkerThread.spread(over: min(units.count, WorkerThread.processors)) { [units, sections] in
      var search = search
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < units.count, !isCancelled() else { return }
        if search.mayHaveNames(units[number]) { found.withLock { $0.append(number) } }
        let header = units[number].header
        let bytes = sections.section(ofTypes: header.isInTypesSection)[Int(header.offset)..<Int(header.end)]
        sections.release(UnsafeRawBufferPointer(rebasing: bytes))
      }
    }
    return isCancelled() ? nil : found.withLock { $0.sorted() }
  }
}
