import DebugInfo
import MachineModel
import Tracing

/// Where breakpoints that observe have their traps.
extension DebugSession {
  /// True where a place is known so far.
  package func knows(_ location: LocationSpecification) async -> Bool {
    if let found = try? await codeLocations(location) { !found.isEmpty } else { false }
  }

  /// The places that a probe needs, of those that its specification leads to. Throws where it has none.
  func places(
    of probe: Probe?, _ condition: String?, _ locations: [CodeLocation]
  ) throws(SessionError) -> [CodeLocation] {
    switch probe {
    case .time:
      let called = locations.filter { symbols.scopes(at: $0.address).first?.isInlined != true }
      guard !called.isEmpty || locations.isEmpty else {
        throw .refused("It is inlined wherever it is used: there are no calls to be timed.")
      }
      // A condition may name arguments, which are not in their places before the prologue is through.
      return condition == nil ? called.map(entry) : called
    case .trace(lines: true): return locations + locations.flatMap(statements)
    case .trace(lines: false), .count, nil: return locations
    }
  }

  /// The first instruction of the function that a place is in.
  private func entry(of location: CodeLocation) -> CodeLocation {
    let scope = symbols.scopes(at: location.address).last
    let entry = scope?.ranges.first?.lowerBound ?? symbols.symbol(at: location.address)?.address
    return CodeLocation(address: entry ?? location.address, source: location.source, function: location.function)
  }

  /// What answers the canonical frame address at a place; nil where no call frame information says it.
  func frameProgram(at address: VirtualAddress) -> SiteProgram? {
    if let rule = symbols.frameRule(at: address) { return rule.program }
    let entry = symbols.scopes(at: address).last?.ranges.first?.lowerBound ?? symbols.symbol(at: address)?.address
    // The call has pushed its return address, and nothing else has happened (psABI §3.2.2).
    return entry == address ? SiteProgram([.register(.rsp), .constant(8), .arithmetic(.add)]) : nil
  }

  /// Takes over what was measured meanwhile.
  func collectCallTimes(from process: TracedProcess) async {
    for breakpoint in breakpointTable.all where breakpoint.probe == .time {
      for location in breakpoint.locations {
        guard let times = await process.takeCallTimes(at: location.address) else { continue }
        breakpointTable[breakpoint.id]?.times.add(times)
      }
    }
  }

  /// Where lines begin, behind a place in the same function.
  private func statements(behind location: CodeLocation) -> [CodeLocation] {
    guard let scope = symbols.scopes(at: location.address).first else { return [] }
    var found: [CodeLocation] = []
    for range in scope.ranges {
      var address = range.contains(location.address) ? location.address : range.lowerBound
      var line = location.source?.line
      while address < range.upperBound, let row = symbols.lineRow(at: address), row.range.upperBound > address {
        if row.isStatement, row.source.line != line, row.source.line > 0, address != location.address {
          found.append(CodeLocation(address: address, source: row.source, function: location.function))
        }
        line = row.source.line
        address = row.range.upperBound
      }
    }
    return found
  }
}
