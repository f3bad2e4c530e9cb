package import DebugInfo
package import MachineModel

/// Where names and lines are: `info scope`, `info address`, `info line`.
extension DebugSession {
  /// Everything that is declared in the scopes around a place, the innermost first.
  package func scopePlaces(_ location: LocationSpecification) async throws(SessionError) -> [SymbolPlace] {
    try await resolve(location).first.map { symbols.places(inScopeAt: $0.address) } ?? []
  }

  /// Where a variable, function or other symbol is, in words.
  package func place(ofName name: String) async throws(SessionError) -> SymbolPlace {
    try await indexed(.names)
    let scope = try await selectedScope()
    if let function = scope.frame.scope?.entry,
      let variable = symbols.variables(in: function, at: scope.lookupAddress).first(where: { $0.name == name }),
      let found = symbols.place(of: variable)
    {
      return found
    }
    if let variable = symbols.globals(named: name, near: process == nil ? nil : scope.lookupAddress).first,
      let found = symbols.place(of: variable)
    {
      return found
    }
    if scope.language == .cpp, let type = scope.type(named: name), type.name == name {
      return SymbolPlace(name: name, place: "a typedef", size: nil)
    }
    if let function = scope.function(named: name, inFile: nil), case .memory(let address) = function.location {
      let full = symbols.scopes(at: address).last?.name.full ?? name
      return SymbolPlace(name: full, place: "a function at address \(address)", size: nil)
    }
    if scope.enumerator(named: name) != nil { return SymbolPlace(name: name, place: "constant", size: nil) }
    if let symbol = scope.minimalSymbol(named: name) {
      return SymbolPlace(
        name: name, place: "at \(symbol.address) in a file compiled without debugging", size: nil)
    }
    throw .noSymbol(name)
  }

  /// `info line`: the code of a line, or of what else a place names; of `.here`, of the selected frame's line. What `x`
  /// shows next begins there.
  package func lineAddresses(_ location: LocationSpecification) async throws(SessionError) -> [LineAddresses] {
    let answers = try await lineExtents(location)
    if let start = answers.first?.start {
      nextExamined = start
      // As gdb has it: an address, of nothing in particular.
      let scope = (try? await selectedScope()) ?? programScope()
      history.convenience["_"] = Value(type: .pointer(to: .void), address: start, source: scope)
      history.convenience["__"] = nil
    }
    return answers
  }

  private func lineExtents(_ location: LocationSpecification) async throws(SessionError) -> [LineAddresses] {
    try await indexed(.units)
    switch location {
    case .here, .line, .offset:
      guard let source = await defaultSourceLocation() else { throw .refused("No line number information available.") }
      if case .offset = location, case .fileLine(let file, let line) = try await anchored(location) {
        return symbols.lineExtents(ofLine: line, inFile: file).map(answer)
      }
      var line = source.line
      if case .line(let stated) = location { line = stated }
      return symbols.lineExtents(ofLine: line, inFile: source.file).map(answer)
    case .fileFunction(let function, let label) where !symbols.knowsFile(function):
      return try await lineExtents(.label(function: function, label: label))
    case .fileLine(let file, let line):
      let found = symbols.lineExtents(ofLine: line, inFile: file)
      guard !found.isEmpty else { throw .unknownFile(file) }
      return found.map(answer)
    case .label:
      return try await resolve(location).compactMap { place in
        symbols.extent(at: place.address, line: place.source?.line).map(answer)
      }
    case .function(let name):
      return try await lineExtents(of: location, orVariable: name, inFile: nil)
    case .fileFunction(let file, let name):
      return try await lineExtents(of: location, orVariable: name, inFile: file)
    case .address:
      return try await lineExtents(ofCodeAt: location)
    }
  }

  private func lineExtents(ofCodeAt location: LocationSpecification) async throws(SessionError) -> [LineAddresses] {
    try await resolveStart(location).map { place in
      symbols.extent(at: place.address, line: nil).map(answer) ?? withoutLine(place.address)
    }
  }

  /// A name that no function has may be a variable's: its line, and where it is.
  private func lineExtents(
    of location: LocationSpecification, orVariable name: String, inFile file: String?
  ) async throws(SessionError) -> [LineAddresses] {
    do throws(SessionError) {
      _ = try await codeLocations(location)
    } catch {
      // Before a function of another name is taken for it.
      let found = try await variableLines(named: name, inFile: file)
      if !found.isEmpty { return found }
    }
    return try await lineExtents(ofCodeAt: location)
  }

  private func variableLines(
    named name: String, inFile file: String?
  ) async throws(SessionError) -> [LineAddresses] {
    try await indexed(.names)
    let scope = try await selectedScope()
    var found: [LineAddresses] = []
    for variable in symbols.globals(named: name, near: process == nil ? nil : scope.lookupAddress) {
      guard let place = variable.declaration, file.map(place.isIn) ?? true else { continue }
      var rows: [LineAddresses] = []
      if case .memory(let address) = symbols.locate(variable, in: scope) {
        let symbol = angled(address)
        var row = LineAddresses(
          file: place.file, line: place.line, start: address, end: address, startSymbol: symbol, endSymbol: symbol)
        row.sourceName = symbols.recordedName(ofFile: place.file)
        rows = [row]
      } else {
        // Without a place of its own it stands for the code that follows its line.
        rows = symbols.lineExtents(ofLine: place.line, inFile: place.file).map(answer)
      }
      found += rows.filter { !found.contains($0) }
    }
    guard found.isEmpty, file == nil else { return found }
    return symbols.symbols(named: name).filter { !$0.isFunction }.map { withoutLine($0.address) }
  }

  private func withoutLine(_ address: VirtualAddress) -> LineAddresses {
    LineAddresses(file: "", line: 0, start: address, end: address, startSymbol: angled(address), endSymbol: nil)
  }

  private func answer(_ extent: LineExtent) -> LineAddresses {
    var answer = LineAddresses(
      file: extent.file, line: extent.line, start: extent.range?.lowerBound, end: extent.range?.upperBound,
      startSymbol: extent.range.flatMap { angled($0.lowerBound) },
      endSymbol: extent.range.flatMap { angled($0.upperBound) })
    answer.sourceName =
      extent.range.map { symbols.recordedName(of: extent.file, at: $0.lowerBound) }
      ?? symbols.recordedName(ofFile: extent.file)
    return answer
  }

  private func angled(_ address: VirtualAddress) -> String? { symbolText(address).map { "<\($0)>" } }

  /// Of a source file: what its unit says of how it was compiled. nil where no unit has code of it.
  package func compilation(of file: String) async throws(SessionError) -> Compilation? {
    try await indexed(.units)
    return symbols.compilation(of: file)
  }

  /// The section that an address is in: `.text`; nil where no image has one there.
  package func section(at address: VirtualAddress) async -> String? { symbols.section(at: address) }
}
