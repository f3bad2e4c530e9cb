/// What is looked for in panes. Small letters find capitals too; a pattern with a capital is taken as it is.
package struct SearchState: Sendable, Equatable {
  package let pattern: String
  private let isExact: Bool

  package init(_ pattern: String) {
    self.pattern = pattern
    isExact = pattern.contains(where: \.isUppercase)
  }

  package func matches(_ text: String) -> Bool {
    !ranges(in: text, limit: 1).isEmpty
  }

  /// Where it occurs, in characters; at most `limit` times.
  package func ranges(in text: String, limit: Int = 100) -> [Range<Int>] {
    guard !pattern.isEmpty else { return [] }
    let wanted = isExact ? Array(pattern) : Array(pattern.lowercased())
    let characters = isExact ? Array(text) : text.map { $0.lowercased().first ?? $0 }
    var found: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= characters.count, found.count < limit {
      if characters[start..<start + wanted.count].elementsEqual(wanted) {
        found.append(start..<start + wanted.count)
        start += wanted.count
      } else {
        start += 1
      }
    }
    return found
  }

  /// The next of `count` rows that matches, from `start` on and around the end; nil: none.
  package func next(from start: Int, step: Int, count: Int, text: (Int) -> String) -> Int? {
    guard count > 0 else { return nil }
    for distance in 1...count {
      let index = ((start + step * distance) % count + count) % count
      if matches(text(index)) { return index }
    }
    return nil
  }
}
