package import DebugInfo
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
  package let lines: [LineAddresses]
  package init(_ lines: [LineAddresses]) { self.lines = lines }
  package var text: String { lines.map(Self.sentence).joined(separator: "\n") }

  private static func sentence(_ line: LineAddresses) -> String {
    func place(_ address: VirtualAddress, _ symbol: String?) -> String {
      "\(address)" + (symbol.map { " \(escapedName($0))" } ?? "")
    }
    let file = "\"\(escapedName(line.sourceName ?? SourceName.display(line.file)))\""
    guard let start = line.start, let end = line.end else {
      return "Line number \(line.line) is out of range for \(file)."
    }
    if line.file.isEmpty {
      return "No line number information available for address \(place(start, line.startSymbol))"
    }
    if start == end {
      return "Line \(line.line) of \(file) is at address \(place(start, line.startSymbol)) but contains no code."
    }
    return "Line \(line.line) of \(file) starts at address \(place(start, line.startSymbol))"
      + " and ends at \(place(end, line.endSymbol))."
  }

  private enum CodingKeys: CodingKey { case lines }
  /// One is told alone.
  package func encode(to encoder: any Encoder) throws {
    if lines.count == 1, let line = lines.first { return try line.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lines, forKey: .lines)
  }
}

/// `info source`.
package struct SourceDescription: CommandResult, Equatable {
  package let file: String
  /// Where its text was found; nil where it was not.
  package let foundAt: String?
  package let lineCount: Int?
  package let language: String?
  package let compilation: Compilation?

  package init(file: String, foundAt: String?, lineCount: Int?, compilation: Compilation?) {
    self.file = file
    self.foundAt = foundAt
    self.lineCount = lineCount
    language = compilation?.language.rawValue
    self.compilation = compilation
  }

  package var text: String {
    let name = compilation.flatMap { $0.isNamed(file) ? $0.name : nil } ?? file
    var lines = ["Current source file is \(escapedName(name))"]
    if let folder = compilation?.directory { lines.append("Compilation directory is \(escapedName(folder))") }
    if let foundAt { lines.append("Located in \(escapedName(foundAt))") }
    if let lineCount { lines.append("Contains \(lineCount) line\(lineCount == 1 ? "" : "s").") }
    if let language { lines.append("Source language is \(language).") }
    if let producer = compilation?.producer { lines.append("Producer is \(escapedName(producer)).") }
    if let compilation {
      lines.append("Compiled with DWARF \(compilation.version) debugging format.")
      lines.append("\(compilation.hasMacros ? "Includes" : "Does not include") preprocessor macro info.")
    }
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
