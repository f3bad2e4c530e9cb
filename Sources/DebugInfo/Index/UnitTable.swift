import CDw
import Elf
import Synchronization

/// The units of an image with what leads to them: addresses and names of source files. It takes the units' own entries to make
/// it, so it is there long before the names are. Immutable, for any thread.
struct UnitTable: Sendable {
  struct UnitRecord: Sendable, BitwiseCopyable {
    /// Of the unit's own entry, in `.debug_info`.
    let offset: UInt64
    /// One more than its number among the skeletons; 0: it is a whole unit.
    private let skeleton: UInt64

    init(offset: UInt64, skeletonNumber: Int?) {
      self.offset = offset
      skeleton = skeletonNumber.map { UInt64($0 + 1) } ?? 0
    }
    /// `Skeleton.number`; nil for a whole unit.
    var skeletonNumber: Int? { skeleton == 0 ? nil : Int(truncatingIfNeeded: skeleton &- 1) }
  }
  struct CodeRecord: Sendable, BitwiseCopyable {
    let start: UInt64
    let length: UInt32
    let unit: UInt32
  }
  struct FileRecord: Sendable, BitwiseCopyable {
    /// Of the name's last part.
    let hash: UInt32
    let unit: UInt32
  }
  /// In the file's order.
  let units: Table<UnitRecord>
  /// By begin.
  let code: Table<CodeRecord>
  private let fileTable: FileTable
  /// By hash. Whoever asks first waits for it, unless the index was on the disk: it takes about as long as all the rest.
  var files: Table<FileRecord> { fileTable.records }

  /// How many ranges that begin earlier are looked at: those of a unit may lie within another's.
  private static let lookback = 8

  static let empty = UnitTable(units: Table([]), code: Table([]), files: Table([]))

  /// From an index kept.
  init(units: Table<UnitRecord>, code: Table<CodeRecord>, files: Table<FileRecord>) {
    self.units = units
    self.code = code
    fileTable = FileTable { files }
  }

  /// The number of the unit that has code at an address of the image.
  func unit(at address: UInt64) -> Int? {
    let end = code.firstIndex(past: { $0.start > address })
    return code[max(0, end - Self.lookback)..<end].last { address &- $0.start < UInt64($0.length) }
      .flatMap { $0.unit < units.count ? Int($0.unit) : nil }
  }

  /// The numbers of the units whose line tables have a file of that name (of its path's last part, that is), or a hash like
  /// it. In the file's order.
  func units(ofFile path: String) -> [Int] {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    let hash = nameHash(String(name))
    let found = files[files.firstIndex(past: { $0.hash >= hash })...].prefix { $0.hash == hash }
    return Set(found.map { Int($0.unit) }).filter { $0 < units.count }.sorted()
  }

  /// The number of the unit whose own entry stands there.
  func unit(ofEntry offset: UInt64) -> Int? {
    let index = units.firstIndex(past: { $0.offset >= offset })
    return index < units.count && units[index].offset == offset ? index : nil
  }

  /// The number of the unit of that `Skeleton.number`.
  func unit(ofSkeleton number: Int) -> Int? { units.firstIndex { $0.skeletonNumber == number } }
}

extension UnitTable {
  /// Reads the units' own entries.
  init(_ all: [UnitAttributes], _ sections: DwarfSections) {
    let numbered = all.filter { $0.tag == DW_TAG_compile_unit || $0.tag == DW_TAG_skeleton_unit }
    var units: [UnitRecord] = []
    var code: [CodeRecord] = []
    var skeletons = 0
    for (number, unit) in numbered.enumerated() {
      units.append(UnitRecord(offset: unit.header.entry, skeletonNumber: unit.isSkeleton ? skeletons : nil))
      if unit.isSkeleton { skeletons += 1 }
      unit.code(sections) { range in
        code.append(
          CodeRecord(
            start: range.lowerBound, length: UInt32(clamping: range.upperBound - range.lowerBound),
            unit: UInt32(truncatingIfNeeded: number)))
      }
    }
    code.withUnsafeMutableBufferPointer { $0.sortByRadix { $0.start } }
    self.units = Table(units)
    self.code = Table(code)
    fileTable = FileTable { Table(FileRecord.all(of: numbered, sections)) }
  }
}

extension UnitTable.FileRecord {
  /// By hash: of the units' own names, and of the files in their line tables' headers.
  fileprivate static func all(of units: [UnitAttributes], _ sections: DwarfSections) -> [Self] {
    var files: [Self] = []
    for (number, unit) in units.enumerated() {
      func add(_ name: UnsafeRawBufferPointer) {
        files.append(Self(hash: nameHash(name), unit: UInt32(truncatingIfNeeded: number)))
      }
      if let name = unit.name { add(LineHeader.lastPart(name.bytes)) }
      if let lines = unit.lines { LineHeader(sections, at: lines)?.forEachFileName(add) }
    }
    files.withUnsafeMutableBufferPointer { $0.sortByRadix(bits: 32) { UInt64($0.hash) } }
    return files
  }
}

/// Source files by name, made when somebody first asks.
private final class FileTable: Sendable {
  private let made = Mutex<Table<UnitTable.FileRecord>?>(nil)
  private let make: @Sendable () -> Table<UnitTable.FileRecord>

  init(_ make: @escaping @Sendable () -> Table<UnitTable.FileRecord>) { self.make = make }

  var records: Table<UnitTable.FileRecord> {
    made.withLock { known in
      if let known { return known }
      let records = make()
      known = records
      return records
    }
  }
}
