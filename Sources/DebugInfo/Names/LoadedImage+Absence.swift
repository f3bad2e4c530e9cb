import Elf

/// What an image does not have, told without its index: a library's need not be made for each breakpoint of the program.
extension LoadedImage {
  /// False where the image has no function that a query means, for sure. True where it may have one, where that would take an index to
  /// tell, and where an index is there or in the making.
  ///
  /// A function with code of its own has a symbol. One that is inlined everywhere has its name among the strings that
  /// the linker merges, if the name is longer than a reference to a string (compilers put shorter ones into the entry).
  func mayHaveFunction(_ query: NameQuery) -> Bool {
    guard !isIndexing, source.hasEntries else { return true }
    if let known = knownFunctionPresence[query.text] { return known }
    let answer = couldHaveFunction(query)
    knownFunctionPresence[query.text] = answer
    return answer
  }

  private func couldHaveFunction(_ query: NameQuery) -> Bool {
    let name = query.baseName
    // Other files' strings (dwz's, split units') are not looked at.
    guard debugFile.alternateDebugLink == nil, !debugFile.hasDebugSection("sup"), !debugFile.hasDebugSection("addr"),
      query.isPlain,
      query.mangledPart != nil, symbols(query).isEmpty, symbols.symbols(named: name).isEmpty,
      let strings = mergedStrings
    else { return true }
    // The name alone tells nothing: parameters have it, too, and it ends others.
    if name == "main" { return !hasFullSymbols || mayInlineMain }
    return name.utf8.count < Self.leastMergedLength || strings.contains(name) || strings.contains(query.text)
  }

  /// Of names that are not in the entry itself: its terminator comes to it, and 64-bit DWARF's references have eight bytes.
  private static let leastMergedLength = 8

  /// True for a file whose symbol table was not stripped.
  var hasFullSymbols: Bool { debugFile.section(".symtab")?.hasContents ?? false }
}
