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
    let known = loadedImages.filter { !onlyKnown || $0.knowsUnits }
    // A stop's own unit was opened already, while the names of all files of an image take milliseconds to collect.
    for image in known {
      if let units = image.units?.openedUnits(ofFile: file), let record = record(of: file, in: units, image) {
        return record
      }
    }
    for image in known {
      if let units = image.units?.units(ofFile: file), let record = record(of: file, in: units, image) { return record }
    }
    return nil
  }

  private func record(of file: String, in units: [Unit], _ image: LoadedImage) -> SourceFileRecord? {
    guard !units.isEmpty, let sources = image.dwarf?.sources, let headers = LineTableHeaders(sources.mapping) else {
      return nil
    }
    for unit in units {
      guard let entry = headers.entry(of: file, in: unit.stub) else { continue }
      let info = images.first { $0.number == image.number }
      return info.map { SourceFileRecord(checksum: entry.checksum, text: entry.text, image: $0) }
    }
    return nil
  }
}
