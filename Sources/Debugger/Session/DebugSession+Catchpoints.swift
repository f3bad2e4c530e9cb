import DebugInfo
import MachineModel
import Tracing

/// Stops at what the program does, wherever in its code.
extension DebugSession {
  package func addCatchpoint(_ event: CatchEvent, condition: String? = nil, isTemporary: Bool = false)
    async throws(SessionError) -> BreakpointSnapshot
  {
    if let condition, let address = try? await selectedScope().lookupAddress {
      try checkCondition(condition, at: address)
    }
    let breakpoint = breakpointTable.add(.event(event), condition: condition, thread: nil, isTemporary: isTemporary)
    if case .exception(let stage) = event { breakpointTable[breakpoint.id]?.locations = locations(of: stage) }
    await placeSites()
    announce(breakpoint)
    return breakpoint.snapshot
  }

  /// Where the languages' runtimes come by; empty while no image has one.
  func locations(of stage: ExceptionStage) -> [CodeLocation] {
    let addresses = stage.functions.flatMap { name in
      symbols.symbols(named: name).filter { $0.isFunction && ($0.name == name || $0.name.hasSuffix("::\(name)")) }
        .map(\.address)
    }
    return Set(addresses).sorted().map {
      CodeLocation(address: $0, source: symbols.source(at: $0), function: symbols.scopes(at: $0).first?.name)
    }
  }

  // MARK: What is caught

  private var caughtEvents: CaughtEvents {
    var caught = CaughtEvents()
    caught.forks = stopsAtForks
    caught.vforks = stopsAtForks
    for event in enabledEvents.map(\.event) {
      switch event {
      case .fork: caught.forks = true
      case .vfork: caught.vforks = true
      case .systemCalls(let calls):
        if calls.isEmpty { caught.catchesAllSystemCalls = true }
        caught.systemCalls.formUnion(calls)
      default: break
      }
    }
    return caught
  }

  private var enabledEvents: [(breakpoint: Breakpoint, event: CatchEvent)] {
    breakpointTable.all.compactMap { breakpoint in
      guard breakpoint.isEnabled, case .event(let event) = breakpoint.kind else { return nil }
      return (breakpoint, event)
    }
  }

  /// Signals with those that catchpoints stop at.
  var effectiveSignals: SignalDispositions {
    var dispositions = signals
    for case .signals(let choice) in enabledEvents.map(\.event) {
      for number in 1...Signal.count where choice.contains(Signal(Int32(number))) {
        dispositions[Signal(Int32(number))].stops = true
      }
    }
    return dispositions
  }

  func handOverEvents(to process: TracedProcess) async {
    let wanted = caughtEvents
    guard wanted != sentEvents else { return }
    sentEvents = wanted
    await process.setCaughtEvents(wanted)
  }

  // MARK: Stops

  /// Asks the catchpoints for which `matches` says that they are meant.
  func claim(_ stop: StopEvent, _ event: CatchReport.Event, _ matches: (CatchEvent) -> Bool) async -> Claim {
    claims = []
    var cause: StopCause?
    for (breakpoint, wanted) in enabledEvents where matches(wanted) {
      switch await countHit(of: breakpoint, stop) {
      case .passedOver: continue
      case .arrived(let arrival): return .arrived(arrival)
      case .due: claims.append(ClaimedBreakpoint(id: breakpoint.id, commands: breakpoint.commands))
      }
      if cause == nil {
        cause = .caught(CatchReport(id: breakpoint.id, isTemporary: breakpoint.isTemporary, event: event))
      }
    }
    guard let cause else { return .unclaimed }
    await retireClaimed()
    return .claimed(cause)
  }

  /// Deletes the temporary ones of what a stop is due to.
  func retireClaimed() async {
    let temporary = claims.map(\.id).filter { breakpointTable[$0]?.isTemporary == true }
    for id in temporary { breakpointTable[id] = nil }
    if !temporary.isEmpty { await placeSites() }
    sink.yield(.breakpointsChanged)
  }

  /// What a breakpoint with places in the code says of a stop.
  func cause(of breakpoint: Breakpoint, at stop: StopEvent) async -> StopCause {
    guard case .event(.exception(let stage)) = breakpoint.kind else {
      return .breakpoint(id: breakpoint.id, isTemporary: breakpoint.isTemporary)
    }
    let exception = await exception(at: stop, stage, for: breakpoint.id)
    return .caught(
      CatchReport(
        id: breakpoint.id, isTemporary: breakpoint.isTemporary,
        event: .exception(stage, type: exception?.type, what: exception?.what)))
  }

  /// What has changed of the libraries since `before`.
  func claimLibraries(_ stop: StopEvent, since before: [DynamicLinkerState.Entry: Int]) async -> Claim {
    let loaded = images.numbers.keys.filter { before[$0] == nil }.map(\.name).sorted()
    let gone = before.keys.filter { images.numbers[$0] == nil }.map(\.name).sorted()
    func has(_ names: [String], _ pattern: String?) -> Bool {
      names.contains { name in pattern.map { name.contains($0) } ?? true }
    }
    if !loaded.isEmpty {
      let claim = await claim(stop, .load(loaded)) {
        if case .load(let pattern) = $0 { has(loaded, pattern) } else { false }
      }
      guard case .unclaimed = claim else { return claim }
    }
    guard !gone.isEmpty else { return .unclaimed }
    return await claim(stop, .unload(gone)) { if case .unload(let pattern) = $0 { has(gone, pattern) } else { false } }
  }
}
