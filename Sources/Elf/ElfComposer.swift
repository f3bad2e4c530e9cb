import CElf

/// Writes ELF files into a mapping's headroom whose sections are parts of the mapping: views of it for libraries that
/// read whole ELF files, without a copy of what they read. Not to be shared between threads; the files it makes may be.
package struct ElfComposer {
  package enum Contents {
    /// Bytes of the mapping.
    case part(Range<Int>)
    /// Bytes from elsewhere, which are copied behind `padding` zero bytes.
    case copy(UnsafeRawBufferPointer, padding: Int = 0)
  }
  private let mapping: FileMapping
  private var used = 0

  package init(_ mapping: FileMapping) { self.mapping = mapping }

  /// What a file of so many sections takes of the headroom at most, without what is copied.
  package static func size(sections count: Int) -> Int {
    MemoryLayout<Elf64_Ehdr>.size + (count + 2) * (MemoryLayout<Elf64_Shdr>.size + longestName + alignment) + alignment
  }

  private static let longestName = 32
  private static let alignment = 16

  /// A file with these sections, from its header to the end of the mapping; nil where the headroom is used up, or
  /// a part is outside of the mapping.
  package mutating func compose(_ sections: [(name: String, contents: Contents)]) -> UnsafeRawBufferPointer? {
    var names: [UInt8] = [0]
    var headers = [Elf64_Shdr()]
    var end = used + MemoryLayout<Elf64_Ehdr>.size
    let start = used
    for (name, contents) in sections {
      var header = Elf64_Shdr()
      header.sh_name = UInt32(names.count)
      header.sh_type = UInt32(SHT_PROGBITS)
      header.sh_addralign = 1
      names += Array(name.utf8) + [0]
      switch contents {
      case .part(let range):
        guard mapping.bytes.indices.contains(range.lowerBound), range.upperBound <= mapping.bytes.count else {
          return nil
        }
        header.sh_offset = UInt64(mapping.headroom.count - start + range.lowerBound)
        header.sh_size = UInt64(range.count)
      case .copy(let bytes, let padding):
        let place = aligned(end)
        guard store(bytes, at: place + padding) else { return nil }
        header.sh_offset = UInt64(place - start)
        header.sh_size = UInt64(padding + bytes.count)
        end = place + padding + bytes.count
      }
      headers.append(header)
    }
    var table = Elf64_Shdr()
    table.sh_name = UInt32(names.count)
    table.sh_type = UInt32(SHT_STRTAB)
    table.sh_addralign = 1
    table.sh_offset = UInt64(end - start)
    names += Array(".shstrtab".utf8) + [0]
    table.sh_size = UInt64(names.count)
    headers.append(table)
    let headersAt = aligned(end + names.count)
    let header = Self.header(sections: headers.count, at: UInt64(headersAt - start))
    guard names.withUnsafeBytes({ store($0, at: end) }), headers.withUnsafeBytes({ store($0, at: headersAt) }),
      withUnsafeBytes(of: header, { store($0, at: start) })
    else { return nil }
    used = aligned(headersAt + headers.count * MemoryLayout<Elf64_Shdr>.size)
    let image = mapping.headroom.baseAddress.map { $0 + start }
    return UnsafeRawBufferPointer(start: image, count: mapping.headroom.count - start + mapping.bytes.count)
  }

  private func aligned(_ offset: Int) -> Int { (offset + Self.alignment - 1) & ~(Self.alignment - 1) }

  private func store(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard offset <= mapping.headroom.count, bytes.count <= mapping.headroom.count - offset else { return false }
    UnsafeMutableRawBufferPointer(rebasing: mapping.headroom[offset...]).copyMemory(from: bytes)
    return true
  }

  private static func header(sections: Int, at offset: UInt64) -> Elf64_Ehdr {
    var header = Elf64_Ehdr()
    withUnsafeMutableBytes(of: &header.e_ident) { identification in
      identification.copyBytes(from: [0x7f] + Array("ELF".utf8))
      identification[Int(EI_CLASS)] = UInt8(ELFCLASS64)
      identification[Int(EI_DATA)] = UInt8(ELFDATA2LSB)
      identification[Int(EI_VERSION)] = UInt8(EV_CURRENT)
    }
    header.e_type = UInt16(ET_EXEC)
    header.e_machine = UInt16(EM_X86_64)
    header.e_version = UInt32(EV_CURRENT)
    header.e_ehsize = UInt16(MemoryLayout<Elf64_Ehdr>.size)
    header.e_shentsize = UInt16(MemoryLayout<Elf64_Shdr>.size)
    header.e_shnum = UInt16(sections)
    header.e_shstrndx = UInt16(sections - 1)
    header.e_shoff = offset
    return header
  }
}
