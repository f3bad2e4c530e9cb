import CElf
package import MachineModel

/// An ELF file of this machine (elf(5), the System V gABI): its headers, checked; everything else is read
/// when it is asked for, and whatever a damaged file says stays within its bytes.
package final class ElfFile: Sendable {
  /// e_type, as far as it matters here.
  package enum Kind: Sendable, Equatable { case relocatable, executable, sharedObject, core, other }

  /// A program header.
  package struct Segment: Sendable, Equatable {
    /// PT_*.
    package let type: UInt32
    /// PF_*.
    package let flags: UInt32
    package let offset: FileOffset
    package let fileSize: UInt64
    package let address: ImageAddress
    package let memorySize: UInt64
    package let alignment: UInt64
    package var isLoaded: Bool { type == UInt32(PT_LOAD) }
    package var isExecutable: Bool { flags & UInt32(PF_X) != 0 }
    package var isWritable: Bool { flags & UInt32(PF_W) != 0 }
  }

  /// A section header, with its name.
  package struct Section: Sendable, Equatable {
    package let name: String
    /// SHT_*.
    package let type: UInt32
    /// SHF_*.
    package let flags: UInt64
    package let address: ImageAddress
    package let offset: FileOffset
    package let size: UInt64
    package let link: UInt32
    package let info: UInt32
    package let entrySize: UInt64
    package let alignment: UInt64
    /// True where it takes room in the process.
    package var isAllocated: Bool { flags & UInt64(SHF_ALLOC) != 0 }
    /// False for SHT_NOBITS: `.bss`, and what a separate debug file leaves out.
    package var hasContents: Bool { type != UInt32(SHT_NOBITS) && type != UInt32(SHT_NULL) }
  }

  package let mapping: FileMapping
  package let kind: Kind
  package let entryPoint: ImageAddress
  package let segments: [Segment]
  package let sections: [Section]
  package var path: String { mapping.path }

  /// Maps and checks a file. Costs a few system calls and its headers.
  package convenience init(path: String) throws(ElfError) { try self.init(FileMapping(path: path)) }

  package init(_ mapping: FileMapping) throws(ElfError) {
    self.mapping = mapping
    let header = try Self.header(of: mapping)
    kind =
      switch Int32(header.e_type) {
      case ET_REL: .relocatable
      case ET_EXEC: .executable
      case ET_DYN: .sharedObject
      case ET_CORE: .core
      default: .other
      }
    entryPoint = ImageAddress(header.e_entry)
    let first: Elf64_Shdr? = header.e_shoff == 0 ? nil : mapping.load(header.e_shoff)
    segments = try Self.segments(of: mapping, header: header, firstSection: first)
    sections = Self.sections(of: mapping, header: header, firstSection: first)
  }

  /// The first section of that name.
  package func section(_ name: String) -> Section? { sections.first { $0.name == name } }

  /// A section's bytes in the file; nil where it has none, or they are cut off. Compressed sections as they are.
  package func contents(of section: Section) -> UnsafeRawBufferPointer? {
    guard section.hasContents else { return nil }
    return mapping.slice(section.offset.rawValue, size: section.size)
  }

  /// Where the file has the byte that is loaded at `address`; nil where no segment of the file covers it.
  package func offset(of address: ImageAddress) -> FileOffset? {
    for segment in segments where segment.isLoaded && address >= segment.address {
      let distance = address - segment.address
      if distance < segment.fileSize { return segment.offset + distance }
    }
    return nil
  }

  /// True where a loaded segment may be executed at `address`.
  package func isExecutable(_ address: ImageAddress) -> Bool {
    segments.contains {
      $0.isLoaded && $0.isExecutable && address >= $0.address && address - $0.address < $0.memorySize
    }
  }

  /// From the lowest loaded address to past the highest; nil where nothing is loaded.
  package var loadedRange: Range<ImageAddress>? {
    let loaded = segments.filter(\.isLoaded)
    guard let low = loaded.map(\.address).min(),
      let high = loaded.map({ $0.address.rawValue.addingReportingOverflow($0.memorySize) })
        .map({ $0.overflow ? UInt64.max : $0.partialValue }).max(), low.rawValue < high
    else { return nil }
    return low..<ImageAddress(high)
  }

  // MARK: Headers

  private static func header(of mapping: FileMapping) throws(ElfError) -> Elf64_Ehdr {
    func failure(_ reason: ElfError.Reason) -> ElfError { ElfError(path: mapping.path, reason: reason) }
    let bytes = mapping.bytes
    guard bytes.count > 0 else { throw failure(.empty) }
    guard bytes.count >= 4, bytes[0] == 0x7f, bytes[1] == 0x45, bytes[2] == 0x4c, bytes[3] == 0x46 else {
      throw failure(.notElf)
    }
    guard bytes.count >= 20 else { throw failure(.damaged("it ends within its header")) }
    let is64 = bytes[Int(EI_CLASS)] == UInt8(ELFCLASS64)
    let isLittle = bytes[Int(EI_DATA)] == UInt8(ELFDATA2LSB)
    let pair = (UInt16(bytes[18]), UInt16(bytes[19]))
    let machine = isLittle ? pair.0 | pair.1 << 8 : pair.1 | pair.0 << 8
    guard is64, isLittle, Int32(machine) == EM_X86_64 else {
      throw failure(.foreignMachine(machineName(machine, is64: is64, isLittle: isLittle)))
    }
    guard let header: Elf64_Ehdr = mapping.load(0) else { throw failure(.damaged("it ends within its header")) }
    return header
  }

  private static func segments(of mapping: FileMapping, header: Elf64_Ehdr, firstSection: Elf64_Shdr?)
    throws(ElfError) -> [Segment]
  {
    // More than 65534 program headers: their number stands in the first section header (elf(5), PN_XNUM).
    let count = header.e_phnum == 0xffff ? UInt64(firstSection?.sh_info ?? 0) : UInt64(header.e_phnum)
    guard count > 0 else { return [] }
    guard header.e_phentsize == MemoryLayout<Elf64_Phdr>.size,
      mapping.slice(header.e_phoff, size: count &* UInt64(header.e_phentsize)) != nil
    else { throw ElfError(path: mapping.path, reason: .damaged("its program headers are cut off")) }
    return (0..<count).compactMap { index in
      let at = header.e_phoff + index * UInt64(MemoryLayout<Elf64_Phdr>.size)
      guard let raw: Elf64_Phdr = mapping.load(at) else { return nil }
      return Segment(
        type: raw.p_type, flags: raw.p_flags, offset: FileOffset(raw.p_offset), fileSize: raw.p_filesz,
        address: ImageAddress(raw.p_vaddr), memorySize: raw.p_memsz, alignment: raw.p_align)
    }
  }

  /// Sections serve us only: where their table is cut off, the program still runs, so there are just none.
  private static func sections(of mapping: FileMapping, header: Elf64_Ehdr, firstSection: Elf64_Shdr?) -> [Section] {
    guard let firstSection, header.e_shentsize == MemoryLayout<Elf64_Shdr>.size else { return [] }
    // elf(5): large counts and indexes stand in the first section header.
    let count = header.e_shnum == 0 ? firstSection.sh_size : UInt64(header.e_shnum)
    let namesIndex = header.e_shstrndx == 0xffff ? UInt64(firstSection.sh_link) : UInt64(header.e_shstrndx)
    let entrySize = UInt64(MemoryLayout<Elf64_Shdr>.size)
    guard count <= UInt64(mapping.bytes.count) / entrySize,
      mapping.slice(header.e_shoff, size: count * entrySize) != nil
    else { return [] }
    let names: Elf64_Shdr? =
      namesIndex < count ? mapping.load(header.e_shoff + namesIndex * entrySize) : nil
    return (0..<count).compactMap { index in
      guard let raw: Elf64_Shdr = mapping.load(header.e_shoff + index * entrySize) else { return nil }
      let name = names.flatMap {
        mapping.string(at: $0.sh_offset &+ UInt64(raw.sh_name), end: $0.sh_offset &+ $0.sh_size)
      }
      return Section(
        name: name ?? "", type: raw.sh_type, flags: raw.sh_flags, address: ImageAddress(raw.sh_addr),
        offset: FileOffset(raw.sh_offset), size: raw.sh_size, link: raw.sh_link, info: raw.sh_info,
        entrySize: raw.sh_entsize, alignment: raw.sh_addralign)
    }
  }

  private static func machineName(_ machine: UInt16, is64: Bool, isLittle: Bool) -> String {
    let name =
      switch Int32(machine) {
      case EM_386: "x86"
      case EM_X86_64: "x86-64"
      case EM_ARM: "ARM"
      case EM_AARCH64: "AArch64"
      case EM_RISCV: "RISC-V"
      case EM_PPC, EM_PPC64: "PowerPC"
      case EM_S390: "S/390"
      case EM_MIPS: "MIPS"
      case EM_SPARC, EM_SPARCV9: "SPARC"
      case EM_IA_64: "Itanium"
      case EM_LOONGARCH: "LoongArch"
      case EM_68K: "m68k"
      case EM_BPF: "BPF"
      default: "machine \(machine)"
      }
    return "\(is64 ? "64" : "32")-bit \(isLittle ? "" : "big-endian ")\(name)"
  }
}
