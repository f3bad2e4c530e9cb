package import Commands

/// The command bar: a line being typed, its history, and what is offered for it.
package struct CommandBarState: Sendable, Equatable {
  package enum Mode: Sendable, Equatable {
    case command
    /// Text to look for in a pane.
    case search(Pane)
    /// An expression to watch.
    case watch
    /// Another value for a row of the locals; typed where it stands.
    case value(TreePath)
  }

  /// Ctrl-R: what is looked for in the history, and the entry found.
  package struct ReverseSearch: Sendable, Equatable {
    package var query = ""
    package var match: Int?
    /// Nothing (further) was found.
    package var failed = false
  }

  /// The list of candidates.
  package struct CompletionList: Sendable, Equatable {
    package let candidates: [Completions.Candidate]
    /// The characters that a candidate replaces; the upper bound moves with what stands there now.
    package var replaced: Range<Int>
    package var selected: Int?
  }

  package var isActive = false
  package var prompt = "(sdb) "
  package var mode = Mode.command
  /// The command being typed.
  package var editor = LineEditor()
  /// What the other modes are about.
  package var fieldEditor = LineEditor()
  /// What stands in the field is what is there already: the first character that is typed takes its place.
  package var isFieldFresh = false
  package var history = CommandHistory()
  package var reverse: ReverseSearch?
  package var completion: CompletionList?
  /// Counts requests for completions, so that late answers to old ones are dropped.
  package var request = 0

  package init() {}

  /// The line that keys go to.
  package var line: LineEditor {
    get { mode == .command ? editor : fieldEditor }
    set { if mode == .command { editor = newValue } else { fieldEditor = newValue } }
  }

  /// What the line is completed behind: a field for an expression as the argument of a command that takes one.
  package var completionLead: String {
    switch mode {
    case .watch, .value: "print "
    case .command, .search: ""
    }
  }

  /// What history would add behind the cursor; nil where the cursor is not at the end.
  package var suggestion: String? {
    guard mode == .command, reverse == nil, completion == nil, editor.cursor == editor.characters.count else {
      return nil
    }
    return history.suggestion(for: editor.text).map { String($0.dropFirst(editor.characters.count)) }
  }

  // MARK: Completion

  /// Takes candidates: a single one is typed, several are listed after what they have in common was typed.
  mutating func accept(_ completions: Completions) {
    let candidates = completions.candidates
    let lead = completionLead.count
    let range = (max(0, completions.replaced.lowerBound - lead)..<max(0, completions.replaced.upperBound - lead))
      .clamped(to: 0..<line.characters.count)
    completion = nil
    guard let first = candidates.first else { return }
    if candidates.count == 1 {
      let atEnd = mode == .command && range.upperBound == line.characters.count
      let needsBlank = atEnd && !first.text.hasSuffix("/") && !first.text.hasSuffix(" ")
      line.replace(range, with: first.text + (needsBlank ? " " : ""))
      return
    }
    let typed = String(line.characters[range])
    let common = candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
    var replaced = range
    if common.count > typed.count, common.hasPrefix(typed) {
      line.replace(range, with: common)
      replaced = range.lowerBound..<range.lowerBound + common.count
    }
    completion = CompletionList(candidates: candidates, replaced: replaced, selected: nil)
  }

  /// Types the next candidate of the list, or the one before.
  mutating func selectCandidate(by step: Int) {
    guard var list = completion else { return }
    let count = list.candidates.count
    let index = list.selected.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    selectCandidate(index, of: &list)
    completion = list
  }

  mutating func selectCandidate(_ index: Int) {
    guard var list = completion, list.candidates.indices.contains(index) else { return }
    selectCandidate(index, of: &list)
    completion = list
  }

  private mutating func selectCandidate(_ index: Int, of list: inout CompletionList) {
    let text = list.candidates[index].text
    line.replace(list.replaced, with: text)
    list.replaced = list.replaced.lowerBound..<list.replaced.lowerBound + text.count
    list.selected = index
  }

  // MARK: Reverse search

  /// Looks for the query from the newest entry (`again`: from the match on) backwards.
  mutating func searchHistory(again: Bool) {
    guard var search = reverse else { return }
    let end = search.match.map { again ? $0 : $0 + 1 }
    if let found = history.search(search.query, before: end) {
      search.match = found
      search.failed = false
      editor.replace(with: history.entries[found])
    } else {
      search.failed = !search.query.isEmpty
    }
    reverse = search
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
