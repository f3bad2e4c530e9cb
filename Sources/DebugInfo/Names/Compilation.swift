import CDw

/// How a source file was compiled, by its unit's entry.
package struct Compilation: Sendable, Equatable, Encodable {
  /// DW_AT_name: as its compiler was given it.
  package let name: String
  /// DW_AT_comp_dir.
  package let directory: String?
  package let producer: String?
  package let language: SourceLanguage
  /// DWARF's version.
  package let version: Int
  /// DW_AT_macros (DWARF 5), or one of its forerunners.
  package let hasMacros: Bool

  /// True where `file` is the unit's own source, and no header of it.
  package func isNamed(_ file: String) -> Bool {
    file == name || file == sourcePath(name, in: directory) || directory.map { file == "\($0)/\(name)" } ?? false
  }
}

extension ProgramSymbols {
  /// Of the first unit whose own source is `file`, else of one that has code of it.
  package func compilation(of file: String) -> Compilation? {
    let units = loadedImages.flatMap { $0.units?.units(ofFile: file) ?? [] }
    if let own = units.lazy.map(compilation).first(where: { $0.isNamed(file) }) { return own }
    return units.first { $0.lines.files.contains(file) }.map(compilation)
  }

  private func compilation(_ unit: Unit) -> Compilation {
    let die = unit.die
    return Compilation(
      name: die.string(DW_AT_name) ?? "", directory: unit.stub.string(DW_AT_comp_dir),
      producer: die.string(DW_AT_producer), language: unit.language, version: die.version,
      hasMacros: die.has(DW_AT_macros) || die.has(DW_AT_GNU_macros) || die.has(DW_AT_macro_info))
  }

  /// A file as the compiler of its unit was given it.
  package func recordedName(ofFile file: String) -> String {
    guard let found = compilation(of: file), let folder = found.directory, !found.name.hasPrefix("/"),
      folder.hasPrefix("/"), file.hasPrefix(folder + "/")
    else { return file }
    return String(file.dropFirst(folder.count + 1))
  }
}
