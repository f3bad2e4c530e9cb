package import MachineModel

/// The ranges of a scope's code, entry first.
extension Array {
  /// Where the scope is come to from other code: at its entry, and at each range that none of its others leads up to.
  package func begins<Address>() -> [Address] where Element == Range<Address> {
    enumerated().filter { index, range in
      let begin = range.lowerBound
      return index == 0 || !contains { $0.lowerBound < begin && begin <= $0.upperBound }
    }.map(\.element.lowerBound)
  }
}

extension [Range<VirtualAddress>] {
  /// Without single addresses, where a step is to look around.
  package func without(_ places: [VirtualAddress]) -> Self {
    places.reduce(self) { rest, place in
      rest.flatMap { range in
        guard range.contains(place) else { return [range] }
        return [range.lowerBound..<place, place + 1..<range.upperBound].filter { !$0.isEmpty }
      }
    }
  }
}
