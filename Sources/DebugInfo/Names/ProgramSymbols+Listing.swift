import CDw
import Elf
package import MachineModel

/// Lists of what the program declares: `info functions`, `info variables`, `info types`.
extension ProgramSymbols {
  /// The entries of a kind whose names `accepts`, sorted by file and name, each once. Costs a look at every name of all
  /// images: a second or two for half a million, in which others have their turns.
  package func symbolEntries(
    _ kind: SymbolEntry.Kind, isolation: isolated (any Actor)? = #isolation, where accepts: (String) -> Bool
  ) async -> [SymbolEntry] {
    var found: [SymbolEntry] = []
    var breather = Breather(longest: longestTurn)
    for image in loadedImages {
      guard let names = image.names else { continue }
      var places = DeclarationPlaces(image)
      for record in kind.indexed.lazy.flatMap({ names.all($0) }) {
        guard await breathe(&breather, in: image) else { break }
        guard let entry = image.entry(record) else { continue }
        for entry in [entry, kind == .type ? Self.namedForLinkage(by: entry) : nil].compactMap(\.self) {
          guard let name = name(of: entry, kind), accepts(name) else { continue }
          if kind == .function, !isListed(function: entry) { continue }
          let place = places.place(of: entry)
          found.append(
            SymbolEntry(
              name: name, file: place.file, line: place.line, isExternal: isExternal(entry, kind),
              language: entry.language, type: type(of: entry, kind)))
        }
      }
    }
    found.sort(by: SymbolEntry.precedes)
    var last: SymbolEntry?
    return found.filter { entry in
      defer { last = entry }
      return !(last?.isSame(as: entry) ?? false)
    }
  }

  /// ELF symbols of a kind that no debug information describes, by address.
  package func undescribedSymbols(
    _ kind: SymbolEntry.Kind, isolation: isolated (any Actor)? = #isolation, where accepts: (String) -> Bool
  ) async -> [(name: String, address: VirtualAddress)] {
    guard kind != .type else { return [] }
    var found: [(name: String, address: VirtualAddress)] = []
    var breather = Breather(longest: longestTurn)
    for image in loadedImages {
      var own: [(name: String, address: VirtualAddress)] = []
      for symbol in image.symbols.all() {
        guard await breathe(&breather, in: image) else { break }
        guard symbol.kind != .threadLocal, isCode(symbol, in: image) == (kind == .function) else { continue }
        let name = listedName(symbol)
        guard accepts(name), kind != .function || image.unit(at: symbol.address) == nil,
          kind != .variable || !describes(symbol, in: image)
        else { continue }
        own.append((name, image.virtualAddress(symbol.address)))
      }
      found += own.sorted { $0.address != $1.address ? $0.address < $1.address : $0.name < $1.name }
    }
    return found
  }

  private func isCode(_ symbol: ElfSymbol, in image: LoadedImage) -> Bool {
    symbol.isCode || (symbol.kind == .none && image.elf.isExecutable(symbol.address))
  }

  /// True for a variable that debug information knows by the symbol's name.
  private func describes(_ symbol: ElfSymbol, in image: LoadedImage) -> Bool {
    guard let names = image.names else { return false }
    let query = NameQuery(symbol.name)
    return names.candidates(.global, query.baseName).contains { record in
      guard let entry = image.entry(record) else { return false }
      return entry.linkageName == symbol.name
        || entry.qualifiedName.map { query.matches(qualified: $0, language: entry.language) } ?? false
    }
  }

  /// What a compiler numbered to tell it from others of its name (`count.0`) is listed by the name.
  private func listedName(_ symbol: ElfSymbol) -> String {
    let name = Demangler.demangle(symbol.name)?.full ?? symbol.name
    guard !symbol.isGlobal, symbol.kind == .object, let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      return name
    }
    let digits = name.utf8[name.utf8.index(after: dot)...]
    return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) } ? String(name[..<dot]) : name
  }

  /// The nameless structure that goes by a typedef's name.
  private static func namedForLinkage(by entry: DIE) -> DIE? {
    guard entry.tag == DW_TAG_typedef, entry.language == .cpp, let target = entry.type, target.name == nil,
      target.qualifiedName != nil
    else { return nil }
    return target
  }

  private func type(of entry: DIE, _ kind: SymbolEntry.Kind) -> DataType? {
    if kind == .variable { return types.type(of: entry) }
    guard entry.tag != DW_TAG_namespace else { return DataType(.namespace, name: entry.qualifiedName, language: .cpp) }
    return types.type(entry)
  }

  private func name(of entry: DIE, _ kind: SymbolEntry.Kind) -> String? {
    guard kind != .function else { return entry.functionName.full }
    return entry.tag == DW_TAG_base_type ? entry.name.map(shortIntegerName) : entry.qualifiedName
  }

  /// What the linker dropped begins at address 0. A lambda's function has no name that could be asked for.
  private func isListed(function: DIE) -> Bool {
    guard let start = function.ranges.first?.lowerBound, start != 0 else { return false }
    return function.language != .cpp || function.linkageName != nil || !function.isInFunction
  }

  /// C++'s classes are known everywhere, by the rule of one definition; typedefs and C's types are each unit's own.
  private func isExternal(_ entry: DIE, _ kind: SymbolEntry.Kind) -> Bool {
    guard kind == .type else { return entry.flag(DW_AT_external) }
    return entry.language == .cpp && entry.tag != DW_TAG_typedef && entry.tag != DW_TAG_base_type
  }
}

extension SymbolEntry.Kind {
  /// gdb lists namespaces among types.
  fileprivate var indexed: [NameIndex.Kind] {
    switch self {
    case .function: [.function]
    case .variable: [.global]
    case .type: [.type, .namespace]
    }
  }
}

/// Where entries of one image are declared, by the file tables of their units.
private struct DeclarationPlaces {
  private let image: LoadedImage
  /// By the units that libdw has: a file's name by its number, and what the compiler knows by itself belongs to.
  private var known: [OpaquePointer: (file: (Int) -> String, source: String)] = [:]

  init(_ image: LoadedImage) { self.image = image }

  /// DW_AT_decl_file and DW_AT_decl_line, the entry's own before those of what it completes.
  mutating func place(of entry: DIE) -> (file: String, line: Int?) {
    var stated = entry
    // The chain has three links at most; damaged data may make a ring.
    for _ in 0..<8 where !stated.has(DW_AT_decl_file, integrated: false) {
      guard
        let next =
          (stated.attribute(DW_AT_abstract_origin, integrated: false)
          ?? stated.attribute(DW_AT_specification, integrated: false))?.reference
      else { break }
      stated = next
    }
    let line = entry.unsigned(DW_AT_decl_line).flatMap { Int(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 }
    let files = files(of: stated)
    guard let number = stated.unsigned(DW_AT_decl_file).flatMap({ Int(exactly: $0) }) else {
      return (files.source, nil)
    }
    return (files.file(number), line)
  }

  private mutating func files(of entry: DIE) -> (file: (Int) -> String, source: String) {
    if let cu = entry.raw.cu, let files = known[cu] { return files }
    let unit = image.units?.unit(of: entry)
    let die = unit?.die ?? entry.unit
    let file: (Int) -> String
    if let unit {
      file = unit.recordedName(ofFile:)
    } else {
      file = LineTable(die, contains: { _ in false }).file
    }
    let files = (file: file, source: die.string(DW_AT_name) ?? "")
    if let cu = entry.raw.cu { known[cu] = files }
    return files
  }
}
