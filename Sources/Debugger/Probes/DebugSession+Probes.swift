import DebugInfo
import MachineModel
import Tracing

/// Where breakpoints that observe have their traps.
extension DebugSession {
  /// True where a function of that name is known so far.
  package func knowsFunction(_ name: String) async -> Bool {
    if let found = try? await codeLocations(.function(name)) { !found.isEmpty } else { false }
  }

  /// The places that a probe needs, of those that its specification leads to. Throws where it has none.
  func places(of probe: Probe?, _ locations: [CodeLocation]) throws(SessionError) -> [CodeLocation] {
    switch probe {
    case .time:
      let entries = locations.compactMap(entry)
      guard entries.isEmpty, !locations.isEmpty else { return entries }
      throw .refused("It is inlined wherever it is used: there are no calls to be timed.")
    case .trace(lines: true): return locations + locations.flatMap(statements)
    case .trace(lines: false), .count, nil: return locations
    }
  }

  /// The first instruction of the function that a place is in; nil for a copy that is inlined, which nobody calls.
  private func entry(of location: CodeLocation) -> CodeLocation? {
    let scopes = symbols.scopes(at: location.address)
    guard scopes.first?.isInlined != true,
      let entry = scopes.last?.ranges.first?.lowerBound ?? symbols.symbol(at: location.address)?.address
    else { return nil }
    return CodeLocation(address: entry, source: location.source, function: location.function)
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
