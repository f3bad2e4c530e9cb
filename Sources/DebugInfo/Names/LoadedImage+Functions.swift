import Elf

/// Functions of a name, found without the index of all names: where something tells which units can have them, only those are read.
extension LoadedImage {
  /// An index that has every function, and every inlined copy of one, that a query means: of a few units, or of all. Blocks while they
  /// are still being looked for.
  func functionIndex(_ query: NameQuery) -> NameIndex? { partialIndex(query) ?? index(for: query) }

  /// An index that has every entry that a query means. Blocks while they are still being looked for.
  func index(for query: NameQuery) -> NameIndex? { searched(query) ?? names }

  /// True where `functionIndex` needs not the names of all units.
  func isFoundInParts(_ query: NameQuery) -> Bool { partialIndex(query) != nil }

  private func partialIndex(_ query: NameQuery) -> NameIndex? {
    if let known = knownFunctionIndexes[query.text] { return known }
    // Once they are there, all names are as good.
    guard !isIndexed, let finder = functionFinder, let units = unitsOfFunction(query, finder),
      let index = finder.index(of: units)
    else { return nil }
    if knownFunctionIndexes.count >= Self.mostPartialIndexes { knownFunctionIndexes = [:] }
    knownFunctionIndexes[query.text] = index
    return index
  }

  private static let mostPartialIndexes = 64

  /// The numbers of all units that can have such a function or copy; nil where no table tells.
  func unitsOfFunction(_ query: NameQuery, _ finder: FunctionFinder) -> Set<Int>? {
    guard query.isPlain, query.mangledPart != nil, finder.reader.isSelfContained, let names = finder.names else {
      return nil
    }
    let named = names.units(of: query.keys)
    // gdb's index leaves functions within functions out, which have symbols.
    return names.hasAllCopies ? named : unitsOfSymbols(query, finder)?.union(named)
  }

  /// `main` is no inline function (C11 6.7.4, C++ [basic.start.main]), but a class may have a method of that name.
  var mayInlineMain: Bool { mergedStrings?.contains("4main") ?? true }

  /// Those with the code of symbols of that name, and of the compiler's clones of it (`f.part.0`, and so are functions within functions
  /// called); nil where no unit of C or C++ has one's.
  private func unitsOfSymbols(_ query: NameQuery, _ finder: FunctionFinder) -> Set<Int>? {
    var found: Set<Int> = []
    let all = symbols(query) + symbols.symbols(named: query.baseName) + symbols.symbols(clonedFrom: query.baseName)
    for symbol in all where symbol.isCode {
      guard let unit = unit(at: symbol.address), [.c, .cpp].contains(unit.language),
        let number = finder.reader.unit(at: unit.stub.offset)
      else { return nil }
      found.insert(number)
    }
    return found
  }
}
