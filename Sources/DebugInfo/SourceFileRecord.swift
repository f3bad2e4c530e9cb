import MachineModel

/// What the debug information has of a source file besides its name.
package struct SourceFileRecord: Sendable, Equatable {
  /// DW_LNCT_MD5: of the text that was compiled; nil where it was not recorded (DWARF 4, gcc).
  package let checksum: [UInt8]?
  /// DW_LNCT_LLVM_source: the text itself (`clang -gembed-source`).
  package let text: [UInt8]?
  /// The image that it is a source of.
  package let image: ImageInfo
}

extension ProgramSymbols {
  /// The record of a file by its absolute name; nil where no unit has it. Reads the heads of the line tables of the units
  /// that name it, and blocks while the units of an image are still being looked for.
  /// - Parameter onlyKnown: looks at those images alone whose units are known by now, and does not block.
  package func sourceFileRecord(_ file: String, onlyKnown: Bool = false) -> SourceFileRecord? {
    for image in loadedImages where !onlyKnown || image.knowsUnits {
      guard let units = image.units?.units(ofFile: file), !units.isEmpty, let sources = image.dwarf?.sources,
        let headers = LineTableHeaders(sources.mapping)
      else { continue }
      for unit in units {
        guard let entry = headers.entry(of: file, in: unit.stub) else { continue }
        let info = images.first { $0.number == image.number }
        return info.map { SourceFileRecord(checksum: entry.checksum, text: entry.text, image: $0) }
      }
    }
    return nil
  }
}
