import CDw
import Elf

/// libdw over an image's files. Not safe to share between threads: each worker opens its own over the same
/// `DwarfSources`, so that only the tables of libdw multiply, and no page of a file.
final class DwarfFile {
  let sources: DwarfSources
  /// The image it describes, for the entries' ids.
  let image: Int
  private let main: DwarfHandle
  private let alternate: DwarfHandle?
  /// Handles on split units, by their numbers; nil where there is none.
  private var splitHandles: [Int: DwarfHandle?] = [:]
  /// Numbers of handles.
  private var numbers: [OpaquePointer: Int]
  private var scopeTrees: [EntryID: ScopeTree] = [:]
  /// What a first pass over the units' own entries finds.
  private(set) lazy var stubs: [UnitStub] = listStubs()
  private lazy var skeletons: [Skeleton] = stubs.compactMap(\.skeleton)
  private lazy var bases = SplitFiles.Bases(skeletons)

  /// A unit as `.debug_info` has it: whole, or the skeleton of one whose entries are elsewhere.
  struct UnitStub {
    let entry: Dwarf_Die
    let skeleton: Skeleton?
  }

  /// nil where the file has no DWARF at all (or libelf or libdw refuses it). Costs the section headers.
  init?(_ sources: DwarfSources, image: Int) {
    let alternate = sources.alternate.flatMap { DwarfHandle($0.bytes) }
    guard let main = DwarfHandle(sources.mapping.bytes, alternate: alternate) else { return nil }
    self.sources = sources
    self.image = image
    self.main = main
    self.alternate = alternate
    numbers = [main.raw: 0]
    if let alternate { numbers[alternate.raw] = 1 }
  }

  /// libdw over the file itself.
  var handle: OpaquePointer { main.raw }

  /// The signal that reading it has ended in, so that nothing more comes out of it; 0: none.
  var damage: Int32 {
    guard sdb_damage_count() > 0 else { return 0 }
    let all = [main, alternate].compactMap { $0 } + splitHandles.values.compactMap { $0 }
    return all.lazy.map(\.damage).first { $0 != 0 } ?? 0
  }

  // MARK: Handles

  // The file's own is number 0, dwz's 1. Then come the split units in the order of their skeletons, then type units: of
  // a package by their rows, else by the unit whose file has them. So every DwarfFile over the same files counts alike.
  private static let firstSplit = 2
  private static let mostTypeUnits = 1 << 12

  private func openHandle(_ number: Int) -> DwarfHandle? {
    if number == 0 { return main }
    if number == 1 { return alternate }
    if let known = splitHandles[number] { return known }
    let opened = openSplit(number - Self.firstSplit)
    splitHandles[number] = opened
    if let opened { numbers[opened.raw] = number }
    return opened
  }

  private func openSplit(_ number: Int) -> DwarfHandle? {
    if skeletons.indices.contains(number) {
      let skeleton = skeletons[number]
      return sources.split.compileUnit(skeleton, bases: bases).flatMap {
        DwarfHandle($0.bytes, split: .init(unit: $0, skeleton: skeleton))
      }
    }
    let typeNumber = number - skeletons.count
    guard typeNumber >= 0, !skeletons.isEmpty else { return nil }
    var container = sources.split.package
    var index = typeNumber
    if container == nil {
      let owner: Int
      (owner, index) = typeNumber.quotientAndRemainder(dividingBy: Self.mostTypeUnits)
      container = openHandle(Self.firstSplit + owner)?.split?.container
    }
    return container.flatMap { sources.split.typeUnit(index, of: $0) }.flatMap {
      DwarfHandle($0.bytes, split: .init(unit: $0, skeleton: nil))
    }
  }

  /// The number of the handle on a type unit of `container`.
  private func handleNumber(ofTypeUnit index: Int, of container: SplitContainer, owner: Int) -> Int {
    let base = Self.firstSplit + skeletons.count
    return container === sources.split.package ? base + index : base + owner * Self.mostTypeUnits + index
  }

  /// The split unit that an entry belongs to; nil for one of the file's own.
  func split(of unit: OpaquePointer?) -> DwarfHandle.SplitUnit? {
    guard !splitHandles.isEmpty, let raw = dwarf_cu_getdwarf(unit), let number = numbers[raw], number > 1 else {
      return nil
    }
    return splitHandles[number]??.split
  }

  // MARK: Entries

  /// The entry of an id of this file's image; nil where the offset is no entry's.
  func entry(_ id: EntryID) -> DIE? {
    let (number, isInTypes) = id.file.quotientAndRemainder(dividingBy: 2)
    var raw = Dwarf_Die()
    guard let from = openHandle(number), sdb_offdie(from.raw, id.offset, isInTypes == 1, &raw) != nil else {
      return nil
    }
    return DIE(self, raw)
  }

  /// The entry at an offset of this file's own `.debug_info`.
  func entry(at offset: UInt64) -> DIE? { entry(EntryID(image: image, file: 0, offset: offset)) }

  /// `EntryID.file`: twice the handle's number, plus one for `.debug_types`.
  func number(of raw: Dwarf_Die) -> Int {
    var raw = raw
    let number = dwarf_cu_getdwarf(raw.cu).flatMap { numbers[$0] } ?? 0
    return number * 2 + Int(sdb_die_in_types_section(&raw))
  }

  /// The type that a unit of this signature describes, where libdw does not know of it: beside a split unit.
  func type(signature: UInt64, near unit: OpaquePointer?) -> DIE? {
    guard let split = split(of: unit), let index = split.container.typeUnit(signature),
      let owner = split.skeleton?.number ?? owner(of: unit)
    else { return nil }
    let handle = openHandle(handleNumber(ofTypeUnit: index, of: split.container, owner: owner))
    return handle?.units.first.flatMap { $0.type.addr == nil ? nil : DIE(self, $0.type) }
  }

  /// The split unit whose file has a type unit.
  private func owner(of unit: OpaquePointer?) -> Int? {
    guard let number = dwarf_cu_getdwarf(unit).flatMap({ numbers[$0] }) else { return nil }
    return max(0, number - Self.firstSplit - skeletons.count) / Self.mostTypeUnits
  }

  // MARK: Units

  private func listStubs() -> [UnitStub] {
    var number = 0
    return main.units.map { unit in
      let skeleton = Skeleton(DIE(self, unit.entry), number: number)
      if skeleton != nil { number += 1 }
      return UnitStub(entry: unit.entry, skeleton: skeleton)
    }
  }

  /// The unit whose own entry stands at an offset of `.debug_info`.
  /// - Parameter number: of its skeleton; nil for a whole unit.
  func stub(at offset: UInt64, skeleton number: Int?) -> UnitStub? {
    guard let entry = entry(at: offset) else { return nil }
    return UnitStub(entry: entry.raw, skeleton: number.flatMap { Skeleton(entry, number: $0) })
  }

  /// A unit's own entry: the full one of a split unit where its file is found, else the skeleton's.
  func unit(of stub: UnitStub) -> DIE {
    guard let skeleton = stub.skeleton, let full = openHandle(Self.firstSplit + skeleton.number)?.units.first else {
      return DIE(self, stub.entry)
    }
    return DIE(self, full.entry)
  }

  /// Every unit's own entry, in an order that is always the same: those of the file itself (split ones in full), the ones
  /// that dwz moved, the type units beside split ones.
  func units() -> [DIE] {
    let own = stubs.map(unit(of:))
    let shared = alternate?.units.map { DIE(self, $0.entry) } ?? []
    return own + shared + splitTypeUnits()
  }

  private func splitTypeUnits() -> [DIE] {
    guard !skeletons.isEmpty else { return [] }
    var found: [DIE] = []
    func add(_ container: SplitContainer, owner: Int) {
      for index in 0..<min(container.typeUnitCount, container === sources.split.package ? .max : Self.mostTypeUnits) {
        let handle = openHandle(handleNumber(ofTypeUnit: index, of: container, owner: owner))
        if let unit = handle?.units.first { found.append(DIE(self, unit.entry)) }
      }
    }
    if let package = sources.split.package { add(package, owner: 0) }
    for skeleton in skeletons {
      guard let container = openHandle(Self.firstSplit + skeleton.number)?.split?.container,
        container !== sources.split.package
      else { continue }
      add(container, owner: skeleton.number)
    }
    return found
  }

  /// The entry that `die` is a child of; nil for a unit's. The first question about a unit walks it once.
  func parent(of die: DIE) -> DIE? {
    let unit = die.unit
    let id = unit.id
    let tree = scopeTrees[id] ?? ScopeTree(unit)
    scopeTrees[id] = tree
    return tree.parent(of: die.offset).flatMap { entry(EntryID(image: image, file: id.file, offset: $0)) }
  }
}
