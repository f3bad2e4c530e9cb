import Elf
import MachineModel
import Synchronization

/// Where an image's DWARF comes from, opened when somebody first asks: any thread may, and opens a handle of its own over the
/// same bytes.
final class DwarfSource: Sendable {
  /// The file with the DWARF: the image's own, or a separate one.
  let file: ElfFile
  /// Of the image.
  private let number: Int
  private let program: String
  private let locator: DebugFileLocator
  private let notices: DebugInfoNotices
  private let opened = Mutex<DwarfSources?>(nil)

  /// - Parameter program: the image's name, for what is looked for beside it.
  init(
    _ file: ElfFile, image number: Int, program: String, locator: DebugFileLocator, notices: DebugInfoNotices
  ) {
    self.file = file
    self.number = number
    self.program = program
    self.locator = locator
    self.notices = notices
  }

  /// What an index that is kept is found by: the build-id, and a hash over the debug sections' sizes. A file that was stripped, or
  /// has only a part of the sections, keeps its build-id. nil where it has none.
  var cacheKey: String? {
    guard let id = file.buildID else { return nil }
    let sizes = file.sections.filter { $0.name.hasPrefix(".debug_") || $0.name.hasPrefix(".zdebug_") }
      .map { "\($0.name) \($0.hasContents ? $0.size : 0)" }
    return hexadecimalDigits(id) + "-" + hexadecimal(nameHash(sizes.joined(separator: "\n")))
  }

  var hasEntries: Bool { file.hasDebugInformation }

  /// The files without compressed sections: the first question inflates them, others wait for it.
  var sources: DwarfSources {
    opened.withLock { known in
      if let known { return known }
      let made = DwarfSources(file, program: program, locator: locator, notices: notices)
      known = made
      return made
    }
  }

  /// nil where there is no debug information.
  func open() -> DwarfFile? {
    guard hasEntries || file.hasDebugSection("line") else { return nil }
    return DwarfFile(sources, image: number)
  }
}
