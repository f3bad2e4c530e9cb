import Elf
import Glibc
import MachineModel

/// Where debug information that is split off a program is looked for ("Separate Debug Files" of the GNU tools): by
/// build-id as `ROOT/.build-id/xx/yyyy.debug`, else by the name in `.gnu_debuglink` beside the program, in `.debug/`
/// there, and below each root. Looks at this machine's files only.
package struct DebugFileLocator: Sendable, Equatable {
  /// The roots, in their order (gdb's `debug-file-directory`).
  package var directories = ["/usr/lib/debug"]

  package init() {}

  /// The separate debug file of `elf`; nil where it has its own debug information, or none is installed.
  /// A file that is there but of another build is told of.
  func debugFile(of elf: ElfFile, named name: String, notices: DebugInfoNotices) -> ElfFile? {
    guard !elf.hasDebugInformation else { return nil }
    if let id = elf.buildID, let file = file(buildID: id) { return file }
    guard let link = elf.debugLink, !link.name.contains("/") else { return nil }
    let folder = Self.directory(of: name)
    let below = directories.map { "\($0)\(folder)/\(link.name)" }
    for path in ["\(folder)/\(link.name)", "\(folder)/.debug/\(link.name)"] + below {
      guard path != elf.path, let file = try? ElfFile(path: path) else { continue }
      // A build-id tells a stranger of the same name; without one, the checksum does, which costs reading all.
      if let own = elf.buildID, let id = file.buildID {
        if own == id { return file }
      } else if file.checksum == link.checksum {
        return file
      }
      notices.add("warning: the debug information found in \"\(path)\" does not match \"\(name)\" (CRC mismatch).")
    }
    return nil
  }

  /// The file that dwz moved the entries shared by several programs to (`.gnu_debugaltlink`).
  func alternateFile(of elf: ElfFile, notices: DebugInfoNotices) -> ElfFile? {
    guard let link = elf.alternateDebugLink else { return nil }
    let path = link.path.hasPrefix("/") ? link.path : "\(Self.directory(of: elf.path))/\(link.path)"
    if let file = try? ElfFile(path: path), file.buildID == link.buildID { return file }
    if let file = file(buildID: link.buildID) { return file }
    notices.add("could not find '.gnu_debugaltlink' file for \(elf.path)")
    return nil
  }

  private func file(buildID: [UInt8]) -> ElfFile? {
    guard buildID.count > 1 else { return nil }
    let digits = hexadecimalDigits(buildID)
    for root in directories {
      let path = "\(root)/.build-id/\(digits.prefix(2))/\(digits.dropFirst(2)).debug"
      if let file = try? ElfFile(path: path), file.buildID == buildID { return file }
    }
    return nil
  }

  static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
