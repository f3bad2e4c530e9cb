package import Debugger
package import MachineModel

/// `list`.
package struct Listing: CommandResult, Equatable {
  package let slice: SourceSlice
  /// `0x1139 is in main (t.c:5).`, for `list *ADDRESS`.
  package let heading: String?
  package init(_ slice: SourceSlice, heading: String? = nil) {
    self.slice = slice
    self.heading = heading
  }
  package var text: String {
    let rows = slice.lines.enumerated().map { "\(slice.firstLine + $0.offset)\t\($0.element)" }
    return ((heading.map { [$0] } ?? []) + rows).joined(separator: "\n")
  }
  package func encode(to encoder: any Encoder) throws { try slice.encode(to: encoder) }
}

/// `info line`.
package struct LineResult: CommandResult, Equatable {
  package let line: LineAddresses
  package init(_ line: LineAddresses) { self.line = line }
  package var text: String {
    func place(_ address: VirtualAddress, _ symbol: String?) -> String {
      "\(address)" + (symbol.map { " \(escapedName($0))" } ?? "")
    }
    let name = "Line \(line.line) of \"\(escapedName(line.sourceName ?? SourceName.display(line.file)))\""
    if line.start == line.end {
      return "\(name) is at address \(place(line.start, line.startSymbol)) but contains no code."
    }
    return "\(name) starts at address \(place(line.start, line.startSymbol))"
      + " and ends at \(place(line.end, line.endSymbol))."
  }
  package func encode(to encoder: any Encoder) throws { try line.encode(to: encoder) }
}

/// `info source`.
package struct SourceDescription: CommandResult, Equatable {
  package let file: String
  /// Where its text was found; nil where it was not.
  package let foundAt: String?
  package let lineCount: Int?
  package let language: String?
  package var text: String {
    var lines = ["Current source file is \(escapedName(SourceName.display(file)))"]
    if let foundAt { lines.append("Located in \(escapedName(foundAt))") }
    if let lineCount { lines.append("Contains \(lineCount) line\(lineCount == 1 ? "" : "s").") }
    if let language { lines.append("Source language is \(language).") }
    return lines.joined(separator: "\n")
  }
}

/// `info symbol`.
package struct SymbolResult: CommandResult, Equatable {
  package let name: String
  package let offset: UInt64
  package let address: VirtualAddress
  package let section: String?
  package let module: String?
  package var text: String {
    escapedName(name) + (offset > 0 ? " + \(offset)" : "") + (section.map { " in section \($0)" } ?? "")
      + (module.map { " of \(escapedName($0))" } ?? "")
  }
}

/// `info sharedlibrary`.
package struct LibraryTable: CommandResult, Equatable {
  package let libraries: [ImageRow]
  package init(libraries: [ImageRow]) { self.libraries = libraries }
  package var text: String {
    if libraries.isEmpty { return "No shared libraries loaded at this time." }
    var lines = ["From                To                  Syms Read   Shared Object Library"]
    for row in libraries {
      lines.append(
        hexadecimal(row.from.rawValue, digits: 16) + "  " + hexadecimal(row.to.rawValue, digits: 16) + "  "
          + padded(row.hasDebugInfo ? "Yes" : "Yes (*)", 12) + escapedName(row.path))
    }
    if libraries.contains(where: { !$0.hasDebugInfo }) {
      lines.append("(*): Shared library is missing debugging information.")
    }
    return lines.joined(separator: "\n")
  }
}
