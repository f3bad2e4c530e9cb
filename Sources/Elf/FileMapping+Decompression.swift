import CElf
import Compression
import Dispatch

extension FileMapping {
  /// What a compressed section becomes: where its stream is, and where its contents will stand.
  private struct Inflation: Sendable {
    let header: Int
    let stream: Range<Int>
    let target: Range<Int>
    let alignment: UInt64
  }

  /// No section is larger: a damaged header may claim any size.
  private static let largestSection = 8 << 30

  /// The file as it would be without compressed sections (SHF_COMPRESSED, gABI "Section Compression"), made once for all
  /// who read it: libelf would do it again for each handle, on one thread, and by writing into the mapping.
  ///
  /// Answers itself where nothing is compressed. A section that is damaged, or compressed otherwise than by zlib, is
  /// left as it is.
  package func decompressed() -> FileMapping {
    let inflations = plannedInflations()
    guard let end = inflations.last?.target.upperBound else { return self }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: end, alignment: 16)
    copy.copyMemory(from: bytes)
    // Each writes its own part.
    nonisolated(unsafe) let shared = copy
    DispatchQueue.concurrentPerform(iterations: inflations.count) { index in
      let inflation = inflations[index]
      let target = UnsafeMutableRawBufferPointer(rebasing: shared[inflation.target])
      guard Zlib.inflate(UnsafeRawBufferPointer(rebasing: self.bytes[inflation.stream]), into: target) else { return }
      var header = self.bytes.loadUnaligned(fromByteOffset: inflation.header, as: Elf64_Shdr.self)
      header.sh_flags &= ~UInt64(SHF_COMPRESSED)
      header.sh_offset = UInt64(inflation.target.lowerBound)
      header.sh_size = UInt64(inflation.target.count)
      header.sh_addralign = inflation.alignment
      shared.storeBytes(of: header, toByteOffset: inflation.header, as: Elf64_Shdr.self)
    }
    return FileMapping(owning: copy, path: path)
  }

  /// The compressed sections, each with a place behind the file's end.
  private func plannedInflations() -> [Inflation] {
    guard let file: Elf64_Ehdr = load(0) else { return [] }
    var end = (bytes.count + 15) & ~15
    var found: [Inflation] = []
    for index in 0..<Int(file.e_shnum) {
      let position = file.e_shoff &+ UInt64(index * MemoryLayout<Elf64_Shdr>.size)
      guard let section: Elf64_Shdr = load(position) else { break }
      let headerSize = UInt64(MemoryLayout<Elf64_Chdr>.size)
      guard section.sh_flags & UInt64(SHF_COMPRESSED) != 0, section.sh_size > headerSize,
        let compression: Elf64_Chdr = load(section.sh_offset), compression.ch_type == UInt32(ELFCOMPRESS_ZLIB),
        compression.ch_size <= UInt64(Self.largestSection),
        slice(section.sh_offset, size: section.sh_size) != nil
      else { continue }
      let size = Int(compression.ch_size)
      found.append(
        Inflation(
          header: Int(position), stream: Int(section.sh_offset + headerSize)..<Int(section.sh_offset + section.sh_size),
          target: end..<(end + size), alignment: compression.ch_addralign))
      end = (end + size + 15) & ~15
    }
    return found
  }
}
