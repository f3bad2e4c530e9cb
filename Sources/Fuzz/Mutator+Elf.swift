import Elf

extension ElfFile.Section {
  /// SHF_COMPRESSED (gABI, "Sections").
  static let compressedFlag: UInt64 = 0x800
  var isCompressed: Bool { flags & Self.compressedFlag != 0 }
}

extension Mutator {
  /// Fields of `Elf64_Ehdr` but for those that make it a file of another machine.
  mutating func damageFileHeader() {
    let fields = [(16, 2), (24, 8), (32, 8), (40, 8), (52, 2), (54, 2), (56, 2), (58, 2), (60, 2), (62, 2)]
    guard let (offset, size) = random.element(of: fields) else { return }
    write(interesting(), size: size, at: offset)
  }

  mutating func damageSectionHeader() {
    guard let table = integer(40, size: 8).flatMap({ Int(exactly: $0) }), let count = integer(60, size: 2) else {
      return
    }
    // Elf64_Shdr: name, type, flags, address, offset, size, link, info, alignment, entry size.
    let fields = [
      (0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (24, 8), (32, 8), (32, 8), (40, 4), (44, 4), (48, 8), (56, 8),
    ]
    guard let (field, size) = random.element(of: fields) else { return }
    let header = table + 64 * random.below(Int(count))
    if field == 8, random.oneIn(2) {
      write((integer(header + 8, size: 8) ?? 0) ^ ElfFile.Section.compressedFlag, size: 8, at: header + 8)
    } else if random.oneIn(3), let other = integer(table + 64 * random.below(Int(count)) + field, size: size) {
      write(other, size: size, at: header + field)
    } else {
      write(interesting(), size: size, at: header + field)
    }
  }

  mutating func damageSegmentHeader() {
    guard let table = integer(32, size: 8).flatMap({ Int(exactly: $0) }), let count = integer(56, size: 2) else {
      return
    }
    // Elf64_Phdr: type, flags, offset, address, physical address, size in the file and in memory, alignment.
    guard let (field, size) = random.element(of: [(0, 4), (4, 4), (8, 8), (16, 8), (32, 8), (40, 8), (48, 8)]) else {
      return
    }
    write(interesting(), size: size, at: table + 56 * random.below(Int(count)) + field)
  }

  /// `Elf64_Chdr` (type, size, alignment), and what libraries see first of a stream.
  mutating func damageCompression() {
    let compressed = sections.filter { $0.isCompressed || $0.name.hasPrefix(".zdebug") }
    guard let section = random.element(of: compressed + sections(".gnu_debugdata")) else { return }
    let start = bounds(section).lowerBound
    guard let (field, size) = random.element(of: [(0, 4), (4, 8), (8, 8), (8, 8), (16, 8), (24, 2), (26, 4)]) else {
      return
    }
    write(field == 0 ? UInt64(random.below(4)) : interesting(), size: size, at: start + field)
  }

  /// Elf64_Sym: name, kind, visibility, section, value, size.
  mutating func damageSymbol() {
    guard let table = random.element(of: sections(".symtab", ".dynsym")) else { return }
    let range = bounds(table)
    guard let (field, size) = random.element(of: [(0, 4), (4, 1), (6, 2), (8, 8), (16, 8)]) else { return }
    write(interesting(), size: size, at: range.lowerBound + 24 * random.below(range.count / 24) + field)
  }
}
