import CDw
import Elf

/// Which units have functions of a name, told by a table that compilers, linkers or gdb have put into the file. It names the units
/// that have to be read to answer a question, instead of all; what it says is never an answer itself. Immutable, for any thread.
struct UnitNames: Sendable {
  struct Pair: BitwiseCopyable, Sendable {
    /// Of the name's last part, without template arguments: as in `NameIndex`.
    let hash: UInt32
    /// Its number in `UnitReader`.
    let unit: UInt32
  }
  /// By hash.
  private let pairs: [Pair]
  /// The units of `.debug_info` that no table speaks of.
  private let others: [Int]
  /// False where copies in others' code, and functions that only a symbol leads to, may be missing.
  let hasAllCopies: Bool

  /// nil where the file has none that can be relied on, or a damaged one. Reads every name of functions once.
  init?(_ reader: UnitReader) {
    guard reader.isSelfContained else { return nil }
    var table = Listing(reader)
    let isRead: Bool
    if !reader.sections.names.isEmpty {
      hasAllCopies = true
      isRead = table.readDebugNames()
    } else if !reader.sections.gdbIndex.isEmpty {
      hasAllCopies = false
      isRead = !AbbreviationTable.hasInlined(reader.sections.abbreviations) && table.readGdbIndex()
    } else {
      return nil
    }
    guard isRead else { return nil }
    table.pairs.withUnsafeMutableBufferPointer { $0.sortByRadix(bits: 32) { UInt64($0.hash) } }
    pairs = table.pairs
    others = (0..<reader.infoCount).filter { !table.covered.contains($0) }
  }

  /// The numbers of all units that may have code of a function that goes by one of the names.
  func units(of names: [String]) -> Set<Int> {
    var found = Set(others)
    for name in names {
      let hash = nameHash(name)
      for pair in pairs[pairs.firstIndex(past: { $0.hash >= hash })...].prefix(while: { $0.hash == hash }) {
        found.insert(Int(pair.unit))
      }
    }
    return found
  }

  /// What is read of a table.
  struct Listing {
    let reader: UnitReader
    var pairs: [Pair] = []
    /// The numbers of the units that the table is about.
    var covered: Set<Int> = []

    /// Bytes that may still be looked at: names and lists can be shared, and a damaged table may share them without end.
    private var budget: Int

    init(_ reader: UnitReader) {
      self.reader = reader
      let sections = reader.sections
      budget = 64 * (sections.names.count + sections.gdbIndex.count) + sections.strings.count
    }

    /// False where too much has been looked at.
    mutating func spend(_ bytes: Int) -> Bool {
      budget -= bytes
      return budget >= 0
    }

    mutating func add(_ name: UnsafeRawBufferPointer, _ units: some Sequence<Int>) {
      let hash = nameHash(UnsafeRawBufferPointer(rebasing: baseName(name)))
      for unit in units { pairs.append(Pair(hash: hash, unit: UInt32(truncatingIfNeeded: unit))) }
    }

    /// The number of the unit whose header stands at an offset of `.debug_info`.
    func unit(at offset: UInt64) -> Int? {
      reader.unit(at: offset).flatMap { reader.units[$0].header.offset == offset ? $0 : nil }
    }
  }
}

extension AbbreviationTable {
  private static let inlinedSubroutine = UInt64(DW_TAG_inlined_subroutine)

  /// False where no unit whose abbreviations are in the section can have an inlined copy of a function.
  static func hasInlined(_ section: UnsafeRawBufferPointer) -> Bool {
    guard var cursor = ByteCursor(section) else { return false }
    while !cursor.isAtEnd {
      // Between tables, and where the linker fills up.
      guard cursor.leb() != 0 else { continue }
      if cursor.leb() == inlinedSubroutine { return true }
      cursor.skip(1)
      cursor.skipAttributeList()
    }
    return cursor.isDamaged
  }
}

extension ByteCursor {
  /// Passes the attributes and forms of an abbreviation (DWARF 5 §7.5.3).
  mutating func skipAttributeList() {
    while !isDamaged {
      let attribute = leb()
      let form = leb()
      if form == AttributeForm.implicitConstant { skipLEB() }
      if attribute == 0, form == 0 { return }
    }
  }
}
