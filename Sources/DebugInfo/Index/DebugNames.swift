import CDw
import Elf

/// `.debug_names` (DWARF 5 §6.1.1): one table, or one for each unit that was linked in.
///
/// It has every function with code and every inlined copy that has an address, by their names and linkage names (§6.1.1.1); LLVM keeps
/// to that, and says that it was the one (`LLVM0700`). gdb writes such sections without inlined copies: those are passed over.
extension UnitNames.Listing {
  /// False where the section is damaged, or a table is of others.
  mutating func readDebugNames() -> Bool {
    let section = reader.sections.names
    var offset: UInt64 = 0
    while offset < UInt64(section.count) {
      guard let end = readTable(section, at: offset), end > offset else { return false }
      offset = end
    }
    return true
  }

  // Attributes of entries (§7.19).
  private static let compileUnit: UInt64 = 1
  private static let typeUnit: UInt64 = 2

  /// An abbreviation of a table.
  private struct Shape {
    let isFunction: Bool
    let attributes: [(index: UInt64, extent: AttributeForm.Extent)]
  }

  /// Answers where it ends.
  private mutating func readTable(_ section: UnsafeRawBufferPointer, at offset: UInt64) -> UInt64? {
    guard var header = ByteCursor(section, at: offset) else { return nil }
    var length = UInt64(header.read(UInt32.self))
    let offsetSize = length == 0xffff_ffff ? 8 : 4
    if offsetSize == 8 { length = header.read() }
    guard !header.isDamaged, length <= UInt64(header.remaining) else { return nil }
    var cursor = ByteCursor(from: header.position, to: header.position + Int(length))
    let end = UInt64(section.count - header.remaining) + length
    guard cursor.read(UInt16.self) == 5 else { return nil }
    cursor.skip(2)
    let counts = (0..<7).map { _ in Int(cursor.read(UInt32.self)) }
    let (unitCount, buckets, names) = (counts[0], counts[3], counts[4])
    guard cursor.take(counts[6])?.starts(with: "LLVM".utf8) ?? false,
      let units = cursor.take(unitCount, of: offsetSize), cursor.take(counts[1], of: offsetSize) != nil,
      cursor.take(counts[2], of: 8) != nil, cursor.take(buckets, of: 4) != nil,
      cursor.take(buckets > 0 ? names : 0, of: 4) != nil, let strings = cursor.take(names, of: offsetSize),
      let entries = cursor.take(names, of: offsetSize), let shapes = cursor.take(counts[5]),
      let numbers = self.units(units, count: unitCount, offsetSize)
    else { return nil }
    let encoding = UnitEncoding(version: 5, offsetSize: offsetSize, addressSize: 8)
    guard let shapes = Self.shapes(shapes, encoding) else { return nil }
    let pool = UnsafeRawBufferPointer(start: cursor.position, count: cursor.remaining)
    var all = (ByteCursor(strings), ByteCursor(entries))
    for _ in 0..<names {
      guard let string = all.0?.unsigned(size: offsetSize), let entry = all.1?.unsigned(size: offsetSize),
        var list = ByteCursor(pool, at: entry)
      else { return nil }
      let before = list.remaining
      guard let holders = Self.holders(&list, shapes, numbers, encoding) else { return nil }
      guard spend(before - list.remaining), add(holders, nameAt: string) else { return nil }
    }
    covered.formUnion(numbers)
    return end
  }

  /// The numbers of the units that a table lists; nil where one is none of the file's.
  private func units(_ list: UnsafeRawBufferPointer, count: Int, _ offsetSize: Int) -> [Int]? {
    guard var cursor = ByteCursor(list) else { return count == 0 ? [] : nil }
    var found: [Int] = []
    for _ in 0..<count {
      guard let number = unit(at: cursor.unsigned(size: offsetSize)) else { return nil }
      found.append(number)
    }
    return found
  }

  private static let mostAttributes = 16

  private static func shapes(_ bytes: UnsafeRawBufferPointer, _ encoding: UnitEncoding) -> [UInt64: Shape]? {
    guard var cursor = ByteCursor(bytes) else { return [:] }
    var found: [UInt64: Shape] = [:]
    while !cursor.isAtEnd {
      let code = cursor.leb()
      if code == 0 { break }
      let tag = Int(truncatingIfNeeded: cursor.leb())
      var attributes: [(UInt64, AttributeForm.Extent)] = []
      while !cursor.isDamaged {
        let (index, form) = (cursor.leb(), Int(truncatingIfNeeded: cursor.leb()))
        if form == DW_FORM_implicit_const { cursor.skipLEB() }
        if index == 0, form == 0 { break }
        // There are six (DWARF 5 §7.19); of forms without bytes, any number could be claimed for each entry.
        guard attributes.count < mostAttributes else { return nil }
        attributes.append((index, AttributeForm(code: form).extent(in: encoding)))
      }
      found[code] = Shape(
        isFunction: tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine, attributes: attributes)
    }
    return cursor.isDamaged ? nil : found
  }

  /// Of a name's entries, the units of those that are functions or copies of such.
  private static func holders(
    _ cursor: inout ByteCursor, _ shapes: [UInt64: Shape], _ units: [Int], _ encoding: UnitEncoding
  ) -> Set<Int>? {
    var found: Set<Int> = []
    while true {
      let code = cursor.leb()
      guard !cursor.isDamaged else { return nil }
      if code == 0 { return found }
      guard let shape = shapes[code] else { return nil }
      // Where there is only one unit, it need not be named (§6.1.1.4.8).
      var holder: UInt64? = units.count == 1 ? 0 : nil
      for (index, extent) in shape.attributes {
        if index == compileUnit {
          switch extent {
          case .bytes(let size) where size <= 8: holder = cursor.unsigned(size: size)
          case .leb: holder = cursor.leb()
          default: return nil
          }
        } else {
          // Types have units of their own, functions have not.
          if index == typeUnit { holder = nil }
          cursor.skip(extent, encoding)
        }
      }
      guard shape.isFunction else { continue }
      guard let holder, holder < UInt64(units.count) else { return nil }
      found.insert(units[Int(holder)])
    }
  }

  /// False where the name is none.
  private mutating func add(_ holders: Set<Int>, nameAt offset: UInt64) -> Bool {
    guard !holders.isEmpty else { return true }
    guard var cursor = ByteCursor(reader.sections.strings, at: offset) else { return false }
    let name = cursor.string()
    guard !cursor.isDamaged, spend(name.count) else { return false }
    add(name, holders)
    return true
  }
}

extension ByteCursor {
  /// Passes some bytes, and answers them; nil where there are not as many.
  mutating func take(_ count: Int, of size: Int = 1) -> UnsafeRawBufferPointer? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow, bytes >= 0, bytes <= remaining, !isDamaged else { return nil }
    let start = position
    skip(bytes)
    return UnsafeRawBufferPointer(start: start, count: bytes)
  }
}
