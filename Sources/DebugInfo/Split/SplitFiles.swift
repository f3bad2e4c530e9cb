import Elf
import MachineModel
import Synchronization

/// The files with an image's split units, opened as they are asked for. From any thread.
final class SplitFiles: Sendable {
  /// A unit, composed for libdw: an ELF file of its own.
  struct Composed: @unchecked Sendable {
    /// In the container's memory, which nobody writes to any more.
    let bytes: UnsafeRawBufferPointer
    /// Its parts of `.debug_rnglists` and `.debug_loclists`; empty where it has none.
    let rangeLists: UnsafeRawBufferPointer
    let locationLists: UnsafeRawBufferPointer
    /// Of a unit of `.debug_types`, whose entries libdw finds by their offsets only.
    let typeEntries: (unit: UInt64, type: UInt64)?
    let container: SplitContainer
  }
  private struct State {
    /// nil: looked for in vain.
    var package: SplitContainer??
    var containers: [String: SplitContainer?] = [:]
    var composers: [ObjectIdentifier: ElfComposer] = [:]
    var compileUnits: [Int: Composed?] = [:]
    var typeUnits: [TypeUnitID: Composed?] = [:]
  }
  private struct TypeUnitID: Hashable {
    let container: ObjectIdentifier
    let number: Int
  }
  private let state = Mutex(State())
  private let program: FileMapping
  /// Sections of the program, by their places in it.
  private let addresses: Range<Int>
  private let ranges: Range<Int>
  private let search: SplitFileSearch

  /// - Parameter program: the file with the skeletons, without compressed sections.
  init(_ program: FileMapping, search: SplitFileSearch) {
    self.program = program
    self.search = search
    let file = try? ElfFile(program)
    func place(_ name: String) -> Range<Int> {
      guard let file, let section = file.section(name), file.contents(of: section) != nil else { return 0..<0 }
      return Int(section.offset.rawValue)..<Int(section.offset.rawValue + section.size)
    }
    addresses = place(".debug_addr")
    ranges = place(".debug_ranges")
  }

  /// Zero bytes before a copy of `.debug_ranges`: a list at its begin must not be at offset 0, which libdw takes for
  /// the first question about a list.
  static let rangesPadding = 16

  /// The unit that a skeleton stands for; nil where its file is not found, which is told of.
  func compileUnit(_ skeleton: Skeleton, bases: Bases) -> Composed? {
    state.withLock { state in
      if let known = state.compileUnits[skeleton.number] { return known }
      let found = find(skeleton, &state)
      let unit = found.flatMap { compose($0.parts, of: $0.container, skeleton, bases, &state) }
      if unit == nil { search.tellMissing(skeleton) }
      state.compileUnits[skeleton.number] = unit
      return unit
    }
  }

  /// The type unit of a number in the container that a unit comes from.
  func typeUnit(_ number: Int, of container: SplitContainer) -> Composed? {
    state.withLock { state in
      let id = TypeUnitID(container: ObjectIdentifier(container), number: number)
      if let known = state.typeUnits[id] { return known }
      let unit = container.parts(ofTypeUnit: number).flatMap { compose($0, of: container, nil, Bases(), &state) }
      state.typeUnits[id] = unit
      return unit
    }
  }

  /// The package that belongs to the program; nil where there is none.
  var package: SplitContainer? { state.withLock { package(&$0) } }

  private func package(_ state: inout State) -> SplitContainer? {
    if let known = state.package { return known }
    let found = search.packages.lazy.compactMap { SplitContainer(path: $0, copies: self.copies) }.first
    state.package = .some(found)
    return found
  }

  private var copies: Int { addresses.count + ranges.count + Self.rangesPadding * 4 + 4096 }

  private func find(_ skeleton: Skeleton, _ state: inout State) -> (
    container: SplitContainer, parts: SplitContainer.Parts
  )? {
    if let package = package(&state), let parts = package.compileUnit(skeleton.signature) { return (package, parts) }
    for path in search.candidates(skeleton) {
      let container: SplitContainer?
      if let known = state.containers[path] {
        container = known
      } else {
        container = SplitContainer(path: path, copies: copies)
        state.containers[path] = container
      }
      if let container, let parts = container.compileUnit(skeleton.signature) { return (container, parts) }
    }
    return nil
  }

  private func compose(
    _ parts: SplitContainer.Parts, of container: SplitContainer, _ skeleton: Skeleton?, _ bases: Bases,
    _ state: inout State
  ) -> Composed? {
    var sections = parts.map { (name: $0.name, contents: ElfComposer.Contents.part($0.range)) }
    if let skeleton {
      func slice(_ section: Range<Int>, _ base: UInt64, _ end: UInt64?) -> UnsafeRawBufferPointer? {
        guard let base = Int(exactly: base), base < section.count else { return nil }
        let end = end.flatMap { Int(exactly: $0) }.map { min($0, section.count) } ?? section.count
        return UnsafeRawBufferPointer(
          rebasing: program.bytes[(section.lowerBound + base)..<(section.lowerBound + max(base, end))])
      }
      if let bytes = slice(addresses, skeleton.addressBase, bases.end(ofAddresses: skeleton.addressBase)) {
        sections.append((".debug_addr.dwo", .copy(bytes)))
      }
      if skeleton.version < 5,
        let bytes = slice(ranges, skeleton.rangesBase, bases.end(ofRanges: skeleton.rangesBase))
      {
        sections.append((".debug_ranges.dwo", .copy(bytes, padding: Self.rangesPadding)))
      }
    } else if !sections.contains(where: { $0.name == ".debug_info.dwo" }) {
      // libdw refuses a file with `.debug_types` alone.
      sections.append((".debug_frame.dwo", .copy(UnsafeRawBufferPointer(start: nil, count: 0), padding: 4)))
    }
    let id = ObjectIdentifier(container)
    guard let image = state.composers[id, default: ElfComposer(container.mapping)].compose(sections) else { return nil }
    func part(_ name: String) -> UnsafeRawBufferPointer {
      let range = parts.first { $0.name == name }?.range ?? 0..<0
      return UnsafeRawBufferPointer(rebasing: container.mapping.bytes[range])
    }
    let types = UnitHeader.all(of: part(".debug_types.dwo"), isTypes: true).first
    return Composed(
      bytes: image, rangeLists: part(".debug_rnglists.dwo"), locationLists: part(".debug_loclists.dwo"),
      typeEntries: types.flatMap { unit in unit.typeEntry.map { (unit.entry - unit.offset, $0) } },
      container: container)
  }

  /// Where the parts of a program's `.debug_addr` and `.debug_ranges` end that its skeletons begin at: they have no
  /// lengths of their own before DWARF 5.
  struct Bases: Sendable {
    private var addresses: [UInt64] = []
    private var ranges: [UInt64] = []

    init() {}
    init(_ skeletons: [Skeleton]) {
      addresses = Array(Set(skeletons.map(\.addressBase))).sorted()
      ranges = Array(Set(skeletons.map(\.rangesBase))).sorted()
    }
    func end(ofAddresses base: UInt64) -> UInt64? { Self.next(after: base, in: addresses) }
    func end(ofRanges base: UInt64) -> UInt64? { Self.next(after: base, in: ranges) }

    private static func next(after base: UInt64, in bases: [UInt64]) -> UInt64? {
      let index = bases.firstIndex(past: { $0 > base })
      return index < bases.endIndex ? bases[index] : nil
    }
  }
}
