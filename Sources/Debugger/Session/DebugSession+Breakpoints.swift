import DebugInfo
import MachineModel
import Tracing

extension DebugSession {
  /// Sets a breakpoint; `allowsPending` keeps one whose place is unknown so far, else that throws.
  package func addBreakpoint(
    _ location: LocationSpecification, condition: String? = nil, thread: Int? = nil, log: LogLine? = nil,
    probe: Probe? = nil, isTemporary: Bool = false, allowsPending: Bool = false, isHardware: Bool = false
  ) async throws(SessionError) -> BreakpointSnapshot {
    if let thread, threads.thread(numbered: thread) == nil { throw .refused("Unknown thread \(thread).") }
    var absolute = try await anchored(location)
    var places: [CodeLocation] = []
    do throws(SessionError) {
      places = try await codeLocations(location)
    } catch {
      if let other = meant(by: error, location, saysNearest: !allowsPending) {
        absolute = other
        places = try await codeLocations(other)
      } else {
        guard allowsPending, error.mayResolveLater else { throw error }
      }
    }
    if let condition { try checkCondition(condition, at: places.first?.address) }
    let entries = Set(places.map(\.address))
    places = try self.places(of: probe, condition, places)
    let breakpoint = breakpointTable.add(
      absolute, condition: condition, isTemporary: isTemporary, locations: places)
    breakpointTable[breakpoint.id]?.thread = thread
    breakpointTable[breakpoint.id]?.log = log
    breakpointTable[breakpoint.id]?.probe = probe
    breakpointTable[breakpoint.id]?.entries = entries
    if isHardware { breakpointTable[breakpoint.id]?.kind = .hardwareCode }
    await placeSites()
    announce(breakpoint)
    return snapshot(of: breakpointTable[breakpoint.id] ?? breakpoint)
  }

  /// Says that there is a new one.
  func announce(_ breakpoint: Breakpoint) {
    history.convenience["bpnum"] = Value(type: .int, integer: Int64(breakpoint.id), source: programScope()).loaded()
    sink.yield(.breakpointsChanged)
  }

  /// Where a function's name is not known: the one that differs by case only, with a note; if there is none, it is said
  /// which name is near. Not before the libraries are there, which may have the very name.
  func meant(
    by error: SessionError, _ location: LocationSpecification, saysNearest: Bool = true
  ) -> LocationSpecification? {
    guard case .unknownFunction = error, case .function(let name) = location else { return nil }
    // A type has its name rightly, though it has no code.
    guard symbols.declaration(ofType: name) == nil else { return nil }
    let like = symbols.functionNames(like: name)
    if !isBeforeLibraries, like.inOtherCase.count == 1, let last = like.inOtherCase.first {
      // In the scope that was asked for.
      let other = ExpressionParser.split(name).map { "\($0.0)::\(last)" } ?? last
      guard other == last || !symbols.locations(ofFunction: other).isEmpty else { return nil }
      notify("Note: there is no function \"\(name)\"; taking \"\(other)\".")
      return .function(other)
    }
    if saysNearest, let nearest = like.inOtherCase.first ?? like.nearest {
      // One that has but another scope or other parameters is told with its own.
      let function = symbols.locations(ofFunction: nearest).first?.function
      let hasName = name.contains(nearest.prefix { $0 != "<" })
      notify("Did you mean \"\((hasName ? function?.full : function?.qualified) ?? nearest)\"?")
    }
    return nil
  }

  /// All breakpoints, by number.
  package func breakpoints() async -> [BreakpointSnapshot] { breakpointTable.all.map(snapshot) }

  private func snapshot(of breakpoint: Breakpoint) -> BreakpointSnapshot {
    var snapshot = breakpoint.snapshot
    let shown = breakpoint.shownLocations
    for (index, location) in snapshot.locations.enumerated() {
      // Where no line says it, the distance from the symbol does.
      let name = shown[index].function?.full
      snapshot.locations[index].signature = location.file == nil ? symbolText(location.address) ?? name : name
      snapshot.locations[index].sourceName = location.file.map { symbols.recordedName(of: $0, at: location.address) }
    }
    return snapshot
  }

  /// nil: all.
  package func deleteBreakpoints(_ ids: [Int]?) async throws(SessionError) {
    try await change(ids) { table, id in table[id] = nil }
  }

  /// nil: all. Disabled ones keep their places, and have no trap in the process.
  package func enableBreakpoints(_ ids: [Int]?, _ enabled: Bool) async throws(SessionError) {
    forgetWatchedPlaces()
    try await change(ids) { table, id in table[id]?.isEnabled = enabled }
  }

  /// Passes over the next `count` hits; a negative number counts as none.
  package func ignore(breakpoint id: Int, count: Int) async throws(SessionError) {
    try await change([id]) { table, id in table[id]?.ignoreCount = max(0, count) }
  }

  /// What is to be done at each of its stops, instead of what was; a command a line.
  package func setCommands(breakpoints ids: [Int], _ commands: [String]) async throws(SessionError) {
    try await change(ids) { table, id in table[id]?.commands = commands }
  }

  /// A thread has ended, and with it what was to stop it alone.
  func deleteBreakpoints(ofThread number: Int) async {
    let orphans = breakpointTable.all.filter { $0.thread == number }
    guard !orphans.isEmpty else { return }
    for breakpoint in orphans {
      breakpointTable[breakpoint.id] = nil
      notify(
        "Thread-specific breakpoint \(breakpoint.id) deleted - thread \(number) no longer in the thread list.")
    }
    await placeSites()
    sink.yield(.breakpointsChanged)
  }

  /// nil: stops always. The condition is parsed only when the breakpoint is hit.
  package func setCondition(breakpoint id: Int, _ condition: String?) async throws(SessionError) {
    if let condition, let breakpoint = breakpointTable[id] {
      try checkCondition(condition, at: breakpoint.locations.first?.address)
    }
    try await change([id]) { table, id in table[id]?.condition = condition }
    // With a condition, it waits elsewhere.
    if breakpointTable[id]?.probe == .time { await resolveBreakpoints() }
  }

  /// Refuses a condition that does not parse or names what is unknown where it is to hold. What it will find in memory
  /// and registers is not known so far.
  func checkCondition(_ condition: String, at address: VirtualAddress?) throws(SessionError) {
    guard let address else { return }
    let frame = frame(anchoredAt: address)
    let scope = FrameScope(
      symbols: symbols, memory: ImageFileMemory([]), walker: nil, frame: frame, thread: nil, base: nil,
      floatingPoint: nil,
      values: history, threadStorage: nil)
    scope.chosenLanguage = settings.language.source
    if let reason = ExpressionEvaluator(scope: scope).unknownName(in: condition) { throw .expression(reason.message) }
  }

  private func change(
    _ ids: [Int]?, _ body: (inout BreakpointTable, Int) -> Void
  ) async throws(SessionError) {
    let chosen = ids ?? breakpointTable.all.map(\.id)
    if let unknown = chosen.first(where: { breakpointTable[$0] == nil }) { throw .noBreakpoint(unknown) }
    for id in chosen { body(&breakpointTable, id) }
    await placeSites()
    sink.yield(.breakpointsChanged)
  }

  /// The breakpoints whose sites are at a place: `clear LOCATION`, the `b` key on a line.
  package func breakpoints(at location: LocationSpecification) async throws(SessionError) -> [BreakpointSnapshot] {
    let absolute = try await anchored(location)
    let addresses = Set(try await codeLocations(absolute).map(\.address))
    return breakpointTable.all.filter { breakpoint in
      breakpoint.kind.isCode && breakpoint.specification == absolute
        || breakpoint.locations.contains { addresses.contains($0.address) }
    }.map(snapshot)
  }

  /// Gives a specification that depends on where the user is its file and line.
  func anchored(_ location: LocationSpecification) async throws(SessionError) -> LocationSpecification {
    switch location {
    case .here:
      guard let frame = try? await selectedWalker().frame(selection.level) else {
        throw .refused("No default breakpoint address now.")
      }
      return .address(frame.programCounter.description)
    case .line(let line):
      guard let current = await defaultSourceLocation() else {
        throw .noSymbolTable
      }
      return .fileLine(file: current.file, line: line)
    case .offset(let distance):
      guard let current = await defaultListing() else { throw .noSymbolTable }
      return .fileLine(file: current.file, line: current.line + distance)
    default: return location
    }
  }

  /// Where an anchored specification leads.
  func codeLocations(_ location: LocationSpecification) async throws(SessionError) -> [CodeLocation] {
    switch location {
    case .here, .line, .offset:
      do throws(SessionError) {
        return try await codeLocations(anchored(location))
      } catch {
        if case .noLine(let line, _) = error { throw .noLine(line, file: "") }
        throw error
      }
    case .fileLine(let file, let line):
      try await indexed(.units)
      let found = symbols.locations(ofLine: line, inFile: file)
      if found.isEmpty {
        guard symbols.knowsFile(file) else { throw .unknownFile(file) }
        throw .noLine(line, file: file)
      }
      return found
    case .function(let name):
      try await indexed(forFunction: name)
      let chosen = process.map { symbols.locations(ofIndirectFunction: name, memory: $0.memory) } ?? []
      if !chosen.isEmpty, symbols.isIndirectFunction(name) { return chosen }
      let found = symbols.locations(ofFunction: name, inFile: nil)
      guard !found.isEmpty else { throw .unknownFunction(name) }
      return found
    case .fileFunction(let file, let function):
      try await indexed(.names)
      let found = symbols.locations(ofFunction: function, inFile: file)
      guard !found.isEmpty else {
        if !symbols.knowsFile(file) { return try await labels(function, inFunction: file) }
        throw .unknownFunction("\(function)\" in \"\(file)")
      }
      return found
    case .label(let function?, let label): return try await labels(label, inFunction: function)
    case .label(nil, let label):
      guard let function = (try? await selectedInternalFrame())?.function?.name.qualified else {
        throw .refused("No label \"\(label)\" defined in current function.")
      }
      return try await labels(label, inFunction: function)
    case .address(let expression):
      let address = try await address(of: expression)
      return [
        CodeLocation(
          address: address, source: symbols.source(at: address), function: symbols.scopes(at: address).first?.name)
      ]
    }
  }

  /// What stands before the colon is a function, if it is no file.
  private func labels(_ label: String, inFunction function: String) async throws(SessionError) -> [CodeLocation] {
    let found = symbols.locations(ofLabel: label, inFunction: function)
    guard found.isEmpty else { return found }
    guard !symbols.locations(ofFunction: function).isEmpty else { throw .unknownFile(function) }
    throw .refused("No label \"\(label)\" defined in function \"\(function)\".")
  }

  /// Finds the places of all breakpoints in the images of now: after a launch, a `dlopen`, an exec.
  func resolveBreakpoints() async {
    forgetWatchedPlaces()
    for breakpoint in breakpointTable.all {
      if case .event(.exception(let stage)) = breakpoint.kind {
        breakpointTable[breakpoint.id]?.locations = locations(of: stage)
      }
      guard breakpoint.kind.isCode else { continue }
      var isAddress = false
      if case .address(let expression) = breakpoint.specification {
        isAddress = true
        // What a register held then is what was meant; a function has moved with its image.
        if expression.contains("$"), !breakpoint.locations.isEmpty { continue }
      }
      var places: [CodeLocation] = []
      var entries: Set<VirtualAddress> = []
      do throws(SessionError) {
        places = try await codeLocations(breakpoint.specification)
        entries = Set(places.map(\.address))
        places = try self.places(of: breakpoint.probe, breakpoint.condition, places)
      } catch .cancelled {
        notify("Breakpoint \(breakpoint.id) was not looked for in all files: Quit")
        continue
      } catch {
        // What is not there may come with another image; of other failures the places of before are the best there is.
        guard error.mayResolveLater else { continue }
      }
      guard places != breakpoint.locations, !(isAddress && places.isEmpty) else { continue }
      if breakpoint.locations.isEmpty, process != nil {
        sink.yield(.notice("Breakpoint \(breakpoint.id), pending, is resolved: \(places.count) location(s)."))
      }
      breakpointTable[breakpoint.id]?.locations = places
      breakpointTable[breakpoint.id]?.entries = entries
    }
    await placeSites()
    sink.yield(.breakpointsChanged)
  }

  /// Makes the traps in the process those that the enabled breakpoints want.
  func placeSites() async {
    guard let process else { return }
    let wanted = breakpointTable.wantedSites
    for address in insertedSites.subtracting(wanted) where insertedSites.remove(address) != nil {
      policies.sent[address] = nil
      // A page that was unmapped took its trap along.
      try? await process.removeSite(at: address)
    }
    for address in wanted.subtracting(insertedSites).sorted() {
      // Claimed before the wait, in which another request may come by: a site that is inserted twice stays.
      guard insertedSites.insert(address).inserted else { continue }
      do {
        try await process.insertSite(at: address)
        refusedSites.remove(address)
      } catch {
        insertedSites.remove(address)
        // Said once, not at each library that is loaded.
        guard refusedSites.insert(address).inserted else { continue }
        let ids = breakpointTable.enabled(at: address).map { "\($0.id)" }.joined(separator: ", ")
        notify("Warning:\nCannot insert breakpoint \(ids).\nCannot access memory at address \(address)")
      }
    }
  }
}

extension SessionError {
  /// True for a place that a library still to be loaded may have.
  package var mayResolveLater: Bool {
    switch self {
    case .unknownFunction, .unknownFile, .noLine: true
    default: false
    }
  }
}
