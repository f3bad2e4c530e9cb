/// What could stand at the cursor.
package struct Completions: Sendable, Equatable {
  /// What could stand in place of the replaced range.
  package struct Candidate: Sendable, Equatable {
    package let text: String
    /// A few words on it (a command's summary); empty where there are none.
    package let detail: String
    package init(text: String, detail: String = "") {
      self.text = text
      self.detail = detail
    }
  }
  /// The characters of the line that a candidate replaces.
  package let replaced: Range<Int>
  package let candidates: [Candidate]
  package init(replaced: Range<Int>, candidates: [Candidate]) {
    self.replaced = replaced
    self.candidates = candidates
  }
}
