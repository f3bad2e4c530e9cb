import CElf
import Glibc

/// The contents of `.debug_str`, for a quick look whether some text is part of any string there.
package struct MergedStrings: Sendable {
  private enum Storage: Sendable {
    case mapped(ElfFile, ElfFile.Section)
    case inflated([UInt8])
  }
  private let storage: Storage

  /// One whose inflating takes longer than is gained.
  private static let mostInflatedBytes = 16 << 20

  /// nil where there are none, where they are not merged by the linker (compilers put strings elsewhere, then, that occur once), and
  /// where they cannot be read. Inflates them where they are compressed: a millisecond for libc's.
  package init?(_ file: ElfFile) {
    guard let section = file.section(".debug_str"), section.flags & UInt64(SHF_MERGE) != 0 else { return nil }
    if section.flags & UInt64(SHF_COMPRESSED) == 0 {
      guard file.contents(of: section) != nil else { return nil }
      storage = .mapped(file, section)
    } else {
      guard let bytes = file.mapping.inflated(section, limit: Self.mostInflatedBytes) else { return nil }
      storage = .inflated(bytes)
    }
  }

  /// True where a string has that text anywhere in it.
  package func contains(_ text: String) -> Bool {
    switch storage {
    case .mapped(let file, let section):
      guard let bytes = file.contents(of: section) else { return true }
      // Few of the strings are asked for soon.
      defer { file.mapping.release(bytes) }
      return Self.contains(text, in: bytes)
    case .inflated(let bytes): return bytes.withUnsafeBytes { Self.contains(text, in: $0) }
    }
  }

  private static func contains(_ text: String, in bytes: UnsafeRawBufferPointer) -> Bool {
    let text = Array(text.utf8)
    guard let start = bytes.baseAddress else { return false }
    return sdb_contains(start, bytes.count, text, text.count)
  }
}
