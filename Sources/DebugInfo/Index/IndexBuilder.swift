import Elf

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

  /// The names of all units; nil where `progress` said so.
  /// - Parameter workers: nil: as many as pay.
  /// - Parameter progress: called by any thread with the bytes that it has got through; answers whether to go on.
  func names(workers: Int? = nil, _ progress: @escaping @Sendable (Int) -> Bool) -> NameIndex? {
    // What other files have besides comes last.
    let hasOthers = !split.isEmpty || source.sources.alternate != nil
    let all = Array(0..<(hasOthers ? units.count + 1 : units.count))
    return read(all, workers: workers ?? units.count / 4, progress)
  }
}
