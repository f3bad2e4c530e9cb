import Elf

/// `.gdb_index`, as gdb writes it (gdb's manual, "Index Section Format"): versions 8 and 9. Linkers write version 7, from lists that not
/// every compiler makes for every unit, and do not say of which.
///
/// It has each function with code by its qualified name, but for those that stand in another function, and copies where the gdb
/// that made it knew of them.
extension UnitNames.Listing {
  private static let function: UInt32 = 3

  /// False where the section is damaged or of another version.
  mutating func readGdbIndex() -> Bool {
    let section = reader.sections.gdbIndex
    guard var header = ByteCursor(section) else { return false }
    let version = header.read(UInt32.self)
    guard version == 8 || version == 9 else { return false }
    // Version 9 has one more offset before the last.
    let offsets = (0..<(version == 9 ? 6 : 5)).map { _ in UInt64(header.read(UInt32.self)) }
    guard !header.isDamaged, zip(offsets, offsets.dropFirst()).allSatisfy(<=), let pool = offsets.last,
      pool <= UInt64(section.count),
      let units = units(section, offsets[0]..<offsets[1]), var table = ByteCursor(section, at: offsets[3])
    else { return false }
    covered.formUnion(units)
    for _ in 0..<(offsets[4] - offsets[3]) / 8 {
      let (name, list) = (UInt64(table.read(UInt32.self)), UInt64(table.read(UInt32.self)))
      // An empty slot of the hash table.
      if name == 0, list == 0 { continue }
      guard var text = ByteCursor(section, at: pool + name), let holders = holders(section, at: pool + list, units)
      else { return false }
      if holders.isEmpty { continue }
      let bytes = text.string()
      guard !text.isDamaged, spend(bytes.count) else { return false }
      add(lastComponent(bytes), holders)
    }
    return !table.isDamaged
  }

  /// The numbers of the units that the index lists, by place and length; nil where one is none of the file's.
  private func units(_ section: UnsafeRawBufferPointer, _ range: Range<UInt64>) -> [Int]? {
    if range.isEmpty { return [] }
    guard range.upperBound <= UInt64(section.count), var cursor = ByteCursor(section, at: range.lowerBound) else {
      return nil
    }
    var found: [Int] = []
    for _ in 0..<range.count / 16 {
      let (offset, length): (UInt64, UInt64) = (cursor.read(), cursor.read())
      guard let number = unit(at: offset), reader.units[number].header.end == offset &+ length else { return nil }
      found.append(number)
    }
    return found
  }

  /// Of the units that have a name, those where it is a function's. Names share such lists.
  private mutating func holders(_ section: UnsafeRawBufferPointer, at offset: UInt64, _ units: [Int]) -> [Int]? {
    guard var cursor = ByteCursor(section, at: offset) else { return nil }
    let count = Int(cursor.read(UInt32.self))
    guard count * 4 <= cursor.remaining, spend(count * 4) else { return nil }
    var found: [Int] = []
    // A number of a unit (those of type units come after the others), then what the name means there.
    for _ in 0..<count {
      let value = cursor.read(UInt32.self)
      guard value >> 28 & 7 == Self.function else { continue }
      let unit = Int(value & 0xff_ffff)
      guard unit < units.count else { return nil }
      found.append(units[unit])
    }
    return found
  }
}

/// The last part of a qualified name, without parameters: `f<int>` of `a::b<c::d>::f<int>(c::d)`. Not for operators.
func lastComponent(_ name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
  var end = name.endIndex
  var start = end
  var depth = 0
  while start > name.startIndex {
    let byte = name[start - 1]
    if depth == 0, byte == UInt8(ascii: ":") { break }
    start -= 1
    if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ">") { depth += 1 }
    if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "<") { depth -= 1 }
    // Parameters; what `(anonymous namespace)` stands before is a component, too.
    if depth == 0, byte == UInt8(ascii: "("), start > name.startIndex, name[start - 1] != UInt8(ascii: ":") {
      end = start
    }
  }
  return UnsafeRawBufferPointer(rebasing: name[start..<end])
}
