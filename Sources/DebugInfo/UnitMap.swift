import CDw
import Elf

/// The units of an image, each made when it is first asked for.
final class UnitMap {
  private let table: UnitTable
  private let dwarf: () -> DwarfFile?
  private var made: [Int: Unit] = [:]

  /// - Parameter dwarf: opens the image's debug information.
  init(_ table: UnitTable, dwarf: @escaping () -> DwarfFile?) {
    self.table = table
    self.dwarf = dwarf
  }

  /// Every unit, in the order of the file.
  var all: [Unit] { table.units.indices.compactMap(unit) }

  /// The unit that has code at an address of the image.
  func unit(at address: UInt64) -> Unit? { table.unit(at: address).flatMap(unit) }

  /// The units whose line tables name such a file, and maybe a few others.
  func units(ofFile path: String) -> [Unit] { table.units(ofFile: path).compactMap(unit) }

  /// Those of them whose line table was read already and names the file.
  func openedUnits(ofFile path: String) -> [Unit] {
    made.values.filter { $0.knownLines?.files.contains(path) ?? false }
  }

  /// The unit that an entry belongs to; nil for one of a partial or type unit.
  func unit(of entry: DIE) -> Unit? {
    if let skeleton = entry.file.split(of: entry.raw.cu)?.skeleton {
      return table.unit(ofSkeleton: skeleton.number).flatMap(unit)
    }
    let id = entry.unit.id
    return id.file == 0 ? table.unit(ofEntry: id.offset).flatMap(unit) : nil
  }

  private func unit(_ number: Int) -> Unit? {
    if let unit = made[number] { return unit }
    let record = table.units[number]
    guard let dwarf = dwarf(), let stub = dwarf.stub(at: record.offset, skeleton: record.skeletonNumber) else {
      return nil
    }
    let unit = Unit(dwarf, stub)
    made[number] = unit
    return unit
  }
}
