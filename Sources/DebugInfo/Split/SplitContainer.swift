import Elf
import MachineModel

/// A file with split units: a compiler's `.dwo`, or a package of many (`.dwp`, DWARF 5 §7.3.5). From any thread.
final class SplitContainer: Sendable {
  /// Where a unit's sections are, by name.
  typealias Parts = [(name: String, range: Range<Int>)]

  /// A unit's part of the sections, or what the unit index of a package says of it.
  private enum Units {
    case package(compile: PackageIndex?, type: PackageIndex?, sections: [String: Range<Int>])
    case single(compile: [SplitUnit], type: [SplitUnit], others: Parts)
  }
  private struct SplitUnit {
    let signature: UInt64?
    let section: String
    let range: Range<Int>
  }

  /// Without compressed sections, and with room for what is composed of it.
  let mapping: FileMapping
  private let units: Units

  /// - Parameter copies: how much of the program's own sections goes into the units that are composed.
  init?(path: String, copies: Int) {
    guard let file = try? ElfFile(path: path) else { return nil }
    // What is mapped depends on how many units there are; compressed indexes are none that we know.
    let compile = Self.index(".debug_cu_index", of: file)
    let type = Self.index(".debug_tu_index", of: file)
    let isPackage = compile != nil || type != nil
    let count = isPackage ? (compile?.count ?? 0) + (type?.count ?? 0) : Self.mostUnits(of: file)
    let headroom = count * ElfComposer.size(sections: Self.mostSections) + (isPackage ? copies + count * 64 : copies)
    guard let mapping = try? FileMapping(path: path, headroom: headroom).decompressed(),
      let file = try? ElfFile(mapping)
    else { return nil }
    self.mapping = mapping
    let sections = file.sections.filter { $0.name.hasSuffix(".dwo") && file.contents(of: $0) != nil }
      .map { ($0.name, Int($0.offset.rawValue)..<Int($0.offset.rawValue + $0.size)) }
    if isPackage {
      let known = Dictionary(sections, uniquingKeysWith: { first, _ in first })
      units = .package(compile: compile, type: type, sections: known)
    } else {
      units = Self.units(of: sections, in: mapping)
    }
  }

  private static let mostSections = 10

  private static func index(_ name: String, of file: ElfFile) -> PackageIndex? {
    file.section(name).flatMap(file.contents).flatMap { PackageIndex($0) }
  }

  /// Type units have a section each, where they are not in a package.
  private static func mostUnits(of file: ElfFile) -> Int { file.sections.count { isUnitSection($0.name) } + 16 }

  private static func isUnitSection(_ name: String) -> Bool {
    name.hasPrefix(".debug_info") || name.hasPrefix(".debug_types") || name.hasPrefix(".zdebug_")
  }

  private static func units(of sections: [(String, Range<Int>)], in mapping: FileMapping) -> Units {
    var compile: [SplitUnit] = []
    var type: [SplitUnit] = []
    for (name, range) in sections where isUnitSection(name) {
      let bytes = UnsafeRawBufferPointer(rebasing: mapping.bytes[range])
      for header in UnitHeader.all(of: bytes, isTypes: name.hasPrefix(".debug_types")) {
        let place = (Int(header.offset) + range.lowerBound)..<(Int(header.end) + range.lowerBound)
        let unit = SplitUnit(signature: header.signature, section: name, range: place)
        if header.isType { type.append(unit) } else { compile.append(unit) }
      }
    }
    return .single(
      compile: compile, type: type, others: sections.filter { !isUnitSection($0.0) }.map { (name: $0.0, range: $0.1) })
  }

  // MARK: Units

  /// The parts of the compilation unit of that signature; nil where it is not in this file.
  func compileUnit(_ signature: UInt64) -> Parts? {
    switch units {
    case .package(let compile, _, let sections):
      guard let compile, let row = compile.row(of: signature) else { return nil }
      return parts(compile, row, sections)
    case .single(let compile, _, let others):
      let unit = compile.first { $0.signature == signature } ?? compile.first { $0.signature == nil }
      return unit.map { [(name: $0.section, range: $0.range)] + others }
    }
  }

  /// The number, from 0, of the type unit of that signature; nil where it is not in this file.
  func typeUnit(_ signature: UInt64) -> Int? {
    switch units {
    case .package(_, let type, _): type?.row(of: signature)
    case .single(_, let type, _): type.firstIndex { $0.signature == signature }
    }
  }

  var typeUnitCount: Int {
    switch units {
    case .package(_, let type, _): type?.count ?? 0
    case .single(_, let type, _): type.count
    }
  }

  func parts(ofTypeUnit number: Int) -> Parts? {
    switch units {
    case .package(_, let type, let sections): type.map { parts($0, number, sections) }
    case .single(_, let type, let others):
      type.indices.contains(number) ? [(name: type[number].section, range: type[number].range)] + others : nil
    }
  }

  /// Strings are common to all units.
  private func parts(_ index: PackageIndex, _ row: Int, _ sections: [String: Range<Int>]) -> Parts {
    let own: Parts = index.parts(ofRow: row).compactMap { part in
      guard let section = sections[part.section], part.range.upperBound <= section.count else { return nil }
      let start = section.lowerBound + part.range.lowerBound
      return (part.section, start..<(start + part.range.count))
    }
    return own + [".debug_str.dwo"].compactMap { name in sections[name].map { (name: name, range: $0) } }
  }
}
