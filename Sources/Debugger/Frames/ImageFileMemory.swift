import DebugInfo
import Elf
import MachineModel

/// A program that is not running, read from its file: what its segments will hold when it starts.
struct ImageFileMemory: MemoryReader {
  private let files: [(file: ElfFile, bias: UInt64)]

  /// Images whose file can't be opened any more are left out.
  init(_ images: [ImageInfo]) {
    files = images.compactMap { image in
      (try? ElfFile(path: image.mapping.path)).map { ($0, image.mapping.bias) }
    }
  }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    for (file, bias) in files {
      let inImage = ImageAddress(address.rawValue &- bias)
      for segment in file.segments where segment.isLoaded {
        let within: UInt64 = inImage - segment.address
        guard within < segment.memorySize else { continue }
        let count = Int(min(UInt64(buffer.count), segment.memorySize - within))
        let fromFile = within < segment.fileSize ? Int(min(UInt64(count), segment.fileSize - within)) : 0
        guard let bytes = file.mapping.slice((segment.offset + within).rawValue, size: UInt64(fromFile)) else {
          return 0
        }
        buffer.copyMemory(from: bytes)
        // Past the file's part the loader leaves zeros (elf(5), p_memsz).
        for index in fromFile..<count { buffer[index] = 0 }
        return count
      }
    }
    return 0
  }
}
