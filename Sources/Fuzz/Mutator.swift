import Elf
import MachineModel

/// Damages a valid ELF file: at random, and where the structure of ELF and DWARF makes it matter.
struct Mutator {
  let original: [UInt8]
  let sections: [ElfFile.Section]
  var random: FuzzRandom
  private(set) var mutation = Mutation()

  /// nil where `original` is no ELF file.
  init?(_ original: [UInt8], random: FuzzRandom) {
    guard let file = try? ElfFile(FileMapping(contents: original, path: "original")) else { return nil }
    self.original = original
    self.random = random
    sections = file.sections.filter { $0.hasContents && $0.size > 0 && $0.offset.rawValue < UInt64(original.count) }
  }

  /// One round's damage: one to sixteen places, all of a kind or mixed.
  mutating func mutate() {
    let kinds: [(inout Mutator) -> Void] = [
      { $0.damageAnyByte() }, { $0.damageSection() }, { $0.damageSection() }, { $0.damageWord() }, { $0.damageWord() },
      { $0.damageFileHeader() }, { $0.damageSectionHeader() }, { $0.damageSegmentHeader() },
      { $0.damageCompression() }, { $0.damageSymbol() },
      { $0.damageAbbreviation() }, { $0.damageAbbreviation() }, { $0.damageUnitHeader() }, { $0.damageEntries() },
      { $0.damageEntries() }, { $0.damageNameTable() }, { $0.damageLineHeader() }, { $0.damageLineProgram() },
      { $0.damageCallFrames() },
      { $0.damageCallFrames() },
    ]
    let only = random.oneIn(2) ? random.element(of: kinds) : nil
    for _ in 0..<(1 << min(random.below(5), random.below(5))) {
      guard let kind = only ?? random.element(of: kinds) else { return }
      kind(&self)
    }
    if random.oneIn(40) { mutation.length = random.below(original.count) }
  }

  // MARK: Writing

  mutating func write(_ bytes: [UInt8], at offset: Int) { mutation.edits.append(Edit(offset: offset, bytes: bytes)) }

  mutating func write(_ value: UInt64, size: Int, at offset: Int) {
    write((0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }, at: offset)
  }

  /// A number of exactly `length` bytes (DWARF 5 §7.6), of which the high bits may be lost.
  mutating func writeLEB(_ value: UInt64, length: Int, at offset: Int) {
    write(
      (0..<length).map {
        UInt8(truncatingIfNeeded: value >> UInt64(min(63, 7 * $0))) & 0x7f | ($0 < length - 1 ? 0x80 : 0)
      },
      at: offset)
  }

  /// A number that programs trip over.
  mutating func interesting() -> UInt64 {
    switch random.below(6) {
    case 0: return UInt64(random.below(16))
    case 1:
      return [0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff][random.below(9)]
    case 2: return [.max, .max - 1, 1 << 63, (1 << 63) - 1, 1 << 32, .max - 4096][random.below(6)]
    case 3: return UInt64(bitPattern: Int64(original.count + random.below(64) - 32))
    case 4: return UInt64(random.below(original.count))
    default: return random.next()
    }
  }

  // MARK: Reading

  func integer(_ offset: Int, size: Int) -> UInt64? {
    guard offset >= 0, offset <= original.count - size else { return nil }
    return (0..<size).reversed().reduce(0) { $0 << 8 | UInt64(original[offset + $1]) }
  }

  /// An unsigned LEB128 number and its length.
  func leb(_ offset: Int, end: Int) -> (value: UInt64, length: Int)? {
    var value: UInt64 = 0
    for index in 0..<10 where offset + index < min(end, original.count) {
      let byte = original[offset + index]
      value |= UInt64(byte & 0x7f) << UInt64(min(63, 7 * index))
      if byte & 0x80 == 0 { return (value, index + 1) }
    }
    return nil
  }

  func bounds(_ section: ElfFile.Section) -> Range<Int> {
    let start = Int(section.offset.rawValue)
    return start..<min(original.count, start + Int(clamping: section.size))
  }

  /// The sections of these names.
  func sections(_ names: String...) -> [ElfFile.Section] { sections.filter { names.contains($0.name) } }

  // MARK: Bytes

  private mutating func damageAnyByte() {
    let offset = random.below(original.count)
    write(random.oneIn(2) ? [original[offset] ^ 1 << UInt8(random.below(8))] : [random.byte()], at: offset)
  }

  private mutating func damageSection() {
    guard let section = interestingSection() else { return }
    let range = bounds(section)
    let offset = range.lowerBound + random.below(range.count)
    let count = 1 << random.below(7)
    switch random.below(4) {
    case 0: write((0..<count).map { _ in random.byte() }, at: offset)
    case 1: write([UInt8](repeating: random.oneIn(2) ? 0 : 0xff, count: count), at: offset)
    case 2:
      let other = range.lowerBound + random.below(range.count)
      write(Array(original[other..<min(original.count, other + count)]), at: offset)
    default: write([random.byte()], at: offset)
    }
  }

  /// A number where tables have theirs.
  private mutating func damageWord() {
    guard let section = interestingSection() else { return }
    let range = bounds(section)
    let size = random.oneIn(3) ? 8 : 4
    // Most tables say at their begin how large they are.
    let reach = random.oneIn(2) ? min(64, range.count) : range.count
    let offset = range.lowerBound + random.below(reach) / size * size
    let near = integer(offset, size: size).map { $0 &+ UInt64(random.below(9)) &- 4 }
    write(random.oneIn(2) ? interesting() : near ?? 0, size: size, at: offset)
  }

  private mutating func interestingSection() -> ElfFile.Section? {
    let debug = sections.filter { section in
      [".debug", ".zdebug", ".eh_frame", ".gnu_debug", ".gdb_index", ".sym", ".str", ".dyn", ".note", ".rela", ".plt"]
        .contains { section.name.hasPrefix($0) }
    }
    return random.oneIn(10) ? random.element(of: sections) : random.element(of: debug)
  }
}
