import CElf
import MachineModel

extension ElfFile {
  /// NT_GNU_BUILD_ID's bytes, from the program headers' notes, else a `.note.gnu.build-id` section
  /// (a separate debug file keeps that one only).
  package var buildID: [UInt8]? {
    for segment in segments where segment.type == UInt32(PT_NOTE) {
      if let found = buildID(in: mapping.slice(segment.offset.rawValue, size: segment.fileSize)) { return found }
    }
    return section(".note.gnu.build-id").flatMap { buildID(in: contents(of: $0)) }
  }

  /// `.gnu_debuglink`: the debug file's name and the CRC-32 of its contents.
  package var debugLink: (name: String, checksum: UInt32)? {
    guard let section = section(".gnu_debuglink"), let bytes = contents(of: section),
      let end = bytes.firstIndex(of: 0)
    else { return nil }
    // The checksum stands at the next multiple of four behind the name's terminator.
    let at = (end + 4) & ~3
    guard end > 0, bytes.count >= at + 4 else { return nil }
    return (
      String(decoding: bytes[..<end], as: UTF8.self), bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
    )
  }

  /// `.gnu_debugaltlink`: the path of the file that dwz moved common entries into, and its build-id.
  package var alternateDebugLink: (path: String, buildID: [UInt8])? {
    guard let section = section(".gnu_debugaltlink"), let bytes = contents(of: section),
      let end = bytes.firstIndex(of: 0)
    else { return nil }
    return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[(end + 1)...]))
  }

  private func buildID(in notes: UnsafeRawBufferPointer?) -> [UInt8]? {
    guard let notes else { return nil }
    var at = 0
    // Name and descriptor are padded to four bytes (gABI, "Note Section").
    while notes.count - at >= 12 {
      let nameSize = Int(notes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      let size = Int(notes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
      let type = notes.loadUnaligned(fromByteOffset: at + 8, as: UInt32.self)
      let descriptor = at + 12 + (nameSize + 3) & ~3
      guard descriptor <= notes.count, size <= notes.count - descriptor else { return nil }
      if type == UInt32(NT_GNU_BUILD_ID), notes[(at + 12)..<descriptor].starts(with: "GNU\0".utf8) {
        return Array(notes[descriptor..<descriptor + size])
      }
      at = descriptor + (size + 3) & ~3
    }
    return nil
  }
}
