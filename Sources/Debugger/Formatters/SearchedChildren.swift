import MachineModel

/// The way through a container whose elements' places have to be searched for.
protocol ElementSearch {
  /// What leads to an element: a node's address, the number of a bucket.
  associatedtype Place
  /// Adds the places that are found next, if any; false where nothing is left to be searched. One that fails may be tried again.
  mutating func findNext(_ places: inout [Place]) throws(Unavailability) -> Bool
}

/// The elements of a container in the order of a search, which goes as far as somebody asks, and is remembered.
final class SearchedChildren<Search: ElementSearch>: SyntheticChildren {
  /// An element, with its index among all.
  typealias Make = (_ place: Search.Place, _ index: Int) throws(Unavailability) -> SyntheticChild

  private let count: UInt64
  private let make: Make
  private var search: Search
  private var found: [Search.Place] = []

  /// - Parameter count: as the container states it; the search itself has to end where that is damaged.
  init(_ search: Search, count: UInt64, make: @escaping Make) {
    self.search = search
    self.count = count
    self.make = make
  }

  func count(upTo limit: Int) -> Int { Int(min(count, UInt64(max(0, limit)))) }

  func child(at index: Int) throws(Unavailability) -> SyntheticChild? {
    guard index >= 0, UInt64(index) < count else { return nil }
    while found.count <= index {
      guard try search.findNext(&found) else { throw .reason("it has fewer elements than it states") }
    }
    return try make(found[index], index)
  }
}
