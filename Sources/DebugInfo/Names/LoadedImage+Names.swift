import CDw
import Elf
import MachineModel

extension LoadedImage {
  /// The entries of a kind that a query means.
  func entries(_ kind: NameIndex.Kind, _ query: NameQuery) -> [DIE] {
    let isOfFunctions = kind == .function || kind == .inlined || kind == .linkage
    guard let names = isOfFunctions ? functionIndex(query) : index(for: query) else { return [] }
    // A mangled name is known by the one within it.
    let records =
      kind == .linkage
      ? names.candidates(.linkage, query.text) + names.candidates(.function, query.baseName)
      : query.baseNames.flatMap { names.candidates(kind, $0) }
    return records.compactMap { record in
      guard let entry = entry(record) else { return nil }
      let isMeant =
        switch kind {
        case .linkage: entry.linkageName == query.text
        case .function, .inlined:
          // One that its source has renamed for the linker goes by both names.
          query.matches(entry.functionName, language: entry.language) || entry.name == query.text
        default: entry.qualifiedName.map { query.matches(qualified: $0, language: entry.language) } ?? false
        }
      return isMeant ? entry : nil
    }
  }

  /// The functions with code, and inlined copies, that a query means.
  func functions(_ query: NameQuery) -> [DIE] {
    let named = entries(.function, query) + entries(.inlined, query)
    return named.isEmpty ? entries(.linkage, query) : named
  }

  /// ELF symbols by their raw or demangled name.
  func symbols(_ query: NameQuery) -> [ElfSymbol] {
    let raw = symbols.symbols(named: query.text)
    guard raw.isEmpty, let part = query.mangledPart else { return raw }
    return symbols.symbols(containing: part).filter {
      query.matches(FunctionName(symbol: $0.name), language: $0.name.hasPrefix("_R") ? .rust : .cpp)
    }
  }

  /// True for a symbol of code that DWARF does not know, or knows by another name: an alias, which begins where its
  /// function does. What lies inside of a function (a cold part, a label) is no place of its own.
  func isUndescribedCode(_ symbol: ElfSymbol) -> Bool {
    let isCode = symbol.isCode || (symbol.kind == .none && elf.isExecutable(symbol.address))
    guard isCode, let function = unit(at: symbol.address)?.function(at: symbol.address.rawValue) else { return isCode }
    return function.ranges.first?.lowerBound == symbol.address.rawValue
  }

  func entry(_ record: NameIndex.Record) -> DIE? {
    dwarf?.entry(EntryID(image: number, file: record.file, offset: record.offset))
  }

  /// Where a function is to be stopped at whose code begins at `entry`.
  func location(ofFunction function: DIE, at entry: UInt64) -> CodeLocation {
    let place = CodePlace(self, ImageAddress(entry))
    let stop = place?.afterPrologue() ?? (entry, place?.source(at: entry))
    return CodeLocation(
      address: virtualAddress(ImageAddress(stop.address)), source: stop.source, function: function.functionName)
  }

  /// Where a function or variable is declared (DW_AT_decl_file, DW_AT_decl_line).
  func declaration(of function: DIE) -> SourceLocation? {
    let declared = function.declaration
    guard let line = declared.unsigned(DW_AT_decl_line), let line = Int(exactly: line) else { return nil }
    return SourceLocation(file: file(declared), line: line, column: 0)
  }

  func declaringFile(of function: DIE) -> String { file(function.declaration) }

  /// DW_AT_decl_file of an entry, by the table of its own unit.
  private func file(_ entry: DIE) -> String {
    guard let number = entry.unsigned(DW_AT_decl_file).flatMap({ Int(exactly: $0) }) else { return "" }
    return (units?.unit(of: entry)?.lines ?? LineTable(entry.unit, contains: { _ in false })).file(number)
  }
}

/// A function with code, by name.
struct FunctionEntry {
  let name: FunctionName
  /// Of the image.
  let address: UInt64
}

/// `path` is `wanted`, or ends with it after a slash.
func pathMatches(_ path: String, _ wanted: String) -> Bool {
  let wanted = normalizedPath(wanted)
  guard path.hasSuffix(wanted), !wanted.isEmpty else { return false }
  return path.utf8.count == wanted.utf8.count || path.dropLast(wanted.count).hasSuffix("/")
}
