package import DebugInfo
import MachineModel

extension DebugSession {
  /// What `symbols` looks for; an absent pattern matches everything.
  package struct SymbolSearch: Sendable {
    package var kind: SymbolEntry.Kind
    package var name: NamePattern?
    /// Over the type's text, as `whatis` shows it.
    package var type: NamePattern?
    package var includesUndescribed = true
    package init(_ kind: SymbolEntry.Kind) { self.kind = kind }
  }

  /// Functions, variables or types, by file and name. Costs a look at every name of the program.
  package func symbols(_ search: SymbolSearch) async throws(SessionError) -> SymbolList {
    try await indexed(.names)
    func accepts(_ name: String) -> Bool { search.name?.matches(name) ?? true }
    var files: [SymbolList.File] = []
    for entry in await symbols.symbolEntries(search.kind, where: accepts) {
      let printer = TypePrinter(language: entry.language)
      if let pattern = search.type {
        guard let type = entry.type, pattern.matches(printer.name(type)) else { continue }
      }
      guard let declaration = printer.declaration(of: entry, search.kind) else { continue }
      let row = SymbolList.Row(line: entry.line, name: entry.name, declaration: declaration)
      if files.last?.file == entry.file {
        files[files.count - 1].symbols.append(row)
      } else {
        files.append(SymbolList.File(file: entry.file, symbols: [row]))
      }
    }
    let undescribed = search.includesUndescribed && search.type == nil
    return SymbolList(
      files: files,
      undescribed: undescribed
        ? await symbols.undescribedSymbols(search.kind, where: accepts).map {
          SymbolList.Undescribed(address: $0.address, name: $0.name)
        } : [])
  }

  /// The source files whose names match, for each image with debug information.
  package func sourceFiles(
    matching pattern: NamePattern?
  ) async throws(SessionError) -> [(image: String, files: [String])] {
    try await indexed(.units)
    return await symbols.sourceFilesByImage { pattern?.matches($0) ?? true }
  }
}

extension TypePrinter {
  /// As it could stand in the source; nil for a type without a name.
  func declaration(of entry: SymbolEntry, _ kind: SymbolEntry.Kind) -> String? {
    guard let type = entry.type else { return entry.name + ";" }
    let prefix = entry.isExternal ? "" : "static "
    switch kind {
    case .variable:
      // A nameless structure is spelled out.
      let declarator = Declarator(text: entry.name, resolvesTypedefs: false) {
        language == .rust ? baseName($0) : body(of: $0, indentation: 0, show: 0)
      }
      return prefix + spell(type, declarator) + ";"
    case .function where language == .rust:
      let text = name(type)
      return prefix + (text.hasPrefix("fn ") ? "fn " + entry.name + text.dropFirst(3) : text) + ";"
    case .function where entry.name.hasSuffix(")") || language == .cpp:
      // The name has the parameters.
      return prefix + declaration(of: type.target ?? .void, declarator: entry.name) + ";"
    case .function: return prefix + declaration(of: type, declarator: entry.name) + ";"
    case .type: return typeDeclaration(type, entry.name)
    }
  }

  private func typeDeclaration(_ type: DataType, _ full: String) -> String? {
    switch type.kind {
    case .typedef: "typedef \(name(resolved(type))) \(full);"
    case .base: name(type)
    case .unspecified, .void: "void"
    case .namespace: full
    default: name(type) + ";"
    }
  }

  /// Without typedefs, but still constant where one of them says so.
  private func resolved(_ type: DataType) -> DataType {
    var current = type
    var qualifiers: [DataType.Kind] = []
    for _ in 0..<Self.depthLimit {
      switch current.kind {
      case .const, .volatile: if !qualifiers.contains(current.kind) { qualifiers.append(current.kind) }
      case .typedef: break
      default: return qualifiers.reduce(current) { DataType($1, target: $0) }
      }
      current = current.target ?? .void
    }
    return current
  }
}
