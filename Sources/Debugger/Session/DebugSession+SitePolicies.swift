import DebugInfo
import MachineModel
import Tracing

/// What the tracer thread has been told of the breakpoints, so that it can pass over hits by itself.
struct SitePolicies {
  /// A breakpoint whose hits are counted on the tracer thread.
  struct Counted {
    let breakpoint: Int
    let address: VirtualAddress
    /// The site's hits when the process was resumed.
    let hitsBefore: Int
  }
  /// A condition at a place.
  struct Place: Hashable {
    let condition: String
    let address: VirtualAddress
  }
  var sent: [VirtualAddress: SitePolicy] = [:]
  var counted: [Counted] = []
  /// nil for a condition that has to be evaluated at each hit.
  var compiled: [Place: SiteProgram?] = [:]
  /// By place and breakpoint; nil for a line that has to be put together at each hit.
  var logLines: [Place: CompiledLogLine?] = [:]
  /// Some calls are timed.
  var timesCalls = false
}

/// Hits to be passed over need no symbols, and so no hop to the session.
extension DebugSession {
  /// Hands over what the tracer thread can decide, before a resumption. What it can't (a condition that calls a function, a place that
  /// several breakpoints share) is decided here, stop by stop.
  func handOverPolicies(to process: TracedProcess) async {
    let wanted = wantedPolicies()
    for address in policies.sent.keys where wanted[address] == nil {
      await process.setPolicy(SitePolicy(), at: address)
    }
    for (address, (policy, _)) in wanted where policies.sent[address] != policy {
      await process.setPolicy(policy, at: address)
    }
    policies.sent = wanted.mapValues(\.policy)
    let timesCalls = breakpointTable.all.contains { $0.isEnabled && $0.probe == .time }
    if policies.timesCalls, !timesCalls { await process.stopTiming() }
    policies.timesCalls = timesCalls
    policies.counted = []
    for (address, (policy, breakpoint)) in wanted
    where policy.ignoreCount > 0 || policy.captures != nil || policy.timedFrame != nil {
      policies.counted.append(
        .init(breakpoint: breakpoint, address: address, hitsBefore: await process.hits(at: address)))
    }
  }

  private func wantedPolicies() -> [VirtualAddress: (policy: SitePolicy, breakpoint: Int)] {
    let enabled = breakpointTable.all.filter(\.isEnabled)
    guard
      enabled.contains(where: {
        $0.condition != nil || $0.ignoreCount > 0 || $0.thread != nil || $0.log != nil || $0.probe != nil
      })
    else { return [:] }
    var claimants: [VirtualAddress: Int] = [:]
    for breakpoint in enabled { for location in breakpoint.locations { claimants[location.address, default: 0] += 1 } }
    var wanted: [VirtualAddress: (SitePolicy, Int)] = [:]
    for breakpoint in enabled {
      for location in breakpoint.locations where claimants[location.address] == 1 && isForUserAlone(location.address) {
        if let policy = policy(of: breakpoint, at: location) { wanted[location.address] = (policy, breakpoint.id) }
      }
    }
    return wanted
  }

  /// nil where each hit has to be told.
  private func policy(of breakpoint: Breakpoint, at location: CodeLocation) -> SitePolicy? {
    var policy = SitePolicy()
    if let number = breakpoint.thread {
      guard let thread = threads.thread(numbered: number) else { return nil }
      policy.thread = thread
    }
    if let condition = breakpoint.condition {
      guard let program = compiled(condition, at: location.address) else { return policy.thread == nil ? nil : policy }
      policy.condition = program
    }
    // A count is for all places together.
    if breakpoint.locations.count == 1 { policy.ignoreCount = breakpoint.ignoreCount }
    // What is still to be ignored at all places together is counted at each hit.
    if breakpoint.ignoreCount == policy.ignoreCount {
      if breakpoint.probe == .count { policy.ignoreCount = .max }
      if breakpoint.probe == .time { policy.timedFrame = frameProgram(at: location.address) }
    }
    if let line = breakpoint.log, breakpoint.ignoreCount == policy.ignoreCount {
      // Of a line that goes nowhere, nothing need be taken along.
      policy.captures = compiled(line, of: breakpoint.id, at: location.address).map { lets(line) ? $0.captures : [] }
    }
    return policy == SitePolicy() ? nil : policy
  }

  func compiled(_ condition: String, at address: VirtualAddress) -> SiteProgram? {
    let place = SitePolicies.Place(condition: condition, address: address)
    if let known = policies.compiled[place] { return known }
    let program = compiler(at: address).number(condition)?.program
    policies.compiled[place] = .some(program)
    return program
  }

  func compiled(_ line: LogLine, of breakpoint: Int, at address: VirtualAddress) -> CompiledLogLine? {
    let place = SitePolicies.Place(condition: "\(breakpoint)", address: address)
    if let known = policies.logLines[place] { return known }
    let made = compiler(at: address).logLine(line, of: breakpoint)
    policies.logLines[place] = .some(made)
    return made
  }

  private func compiler(at address: VirtualAddress) -> SiteCompiler {
    SiteCompiler(
      SiteProbe(
        at: address, scope: symbols.scopes(at: address).first, symbols: symbols, values: history,
        language: settings.language.source))
  }

  /// True for a place where nothing of the session's own waits for the program.
  private func isForUserAlone(_ address: VirtualAddress) -> Bool {
    insertedSites.contains(address) && !breakpointTable.isScopeEnd(address) && address != images.linkerBreakpoint
      && !terminations.contains(address)
      && escapes.exits[address] == nil && traces.returns[address] == nil && !escapes.targets.contains(address)
      && !calls.isLanding(address)
  }

  /// Takes over, at a stop or the end, what was counted meanwhile.
  func collectIgnoredHits(from process: TracedProcess) async {
    for site in policies.counted {
      let hits = await process.hits(at: site.address) - site.hitsBefore
      guard var breakpoint = breakpointTable[site.breakpoint] else { continue }
      let ignored = min(breakpoint.ignoreCount, max(0, hits))
      // A log line is printed for all others, a probe has dealt with them; of other breakpoints those are reported, and counted
      // then.
      breakpoint.hits += breakpoint.log == nil && breakpoint.probe == nil ? ignored : max(0, hits)
      breakpoint.ignoreCount -= ignored
      breakpointTable[site.breakpoint] = breakpoint
      // The tracer thread has counted down by itself.
      if breakpoint.probe != .count { policies.sent[site.address]?.ignoreCount = breakpoint.ignoreCount }
    }
    policies.counted = []
    await collectCallTimes(from: process)
  }
}
