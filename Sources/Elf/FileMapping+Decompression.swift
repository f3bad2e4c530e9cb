import CElf
import Compression
import Dispatch
import MachineModel

extension FileMapping {
  /// What a compressed section becomes: where its stream is, and where its contents will stand.
  private struct Inflation: Sendable {
    enum Method: Sendable {
      case zlib, zstandard

      func expand(_ stream: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
        switch self {
        case .zlib: Zlib.inflate(stream, into: target)
        case .zstandard: Zstandard.decompress(stream, into: target)
        }
      }
    }
    let method: Method
    let header: Int
    let stream: Range<Int>
    var target: Range<Int>
    let alignment: UInt64
    /// Where `.zdebug_…` stands, whose section is `.debug_…` then.
    var oldName: Int?
  }

  /// All sections together are no larger: a damaged header may claim any size.
  private static let mostBytes = 16 << 30
  /// A stream cannot become longer than this many times its length: zlib's limit is 1032 (a bit for each four
  /// repetitions of 258 bytes), zstd's a block of 128 KiB for each four bytes.
  private static let largestRatios: [Inflation.Method: Int] = [.zlib: 1100, .zstandard: 33_000]

  /// The file as it would be without compressed sections, made once for all who read it: libelf would do it again for
  /// each handle, on one thread, by writing into the mapping, and without zstd.
  ///
  /// Reads SHF_COMPRESSED sections of zlib and zstd (gABI, "Section Compression"), and the older `.zdebug_` ones of
  /// `-gz=zlib-gnu`. Answers itself where nothing is compressed. A section that is damaged, or compressed
  /// otherwise, is left as it is. Its headroom is as large, and empty.
  package func decompressed() -> FileMapping {
    let inflations = plannedInflations()
    guard let end = inflations.last?.target.upperBound, let memory = Self.memory(headroom.count + end) else {
      return self
    }
    let copy = UnsafeMutableRawBufferPointer(rebasing: memory[headroom.count...])
    copy.copyMemory(from: bytes)
    // Each writes its own part.
    nonisolated(unsafe) let shared = copy
    DispatchQueue.concurrentPerform(iterations: inflations.count) { index in
      let inflation = inflations[index]
      let stream = UnsafeRawBufferPointer(rebasing: self.bytes[inflation.stream])
      let target = UnsafeMutableRawBufferPointer(rebasing: shared[inflation.target])
      guard inflation.method.expand(stream, into: target) else { return }
      var header = self.bytes.loadUnaligned(fromByteOffset: inflation.header, as: Elf64_Shdr.self)
      header.sh_flags &= ~UInt64(SHF_COMPRESSED)
      header.sh_offset = UInt64(inflation.target.lowerBound)
      header.sh_size = UInt64(inflation.target.count)
      header.sh_addralign = inflation.alignment
      if let name = inflation.oldName {
        // `.zdebug_info` becomes `..debug_info`, whose tail is the name.
        shared[name + 1] = UInt8(ascii: ".")
        header.sh_name += 1
      }
      shared.storeBytes(of: header, toByteOffset: inflation.header, as: Elf64_Shdr.self)
    }
    return FileMapping(mapped: memory, headroom: headroom.count, path: path)
  }

  /// The contents of one section, inflated; nil where it is not compressed as the gABI has it, is damaged or larger than `limit`.
  func inflated(_ section: ElfFile.Section, limit: Int) -> [UInt8]? {
    var header = Elf64_Shdr()
    header.sh_flags = section.flags
    header.sh_offset = section.offset.rawValue
    header.sh_size = section.size
    guard section.hasContents, slice(header.sh_offset, size: header.sh_size) != nil,
      let inflation = standardInflation(header, header: 0), inflation.target.count <= limit
    else { return nil }
    var isWhole = false
    let contents = [UInt8](unsafeUninitializedCapacity: inflation.target.count) { buffer, count in
      isWhole = inflation.method.expand(
        UnsafeRawBufferPointer(rebasing: bytes[inflation.stream]), into: UnsafeMutableRawBufferPointer(buffer))
      count = isWhole ? inflation.target.count : 0
    }
    return isWhole ? contents : nil
  }

  /// The compressed sections, each with a place behind the file's end.
  private func plannedInflations() -> [Inflation] {
    guard let file: Elf64_Ehdr = load(0) else { return [] }
    let headerSize = UInt64(MemoryLayout<Elf64_Shdr>.size)
    let names: Elf64_Shdr? = load(file.e_shoff &+ UInt64(file.e_shstrndx) * headerSize)
    var end = (bytes.count + 15) & ~15
    var found: [Inflation] = []
    for index in 0..<UInt64(file.e_shnum) {
      let position = file.e_shoff &+ index * headerSize
      guard let section: Elf64_Shdr = load(position) else { break }
      let name = (names?.sh_offset ?? 0) &+ UInt64(section.sh_name)
      guard section.sh_type != UInt32(SHT_NOBITS), slice(section.sh_offset, size: section.sh_size) != nil,
        var inflation = standardInflation(section, header: Int(position))
          ?? olderInflation(section, header: Int(position), name: name),
        inflation.target.count <= inflation.stream.count * (Self.largestRatios[inflation.method] ?? 0),
        inflation.target.count <= Self.mostBytes - end
      else { continue }
      inflation.target = end..<(end + inflation.target.count)
      found.append(inflation)
      end = (inflation.target.upperBound + 15) & ~15
    }
    return found
  }

  private func standardInflation(_ section: Elf64_Shdr, header: Int) -> Inflation? {
    guard section.sh_flags & UInt64(SHF_COMPRESSED) != 0, let compression: Elf64_Chdr = load(section.sh_offset),
      section.sh_size > UInt64(MemoryLayout<Elf64_Chdr>.size), let size = Int(exactly: compression.ch_size)
    else { return nil }
    let method: Inflation.Method
    switch compression.ch_type {
    case UInt32(ELFCOMPRESS_ZLIB): method = .zlib
    case Self.zstandardCompression: method = .zstandard
    default: return nil
    }
    let start = Int(section.sh_offset)
    return Inflation(
      method: method, header: header,
      stream: (start + MemoryLayout<Elf64_Chdr>.size)..<(start + Int(section.sh_size)), target: 0..<size,
      alignment: compression.ch_addralign)
  }

  /// ELFCOMPRESS_ZSTD, which Debian 12's <elf.h> does not know.
  private static let zstandardCompression: UInt32 = 2

  /// `.zdebug_…`: `ZLIB`, the size as eight bytes, big-endian, and the stream.
  private func olderInflation(_ section: Elf64_Shdr, header: Int, name: UInt64) -> Inflation? {
    let prefix = Array(".zdebug_".utf8)
    guard let text = slice(name, size: UInt64(prefix.count)), text.elementsEqual(prefix),
      section.sh_size > 12, let magic = slice(section.sh_offset, size: 4), magic.elementsEqual("ZLIB".utf8),
      let stored: UInt64 = load(section.sh_offset + 4), let size = Int(exactly: UInt64(bigEndian: stored))
    else { return nil }
    let start = Int(section.sh_offset)
    return Inflation(
      method: .zlib, header: header, stream: (start + 12)..<(start + Int(section.sh_size)), target: 0..<size,
      alignment: max(1, section.sh_addralign), oldName: Int(name))
  }
}
