import Elf
import Glibc
import MachineModel

/// Where distributions put debug information that is split off ("Separate Debug Files" of the GNU tools):
/// `/usr/lib/debug/.build-id/xx/yyyy.debug`, else the name in `.gnu_debuglink` beside the program, in `.debug/`
/// there, or below `/usr/lib/debug`. Looks at this machine's files only.
enum DebugFileLocator {
  private static let root = "/usr/lib/debug"

  /// The separate debug file of `elf`; nil where it has its own debug information, or none is installed.
  static func debugFile(of elf: ElfFile, named name: String) -> ElfFile? {
    guard elf.section(".debug_info") == nil else { return nil }
    if let id = elf.buildID, let file = file(buildID: id) { return file }
    guard let link = elf.debugLink, !link.name.contains("/") else { return nil }
    let folder = directory(of: name)
    for candidate in ["\(folder)/\(link.name)", "\(folder)/.debug/\(link.name)", "\(root)\(folder)/\(link.name)"] {
      // The build-id tells a stranger of the same name; without one the checksum would cost reading it all.
      if let file = try? ElfFile(path: candidate), file.buildID == elf.buildID { return file }
    }
    return nil
  }

  /// The file that dwz moved the entries shared by several programs to.
  static func alternateFile(of elf: ElfFile) -> ElfFile? {
    guard let link = elf.alternateDebugLink else { return nil }
    if let file = file(buildID: link.buildID) { return file }
    let path = link.path.hasPrefix("/") ? link.path : "\(directory(of: elf.path))/\(link.path)"
    guard let file = try? ElfFile(path: path), file.buildID == link.buildID else { return nil }
    return file
  }

  private static func file(buildID: [UInt8]) -> ElfFile? {
    guard buildID.count > 1 else { return nil }
    let digits = hexadecimalDigits(buildID)
    let path = "\(root)/.build-id/\(digits.prefix(2))/\(digits.dropFirst(2)).debug"
    guard let file = try? ElfFile(path: path), file.buildID == buildID else { return nil }
    return file
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
