import CDw
import Dispatch
import Elf
import Glibc
import Synchronization

/// Where the entries of a name are, over all units of an image: 16 bytes each, sorted by the name's hash, and no
/// string at all; the names stand in the file. Immutable, so any thread may ask it.
struct NameIndex: Sendable {
  enum Kind: UInt8, Sendable {
    /// A function with code of its own.
    case function
    /// The same, under its linkage name.
    case linkage
    /// A copy of a function in another's code.
    case inlined
    /// A variable outside of functions.
    case global
    /// A type's definition, or a typedef.
    case type
    case enumerator
  }
  struct Record: Sendable, BitwiseCopyable {
    let offset: UInt64
    let hash: UInt32
    /// `EntryID.file`.
    let file: UInt16
    /// Any byte at all may come from the disk.
    private let rawKind: UInt8
    var kind: Kind? { Kind(rawValue: rawKind) }

    init(offset: UInt64, hash: UInt32, file: UInt16, kind: Kind) {
      self.offset = offset
      self.hash = hash
      self.file = file
      rawKind = kind.rawValue
    }
  }
  private let records: [Record]

  /// The index kept for a build-id; nil where there is none.
  init?(keptFor buildID: String) {
    guard let kept = IndexCache()?.load(buildID, as: Record.self) else { return nil }
    records = kept
  }

  /// A small one is built sooner than a file is found.
  var isWorthKeeping: Bool { records.count > 2_000 }

  /// Keeps it for the next run.
  func keep(for buildID: String) { IndexCache()?.store(records, for: buildID) }

  /// Walks all units, on as many threads as there are processors where that pays.
  init(_ dwarf: DwarfFile) {
    let units = dwarf.units().count
    let workers = min(units / 4, Self.processors, 16)
    guard workers > 1 else {
      records = Self.sorted(dwarf.units().flatMap { Self.records(of: $0) })
      return
    }
    let next = Atomic(0)
    let found = Mutex<[Record]>([])
    let (sources, image) = (dwarf.sources, dwarf.image)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      guard let own = DwarfFile(sources, image: image) else { return }
      let units = own.units()
      var records: [Record] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < units.count else { break }
        records += Self.records(of: units[index])
      }
      found.withLock { $0 += records }
    }
    records = Self.sorted(found.withLock { $0 })
  }

  /// The entries that may be of that unqualified name (without template arguments): hashes can be alike.
  func candidates(_ kind: Kind, _ name: String) -> [Record] {
    let wanted = nameHash(name)
    return records[records.firstIndex(past: { $0.hash >= wanted })...]
      .prefix { $0.hash == wanted }.filter { $0.kind == kind }
  }

  /// Every entry of a kind.
  func all(_ kind: Kind) -> [Record] { records.filter { $0.kind == kind } }

  // MARK: Building

  private static let processors = Int(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private static func sorted(_ records: [Record]) -> [Record] {
    // The order of equal hashes is that of the file, however many workers there were.
    records.sorted { left, right in
      if left.hash != right.hash { return left.hash < right.hash }
      return left.file != right.file ? left.file < right.file : left.offset < right.offset
    }
  }

  private static func records(of unit: DIE) -> [Record] {
    var walk = Walk(file: UInt16(truncatingIfNeeded: unit.id.file))
    walk.run(unit)
    return walk.records
  }

  /// Goes through a unit with libdw's own entries: no object for each of the many that are of no interest.
  private struct Walk {
    let file: UInt16
    var records: [Record] = []

    init(file: UInt16) { self.file = file }

    mutating func run(_ unit: DIE) {
      var levels: [(die: Dwarf_Die, isInFunction: Bool)] = []
      var child = Dwarf_Die()
      guard unit.with({ sdb_child($0, &child) }) == 0 else { return }
      levels.append((child, false))
      while let (next, isInFunction) = levels.popLast() {
        var die = next
        let summary = sdb_die_summary(&die)
        add(summary, isInFunction: isInFunction)
        var sibling = die
        if sdb_die_advance(&sibling) == 0 { levels.append((sibling, isInFunction)) }
        guard summary.has_children, levels.count < 256,
          let isFunction = Self.entersFunction(Int(summary.tag), isInFunction: isInFunction)
        else { continue }
        if sdb_child(&die, &child) == 0 { levels.append((child, isFunction)) }
      }
    }

    /// nil: nothing of interest is below.
    private static func entersFunction(_ tag: Int, isInFunction: Bool) -> Bool? {
      switch tag {
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine, DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block:
        true
      case DW_TAG_namespace, DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type,
        DW_TAG_module, DW_TAG_interface_type:
        isInFunction
      default: nil
      }
    }

    private mutating func add(_ entry: sdb_summary, isInFunction: Bool) {
      guard entry.name.bytes != nil else { return }
      let name = entry.name.raw
      switch Int(entry.tag) {
      case DW_TAG_subprogram where entry.has_code:
        add(.function, baseNameHash(name), entry)
        if entry.linkage_name.bytes != nil { add(.linkage, nameHash(entry.linkage_name.raw), entry) }
      case DW_TAG_inlined_subroutine where entry.has_code: add(.inlined, baseNameHash(name), entry)
      // One that is optimised out is still known; a constant of a class is declared only, with its value.
      case DW_TAG_variable where !isInFunction && (entry.has_location || !entry.is_declaration):
        add(.global, baseNameHash(name), entry)
      case DW_TAG_enumerator where !isInFunction: add(.enumerator, nameHash(name), entry)
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type, DW_TAG_typedef,
        DW_TAG_base_type, DW_TAG_unspecified_type, DW_TAG_interface_type:
        if !isInFunction, !entry.is_declaration { add(.type, baseNameHash(name), entry) }
      default: break
      }
    }

    private mutating func add(_ kind: Kind, _ hash: UInt32, _ entry: sdb_summary) {
      records.append(Record(offset: entry.offset, hash: hash, file: file, kind: kind))
    }

    private func baseNameHash(_ name: UnsafeRawBufferPointer) -> UInt32 {
      guard name.last == UInt8(ascii: ">") else { return nameHash(name) }
      return nameHash(UnsafeRawBufferPointer(rebasing: baseName(name)))
    }
  }
}

/// `name` without its template arguments: `max<int>` is `max`, but `operator<` stays.
func baseName<Bytes: BidirectionalCollection<UInt8>>(_ name: Bytes) -> Bytes.SubSequence {
  guard name.last == UInt8(ascii: ">") else { return name[...] }
  guard name.starts(with: "operator".utf8) else {
    let open = name.firstIndex(of: UInt8(ascii: "<")) ?? name.endIndex
    return open == name.startIndex ? name[...] : name[..<open]
  }
  // `operator< <int>`, `operator<<int>`: the arguments begin at the bracket that matches the last one.
  var depth = 0
  var rest = name[...]
  while let byte = rest.popLast() {
    if byte == UInt8(ascii: ">") { depth += 1 }
    if byte == UInt8(ascii: "<") { depth -= 1 }
    if depth == 0 { break }
  }
  while rest.last == UInt8(ascii: " ") { rest.removeLast() }
  return rest.count > "operator".utf8.count ? rest : name[...]
}
