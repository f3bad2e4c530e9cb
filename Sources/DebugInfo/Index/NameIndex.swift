import CDw
import Elf

/// Where the entries of a name are, over all units of an image: 16 bytes each, sorted by the name's hash, and no
/// string at all; the names stand in the file. Immutable, so any thread may ask it.
struct NameIndex: Sendable {
  enum Kind: UInt8, Sendable {
    /// A function with code of its own.
    case function
    /// The same, under a linkage name from which its own can't be told: an alias, or that of a language without demangler.
    case linkage
    /// A copy of a function in another's code.
    case inlined
    /// A variable outside of functions.
    case global
    /// A type's definition, or a typedef.
    case type
    case enumerator
    /// A namespace or module; each unit has its own entry of it.
    case namespace
  }
  struct Record: Sendable, BitwiseCopyable {
    /// `EntryID.file` in the highest bits, `EntryID.offset` in the others.
    private let place: UInt64
    let hash: UInt32
    /// Any byte at all may come from the disk.
    private let rawKind: UInt8
    /// So that every byte is set, and two indexes of one program are alike.
    private let unused: (UInt8, UInt8, UInt8) = (0, 0, 0)

    private static let offsetBits: UInt64 = 40

    init(offset: UInt64, hash: UInt32, file: Int, kind: Kind) {
      place = UInt64(truncatingIfNeeded: file) << Self.offsetBits | offset & (1 << Self.offsetBits - 1)
      self.hash = hash
      rawKind = kind.rawValue
    }
    var kind: Kind? { Kind(rawValue: rawKind) }
    /// `EntryID.file`.
    var file: Int { Int(place >> Self.offsetBits) }
    var offset: UInt64 { place & (1 << Self.offsetBits - 1) }
  }
  /// In the order of their hashes' first bits, and of the file among those.
  let records: Table<Record>
  /// Where the records of each group of hashes begin, by those first bits; then their number.
  let groups: Table<UInt32>

  /// From an index kept; nil where the groups are none.
  init?(records: Table<Record>, groups: Table<UInt32>) {
    guard groups.count > 1, (groups.count - 1).nonzeroBitCount == 1 else { return nil }
    self.records = records
    self.groups = groups
  }

  /// - Parameter parts: the records of each unit, in the order of the units: the index is the same however many workers there were.
  init(_ parts: [ArraySlice<Record>]) {
    let count = parts.reduce(0) { $0 + $1.count }
    // Four records a group.
    let bits = max(1, min(24, Int.bitWidth - (count / 4).leadingZeroBitCount))
    let shift = UInt32(32 - bits)
    records = Table(count: count) { all in
      var end = 0
      for part in parts {
        part.withUnsafeBufferPointer { part in
          _ = UnsafeMutableBufferPointer(rebasing: all[end..<end + part.count]).update(from: part)
        }
        end += part.count
      }
      all.sortByRadix(bits: bits) { UInt64($0.hash >> shift) }
    }
    let sorted = records
    groups = Table(count: 1 << bits + 1) { starts in
      var next = 0
      for (index, record) in sorted.enumerated() {
        while next <= Int(record.hash >> shift) {
          starts[next] = UInt32(truncatingIfNeeded: index)
          next += 1
        }
      }
      while next < starts.count {
        starts[next] = UInt32(truncatingIfNeeded: sorted.count)
        next += 1
      }
    }
  }

  /// The entries that may be of that unqualified name (without template arguments): hashes can be alike. In the file's order.
  func candidates(_ kind: Kind, _ name: String) -> [Record] {
    let wanted = nameHash(name)
    let bits = (groups.count - 1).trailingZeroBitCount
    let group = Int(wanted >> UInt32(32 - bits))
    let start = min(Int(groups[group]), records.count)
    let end = min(max(start, Int(groups[group + 1])), records.count)
    return records[start..<end].filter { $0.hash == wanted && $0.kind == kind }
  }

  /// Every entry of a kind.
  func all(_ kind: Kind) -> [Record] { all([kind]) }

  /// Every entry of some kinds.
  func all(_ kinds: Set<Kind>) -> [Record] { records.filter { $0.kind.map(kinds.contains) ?? false } }
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
