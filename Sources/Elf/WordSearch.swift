import CElf

/// Looks for a few words of four bytes, at any alignment: several gigabytes a second. From any thread.
package struct WordSearch: Sendable {
  private let words: [UInt32]

  /// More would take longer than reading what the bytes mean.
  package static let mostWords = 24

  /// nil where there are none, or too many.
  package init?(_ words: Set<UInt32>) {
    guard !words.isEmpty, words.count <= Self.mostWords else { return nil }
    self.words = Array(words)
  }

  /// Calls `visit` with each place, in their order, until it answers false.
  package func forEach(in bytes: UnsafeRawBufferPointer, _ visit: (Int) -> Bool) {
    guard let start = bytes.baseAddress else { return }
    var place = sdb_find_word(start, bytes.count, 0, words, words.count)
    while place < bytes.count, visit(place) {
      place = sdb_find_word(start, bytes.count, place + 1, words, words.count)
    }
  }
}
