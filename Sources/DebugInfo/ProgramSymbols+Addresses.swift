import Elf
package import MachineModel

/// What is known of an address.
extension ProgramSymbols {
  /// The scopes at an address, innermost first; the last is the function itself. Empty where nothing is known.
  package func scopes(at address: VirtualAddress) -> [CodeScope] {
    guard let image = loadedImage(at: address) else { return [] }
    let place = image.imageAddress(address)
    if let known = image.facts.scopes[place.rawValue] { return known }
    let found = scopes(at: place, in: image)
    return image.facts.scopes.keep(found, for: place.rawValue)
  }

  private func scopes(at address: ImageAddress, in image: LoadedImage) -> [CodeScope] {
    if let scopes = CodePlace(image, address)?.scopes(), !scopes.isEmpty { return scopes }
    guard let symbol = image.symbols.symbol(at: address) else { return [] }
    let start = symbol.address.rawValue
    let range = image.virtualRange(start..<max(start, image.symbols.end(of: symbol).rawValue))
    return [
      CodeScope(
        name: FunctionName(symbol: symbol.name), entry: nil, isInlined: false, callSite: nil, ranges: [range],
        language: .other, hasLines: false)
    ]
  }

  /// What the line table says of an address (the nearest row at or before it, in its sequence).
  package func source(at address: VirtualAddress) -> SourceLocation? {
    row(at: address).map { $0.lines.location(ofRow: $0.index) }
  }

  /// A source file's name as the compiler of the code at `address` was given it: `Objects/listobject.c`, not the
  /// absolute path that everything else goes by.
  package func recordedName(of file: String, at address: VirtualAddress) -> String {
    guard let image = loadedImage(at: address) else { return file }
    let place = image.imageAddress(address)
    let key = CodeFacts.FileAddress(file: file, address: place.rawValue)
    if let known = image.facts.recordedNames[key] { return known }
    guard let unit = image.unit(at: place), let number = unit.lines.files.lastIndex(of: file) else { return file }
    return image.facts.recordedNames.keep(unit.recordedName(ofFile: number), for: key)
  }

  /// The code of the line that `address` belongs to, within its innermost function or inlined copy: what `step` and
  /// `next` run through. The range that holds `address` comes first; further ones are where the compiler has put other
  /// parts of the line (the header of a loop). Rows of line 0 belong to the line before them.
  package func lineRanges(at address: VirtualAddress) -> [Range<VirtualAddress>] {
    guard let (image, lines, current) = row(at: address) else { return [] }
    let wanted = lines.rows[current]
    let offset = image.imageAddress(address).rawValue
    // Without a function there is nothing to stay in but the row's own neighbours.
    let whole = lines.rows[current].address..<lines.end(ofRow: current)
    let scope =
      CodePlace(image, image.imageAddress(address))?.blocks()
      .last { $0.isFunction }?.ranges ?? [whole]
    let bounds = scope.isEmpty ? [whole] : scope
    var found: [Range<UInt64>] = []
    for bound in bounds {
      for index in lines.rowIndexes(in: bound) {
        let row = lines.rows[index]
        // Of several rows at one address, one alone has the code.
        guard row.line == wanted.line, row.file == wanted.file, lines.row(at: row.address) == index else { continue }
        let range =
          max(row.address, bound.lowerBound)..<max(bound.lowerBound, min(lines.end(ofRow: index), bound.upperBound))
        if let last = found.last, last.upperBound >= range.lowerBound, bound.contains(last.lowerBound) {
          found[found.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else if !range.isEmpty {
          found.append(range)
        }
      }
    }
    if let own = found.firstIndex(where: { $0.contains(offset) }) { found.swapAt(0, own) }
    return found.map(image.virtualRange)
  }

  /// `lineRanges(at:)` without the rows at which the code of a function inlined into that scope begins, or goes on after
  /// other code: a step comes to a call there, though the line table may have it on the line that is being stepped
  /// through.
  package func stepRanges(at address: VirtualAddress) -> [Range<VirtualAddress>] {
    let ranges = lineRanges(at: address)
    guard let image = loadedImage(at: address), let place = CodePlace(image, image.imageAddress(address)),
      let scope = place.blocks().last(where: \.isFunction)
    else { return ranges }
    let lines = place.unit.lines
    let calls = place.unit.inlinedBegins(in: scope).filter { begin in
      lines.row(at: begin).map { lines.rows[$0].address == begin } ?? false
    }
    return ranges.without(calls.map { image.virtualAddress(ImageAddress($0)) })
  }

  /// The symbol of an ELF file whose code or data covers `address`.
  package func symbol(at address: VirtualAddress) -> SymbolAddress? {
    guard let image = loadedImage(at: address) else { return nil }
    return image.symbols.symbol(at: image.imageAddress(address)).map { SymbolAddress($0, in: image) }
  }

  /// A symbol as the debug information calls the function that begins there: C++'s `main` with its parameters, and one of several
  /// names by that of its definition (`__printf` for `printf`).
  package func described(_ symbol: SymbolAddress) -> SymbolAddress {
    guard symbol.isFunction, symbol.rawName == symbol.name, let function = function(beginningAt: symbol.address),
      function.language == .cpp || function.language == .c
    else { return symbol }
    let full = function.language == .c ? function.name.linkage ?? function.name.full : function.name.full
    return SymbolAddress(
      name: full, address: symbol.address, size: symbol.size, isFunction: true,
      isIndirect: symbol.isIndirect, rawName: function.name.linkage ?? function.name.full)
  }

  /// The function of the debug information whose code begins at an address.
  package func function(beginningAt address: VirtualAddress) -> CodeScope? {
    scopes(at: address).last.flatMap { $0.ranges.first?.lowerBound == address ? $0 : nil }
  }

  /// Where a call of the linkage table's stub at `address` ends up: the functions of its symbol's name. What an indirect
  /// one's code answers is still to be called. Empty where `address` is no stub.
  package func trampolineTargets(at address: VirtualAddress) -> [SymbolAddress] {
    guard let stub = symbol(at: address)?.name, stub.hasSuffix("@plt") else { return [] }
    let name = String(stub.dropLast("@plt".count))
    return symbols(named: name).filter(\.isFunction)
  }

  /// The functions that the C++ thunk at `address` adjusts its object for (Itanium C++ ABI, §2.5.2); empty where it is none.
  package func thunkTargets(at address: VirtualAddress) -> [SymbolAddress] {
    guard let name = symbol(at: address)?.name,
      let prefix = ["non-virtual thunk to ", "virtual thunk to ", "covariant return thunk to "]
        .first(where: name.hasPrefix)
    else { return [] }
    return symbols(named: String(name.dropFirst(prefix.count))).filter(\.isFunction)
  }

  /// The function that the stub at `address` jumps to by now (`jmp *slot(%rip)`, psABI §5.2). nil where it goes to the
  /// dynamic linker still, or is no such stub.
  package func boundTarget(ofTrampolineAt address: VirtualAddress, memory: any MemoryReader) -> VirtualAddress? {
    guard let code = try? memory.bytes(address, count: 16),
      let jump = (0..<code.count - 6).first(where: { code[$0] == 0xff && code[$0 + 1] == 0x25 }), jump <= 5
    else { return nil }
    let distance = code[(jump + 2)..<(jump + 6)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let slot = address.rawValue &+ UInt64(jump + 6) &+ UInt64(bitPattern: Int64(Int32(bitPattern: distance)))
    guard let value = try? memory.integer(VirtualAddress(slot), as: UInt64.self) else { return nil }
    let target = VirtualAddress(value)
    guard let symbol = symbol(at: target), symbol.address == target, !symbol.name.hasSuffix("@plt") else { return nil }
    return target
  }

  /// The row of the line table that an address belongs to.
  func row(at address: VirtualAddress) -> (image: LoadedImage, lines: LineTable, index: Int)? {
    guard let image = loadedImage(at: address) else { return nil }
    let offset = image.imageAddress(address)
    guard let lines = image.unit(at: offset)?.lines, let index = lines.row(at: offset.rawValue) else { return nil }
    return (image, lines, index)
  }
}

extension FunctionName {
  /// Of an ELF symbol.
  init(symbol: String) {
    let demangled = Demangler.demangle(symbol)
    self.init(
      qualified: demangled?.qualified ?? symbol, full: demangled?.full ?? symbol,
      linkage: demangled == nil ? nil : symbol)
  }
}

extension SymbolAddress {
  init(_ symbol: ElfSymbol, in image: LoadedImage) {
    self.init(
      name: Demangler.demangle(symbol.name)?.full ?? Self.plainName(of: symbol),
      address: image.virtualAddress(symbol.address),
      size: symbol.size, isFunction: symbol.isCode, isIndirect: symbol.kind == .indirectFunction,
      rawName: symbol.name)
  }

  /// A function's static variable is `count.3` for the linker, and `count` for everybody else.
  private static func plainName(of symbol: ElfSymbol) -> String {
    guard symbol.kind == .object, !symbol.isGlobal, let dot = symbol.name.lastIndex(of: "."),
      dot > symbol.name.startIndex, symbol.name.index(after: dot) < symbol.name.endIndex,
      symbol.name[symbol.name.index(after: dot)...].allSatisfy({ ("0"..."9").contains($0) })
    else { return symbol.name }
    return String(symbol.name[..<dot])
  }
}
