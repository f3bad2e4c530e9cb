import CElf
import Glibc
package import MachineModel

/// A symbol as its table has it.
package struct ElfSymbol: Sendable, Hashable {
  /// STT_* (gABI, "Symbol Table"), as far as debuggers tell them apart.
  package enum Kind: Sendable { case function, indirectFunction, object, threadLocal, none }
  /// Raw: mangled, without a version.
  package let name: String
  package let address: ImageAddress
  /// 0 where it is unknown (hand-written assembler).
  package let size: UInt64
  package let kind: Kind
  package let isGlobal: Bool
  package init(name: String, address: ImageAddress, size: UInt64, kind: Kind, isGlobal: Bool) {
    self.name = name
    self.address = address
    self.size = size
    self.kind = kind
    self.isGlobal = isGlobal
  }
  package var isCode: Bool { kind == .function || kind == .indirectFunction }
}

/// The defined symbols of a file's `.symtab`, else of its `.dynsym` (gABI, "Symbol Table") and of `.gnu_debugdata`, with
/// the procedure linkage table's entries as `name@plt`.
///
/// Names stay in the mapped file until they are asked for. Both orders (by address, by name) are made at the first question
/// that needs them. Not to be shared between threads.
package final class SymbolTable {
  private struct Entry {
    let address: UInt64
    let size: UInt64
    /// Bytes it may cover: its size, or as far as its section goes where that is unknown.
    let reach: UInt64
    /// Of the name, in the file.
    let name: UInt64
    let info: UInt8
    /// Of `mappings`: the file that has the name.
    let source: UInt8
    let isLinkage: Bool
  }
  private var mappings: [FileMapping] = []
  /// The strings that names stand in, of the same files.
  private var nameTables: [UnsafeRawBufferPointer] = []
  /// The image's own file, which has its relocations.
  private let image: ElfFile
  private var entries: [Entry] = []
  /// Indexes of `entries`, by address; at one address the better name last.
  private lazy var byAddress: [Int32] = sortedByAddress()
  private var nameQuestions = 0
  /// So many are answered before `byName` is made.
  private static let fewQuestions = 3
  /// Indexes of `entries`, by their names' hashes.
  private lazy var byName: [(hash: UInt32, index: Int32)] = sortedByName()

  /// Reads the table of `elf` (linear in its length: a few milliseconds for 100,000 symbols).
  /// `fallback` serves where `elf` has no `.symtab`: the image itself, for a debug file without.
  package init(_ elf: ElfFile, fallback: ElfFile? = nil) {
    image = fallback ?? elf
    // Debug files keep the table's header of what they leave out (SHT_NOBITS).
    if let source = [elf, image].first(where: { $0.section(".symtab")?.hasContents ?? false }) {
      read(".symtab", of: source)
    } else {
      read(".dynsym", of: image)
      if let hidden = image.embeddedDebugFile { read(".symtab", of: hidden) }
    }
    readLinkageTable(of: image)
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The symbol whose code or data covers `address`; one without a size covers all up to the next that has one, in
  /// its section.
  package func symbol(at address: ImageAddress) -> ElfSymbol? {
    let end = byAddress.firstIndex(past: { entries[Int($0)].address > address.rawValue })
    // Behind a function that ended, an outer one of greater size may still go on; not for long.
    var ended: UInt64?
    for index in byAddress[max(0, end - 16)..<end].reversed() {
      let entry = entries[Int(index)]
      if entry.size == 0, let ended, entry.address < ended { continue }
      if address.rawValue - entry.address < entry.reach { return symbol(entry) }
      if entry.size > 0, ended == nil { ended = entry.address }
    }
    return nil
  }

  /// The first address past the code or data of the symbol at `address`: by its size, or, where that is unknown, where
  /// the next symbol or the section begins to be something else.
  package func end(of symbol: ElfSymbol) -> ImageAddress {
    guard symbol.size == 0 else { return symbol.address + symbol.size }
    let start = symbol.address.rawValue
    let past = byAddress.firstIndex(past: { entries[Int($0)].address > start })
    let reach =
      byAddress[..<past].reversed().prefix { entries[Int($0)].address == start }
      .map { entries[Int($0)].reach }.max() ?? 1
    let end = start &+ max(reach, 1)
    guard past < byAddress.endIndex else { return ImageAddress(end) }
    return ImageAddress(min(end, entries[Int(byAddress[past])].address))
  }

  /// Every symbol of that raw name.
  package func symbols(named name: String) -> [ElfSymbol] {
    if nameQuestions < Self.fewQuestions {
      nameQuestions += 1
      return symbols(scannedFor: name)
    }
    let wanted = nameHash(name)
    return byName[byName.firstIndex(past: { $0.hash >= wanted })...].prefix { $0.hash == wanted }
      .map { symbol(entries[Int($0.index)]) }.filter { $0.name == name }
  }

  /// By a look at all names: a session asks many libraries for a name or two, for which no order is worth making.
  private func symbols(scannedFor name: String) -> [ElfSymbol] {
    let suffix = "@plt"
    let isStub = name.hasSuffix(suffix)
    let whole = Array(name.utf8)
    let target = isStub ? Array(whole.dropLast(suffix.utf8.count)) : whole
    return entries.filter { entry in
      guard isStub || !entry.isLinkage, nameBytes(entry)?.first == whole.first else { return false }
      return self.name(entry)?.elementsEqual(entry.isLinkage ? target : whole) ?? false
    }.map(symbol)
  }

  /// The symbols with mangled names (C++'s or Rust's) that contain `part`. Looks at all, but makes few strings.
  package func symbols(containing part: String) -> [ElfSymbol] {
    let part = Array(part.utf8)
    guard mayOccur(part) else { return [] }
    return entries.filter { entry in
      guard let rest = nameBytes(entry), rest.count > 2,
        rest[0] == UInt8(ascii: "_"), rest[1] == UInt8(ascii: "Z") || rest[1] == UInt8(ascii: "R"),
        let start = rest.baseAddress
      else { return false }
      return sdb_contains(start, strnlen(start, rest.count), part, part.count)
    }.map(symbol)
  }

  /// False where no name has that part: one look over all of them together.
  private func mayOccur(_ part: [UInt8]) -> Bool {
    guard part.count >= 4,
      let search = WordSearch([part.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }])
    else { return true }
    return nameTables.contains { names in
      var isFound = false
      search.forEach(in: names) { place in
        isFound = names.count - place >= part.count && names[place..<place + part.count].elementsEqual(part)
        return !isFound
      }
      return isFound
    }
  }

  /// The symbols of what the compiler made of a function, or put into it, called `name.` and more. Looks at all.
  package func symbols(clonedFrom name: String) -> [ElfSymbol] {
    let start = Array((name + ".").utf8)
    return entries.filter { nameBytes($0)?.starts(with: start) ?? false }.map(symbol)
  }

  /// All of them, in no order; makes every name a string.
  package func all() -> [ElfSymbol] { entries.map(symbol) }

  /// The slots that the linker fills with the address of the function of that name (R_X86_64_JUMP_SLOT,
  /// R_X86_64_GLOB_DAT), or with what one of `resolvers` answers (R_X86_64_IRELATIVE; psABI §4.4).
  package func slots(of name: String, resolvers: [ImageAddress]) -> [ImageAddress] {
    var found: [ImageAddress] = []
    forEachRelocation { relocation, symbol in
      switch Int32(truncatingIfNeeded: relocation.r_info & 0xffff_ffff) {
      case R_X86_64_IRELATIVE:
        let resolver = ImageAddress(UInt64(bitPattern: relocation.r_addend))
        if resolvers.contains(resolver) { found.append(ImageAddress(relocation.r_offset)) }
      case R_X86_64_JUMP_SLOT, R_X86_64_GLOB_DAT:
        guard let symbol, image.mapping.string(at: symbol, end: .max) == name else { return }
        found.append(ImageAddress(relocation.r_offset))
      default: break
      }
    }
    return found
  }

  // MARK: Reading

  private func read(_ name: String, of elf: ElfFile) {
    guard let table = elf.section(name), let bytes = elf.contents(of: table), Int(table.link) < elf.sections.count
    else {
      return
    }
    let strings = elf.sections[Int(table.link)]
    let source = source(elf)
    if let names = elf.contents(of: strings) { nameTables.append(names) }
    let size = MemoryLayout<Elf64_Sym>.size
    entries.reserveCapacity(bytes.count / size)
    for at in stride(from: 0, to: bytes.count - bytes.count % size, by: size) {
      let raw = bytes.loadUnaligned(fromByteOffset: at, as: Elf64_Sym.self)
      guard raw.st_shndx != UInt16(SHN_UNDEF), raw.st_name != 0, UInt64(raw.st_name) < strings.size else { continue }
      switch Int32(raw.st_info & 15) {
      case STT_FUNC, STT_OBJECT, STT_GNU_IFUNC, STT_TLS: break
      // Labels of assembler; absolute ones are no addresses.
      case STT_NOTYPE where raw.st_shndx < UInt16(SHN_LORESERVE): break
      default: continue
      }
      let section = Int(raw.st_shndx)
      let end = section < elf.sections.count ? elf.sections[section].address.rawValue &+ elf.sections[section].size : 0
      let rest = end > raw.st_value ? end - raw.st_value : 1
      entries.append(
        Entry(
          address: raw.st_value, size: raw.st_size, reach: raw.st_size == 0 ? rest : raw.st_size,
          name: strings.offset.rawValue &+ UInt64(raw.st_name),
          info: raw.st_info, source: source, isLinkage: false))
    }
  }

  /// The number of a file that names stand in; three at most.
  private func source(_ elf: ElfFile) -> UInt8 {
    mappings.append(elf.mapping)
    return UInt8(truncatingIfNeeded: mappings.count - 1)
  }

  /// Names the stubs of `.plt`, `.plt.sec` and `.plt.got` after the symbol of the slot that they jump through:
  /// a stub holds `jmp *slot(%rip)` (ff 25), and a relocation says whose slot it is (psABI §5.2).
  private func readLinkageTable(of elf: ElfFile) {
    var names: [UInt64: UInt64] = [:]
    forEachRelocation { relocation, symbol in
      let type = Int32(truncatingIfNeeded: relocation.r_info & 0xffff_ffff)
      guard type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT, let symbol else { return }
      names[relocation.r_offset] = symbol
    }
    guard !names.isEmpty else { return }
    let source = source(elf)
    if let strings = elf.section(".dynstr").flatMap(elf.contents) { nameTables.append(strings) }
    for section in elf.sections where section.name == ".plt" || section.name == ".plt.sec" || section.name == ".plt.got"
    {
      guard let code = elf.contents(of: section) else { continue }
      let step = section.name == ".plt.got" ? 8 : 16
      for at in stride(from: 0, to: code.count - code.count % step, by: step) {
        for jump in at..<at + step - 5 where code[jump] == 0xff && code[jump + 1] == 0x25 {
          let distance = code.loadUnaligned(fromByteOffset: jump + 2, as: Int32.self)
          let slot = section.address + (jump + 6) + Int(distance)
          guard let name = names[slot.rawValue] else { continue }
          entries.append(
            Entry(
              address: section.address.rawValue &+ UInt64(at), size: UInt64(step), reach: UInt64(step), name: name,
              info: UInt8(STT_FUNC), source: source, isLinkage: true))
          break
        }
      }
    }
  }

  /// The image's dynamic relocations, each with where the name of its symbol is in the file (nil: it has none).
  private func forEachRelocation(_ body: (Elf64_Rela, UInt64?) -> Void) {
    let symbols = image.section(".dynsym")
    let table = symbols.flatMap { image.contents(of: $0) }
    let strings = symbols.flatMap { Int($0.link) < image.sections.count ? image.sections[Int($0.link)] : nil }
    let symbolSize = MemoryLayout<Elf64_Sym>.size
    for section in image.sections where section.name == ".rela.plt" || section.name == ".rela.dyn" {
      guard let bytes = image.contents(of: section) else { continue }
      let size = MemoryLayout<Elf64_Rela>.size
      for at in stride(from: 0, to: bytes.count - bytes.count % size, by: size) {
        let relocation = bytes.loadUnaligned(fromByteOffset: at, as: Elf64_Rela.self)
        let index = Int(relocation.r_info >> 32)
        var name: UInt64?
        if let table, let strings, index < table.count / symbolSize {
          let symbol = table.loadUnaligned(fromByteOffset: index * symbolSize, as: Elf64_Sym.self)
          if symbol.st_name != 0, UInt64(symbol.st_name) < strings.size {
            name = strings.offset.rawValue &+ UInt64(symbol.st_name)
          }
        }
        body(relocation, name)
      }
    }
  }

  private func mapping(of entry: Entry) -> FileMapping { mappings[Int(entry.source)] }

  /// From the name's first byte to the file's end.
  private func nameBytes(_ entry: Entry) -> UnsafeRawBufferPointer? {
    let mapping = mapping(of: entry)
    return mapping.slice(entry.name, size: UInt64(mapping.bytes.count) &- entry.name)
  }

  /// Without its default version, which some files' `.symtab` has with it (`fopen@@GLIBC_2.2.5`).
  private func name(_ entry: Entry) -> UnsafeRawBufferPointer? {
    guard let rest = nameBytes(entry) else { return nil }
    var end = 0
    while end < rest.count, rest[end] != 0 {
      if rest[end] == UInt8(ascii: "@"), end + 1 < rest.count, rest[end + 1] == UInt8(ascii: "@") { break }
      end += 1
    }
    return end < rest.count ? UnsafeRawBufferPointer(rebasing: rest[..<end]) : nil
  }

  private func symbol(_ entry: Entry) -> ElfSymbol {
    let name = name(entry).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let kind: ElfSymbol.Kind =
      switch Int32(entry.info & 15) {
      case STT_FUNC: .function
      case STT_GNU_IFUNC: .indirectFunction
      case STT_OBJECT: .object
      case STT_TLS: .threadLocal
      default: .none
      }
    return ElfSymbol(
      name: entry.isLinkage ? name + "@plt" : name, address: ImageAddress(entry.address), size: entry.size, kind: kind,
      isGlobal: entry.info >> 4 != UInt8(STB_LOCAL))
  }

  private func sortedByAddress() -> [Int32] {
    // A thread-local symbol's value is an offset, no address.
    var placed = entries.indices.filter { Int32(entries[$0].info & 15) != STT_TLS }.map {
      Int32(truncatingIfNeeded: $0)
    }
    return placed.withUnsafeMutableBufferPointer { order in
      order.sortByRadix { entries[Int($0)].address }
      var start = 0
      while start < order.count {
        let address = entries[Int(order[start])].address
        var end = start + 1
        while end < order.count, entries[Int(order[end])].address == address { end += 1 }
        if end - start > 1 { order[start..<end].sort { isWorse(entries[Int($0)], than: entries[Int($1)]) } }
        start = end
      }
      return Array(order)
    }
  }

  /// Of two symbols at one address. A label has no size; of several names, gdb has the last by the alphabet (`puts` rather than
  /// `_IO_puts`).
  private func isWorse(_ left: Entry, than right: Entry) -> Bool {
    (left.size > 0) == (right.size > 0) ? name(left, precedes: right) : right.size > 0
  }

  /// By the bytes of their names.
  private func name(_ left: Entry, precedes right: Entry) -> Bool {
    guard let first = name(left), let second = name(right) else { return false }
    return first.lexicographicallyPrecedes(second)
  }

  private func sortedByName() -> [(hash: UInt32, index: Int32)] {
    var hashed: [(hash: UInt32, index: Int32)] = entries.indices.map { index in
      let entry = entries[index]
      guard let name = name(entry) else { return (0, Int32(truncatingIfNeeded: index)) }
      var hash = nameHash(name)
      if entry.isLinkage { hash = nameHash("@plt", from: hash) }
      return (hash, Int32(truncatingIfNeeded: index))
    }
    hashed.withUnsafeMutableBufferPointer { $0.sortByRadix(bits: 32) { UInt64($0.hash) } }
    return hashed
  }
}

/// FNV-1a, 32 bits: cheap on short names.
package func nameHash(_ bytes: UnsafeRawBufferPointer, from basis: UInt32 = 2_166_136_261) -> UInt32 {
  var hash = basis
  for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
  return hash
}

/// The hash of a name's UTF-8.
package func nameHash(_ text: String, from basis: UInt32 = 2_166_136_261) -> UInt32 {
  var text = text
  return text.withUTF8 { nameHash(UnsafeRawBufferPointer($0), from: basis) }
}
