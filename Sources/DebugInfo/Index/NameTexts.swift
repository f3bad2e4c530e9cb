import Elf

/// A few names as they stand in memory: whole strings, or followed by template arguments.
struct NameTexts: Sendable {
  private let names: [[UInt8]]
  /// The first four bytes of each.
  let words: Set<UInt32>
  private let search: WordSearch

  /// After a template's name come its arguments, an operator's after a blank.
  private static let followers: [UInt8] = [0, UInt8(ascii: "<"), UInt8(ascii: " ")]
  /// With what follows, as many bytes as are looked for.
  private static let leastLength = 3

  /// nil where there are too many, or one is too short to look for.
  init?(_ names: [String]) {
    self.names = names.map { Array($0.utf8) }
    var words: Set<UInt32> = []
    for name in self.names {
      guard name.count >= Self.leastLength else { return nil }
      for follower in name.count == Self.leastLength ? Self.followers : [0] {
        words.insert((name + [follower]).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
      }
    }
    guard let search = WordSearch(words) else { return nil }
    self.words = words
    self.search = search
  }

  /// Whether one of the names stands at a place.
  func matches(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    names.contains { name in
      let end = place + name.count
      return end < bytes.count && Self.followers.contains(bytes[end])
        && UnsafeRawBufferPointer(rebasing: bytes[place..<end]).elementsEqual(name)
    }
  }

  /// Calls `visit` with the places of names that begin in a part of the bytes, until it answers false.
  func forEach(in bytes: UnsafeRawBufferPointer, _ part: Range<Int>, _ visit: (Int) -> Bool) {
    // A name that begins with the part's last byte.
    let reach = part.lowerBound..<min(part.upperBound + 3, bytes.count)
    search.forEach(in: UnsafeRawBufferPointer(rebasing: bytes[reach])) { offset in
      let place = part.lowerBound + offset
      return !matches(bytes, at: place) || visit(place)
    }
  }
}
