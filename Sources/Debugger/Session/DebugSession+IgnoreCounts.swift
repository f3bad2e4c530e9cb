import DebugInfo
import MachineModel
import Tracing

/// A breakpoint whose hits the tracer thread passes over by itself while the process runs.
struct IgnoredSite {
  let breakpoint: Int
  let address: VirtualAddress
  /// The site's hits when the process was resumed.
  let hitsBefore: Int
}

/// Hits that are to be passed over need no symbols, and so no hop to the session: the tracer thread counts them.
extension DebugSession {
  /// Hands ignore counts over before a resumption: of breakpoints with one place, no condition, and that place
  /// for themselves. The others are counted here, stop by stop.
  func handOverIgnoreCounts(to process: TracedProcess) async {
    ignoredSites = []
    for breakpoint in breakpointTable.all where breakpoint.isEnabled && breakpoint.ignoreCount > 0 {
      guard breakpoint.condition == nil, breakpoint.locations.count == 1,
        let address = breakpoint.locations.first?.address, insertedSites.contains(address),
        address != images.linkerBreakpoint, breakpointTable.enabled(at: address).count == 1
      else { continue }
      ignoredSites.append(
        IgnoredSite(breakpoint: breakpoint.id, address: address, hitsBefore: await process.hits(at: address)))
      await process.setIgnoreCount(breakpoint.ignoreCount, at: address)
    }
  }

  /// Takes over, at a stop or the end, what was counted meanwhile.
  func collectIgnoredHits(from process: TracedProcess) async {
    for site in ignoredSites {
      let hits = await process.hits(at: site.address) - site.hitsBefore
      await process.setIgnoreCount(0, at: site.address)
      guard var breakpoint = breakpointTable[site.breakpoint] else { continue }
      let passed = min(breakpoint.ignoreCount, max(0, hits))
      breakpoint.hits += passed
      breakpoint.ignoreCount -= passed
      breakpointTable[site.breakpoint] = breakpoint
    }
    ignoredSites = []
  }
}
