import Elf

/// The files that an image's DWARF is in. Any number of `DwarfFile`s, on as many threads, may be opened over them.
final class DwarfSources: Sendable {
  /// Without compressed sections: libelf would write into what others read.
  let mapping: FileMapping
  /// The file that dwz moved common entries to, likewise.
  let alternate: FileMapping?
  let split: SplitFiles

  /// - Parameters:
  ///   - debugFile: the file with `.debug_info`.
  ///   - program: the image's name, for what is looked for beside it.
  init(_ debugFile: ElfFile, program: String, locator: DebugFileLocator, notices: DebugInfoNotices) {
    mapping = debugFile.mapping.decompressed()
    alternate = locator.alternateFile(of: debugFile, notices: notices)?.mapping.decompressed()
    let search = SplitFileSearch(
      program: program, debugFile: debugFile.path, directories: locator.directories, notices: notices)
    split = SplitFiles(mapping, search: search)
  }
}
