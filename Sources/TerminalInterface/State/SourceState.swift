import Debugger

/// A place in a source file, as frames name it; lines count from 1.
package struct SourcePlace: Sendable, Hashable {
  package let file: String
  package let line: Int
  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// The source pane: which file, where in it, and why there is none.
package struct SourceState: Sendable, Equatable {
  package enum View: Sendable, Equatable {
    /// Nothing to show so far.
    case empty
    case file(String)
    /// The selected frame has no source: its instructions are shown, with the reason.
    case missing(reason: String)
  }

  /// Files kept.
  static let capacity = 16

  package internal(set) var view = View.empty
  package private(set) var documents: [String: SourceDocument] = [:]
  /// In the order of use, last used last.
  private var used: [String] = []
  /// Lines of the file shown, from 0.
  package var list = ListState()
  /// Columns that are scrolled out on the left.
  package var column = 0
  /// Where the innermost frame stands.
  package var execution: SourcePlace?
  /// Where the selected frame stands, if it is another.
  package var selection: SourcePlace?
  /// What is to be shown when its file arrives.
  private var awaited: SourcePlace?

  package init() {}

  package var document: SourceDocument? {
    if case .file(let name) = view { documents[name] } else { nil }
  }

  /// The place of the cursor.
  package var cursorPlace: SourcePlace? {
    document.map { SourcePlace(file: $0.name, line: list.cursor + 1) }
  }

  /// Shows a place; the file is asked for where it is not known yet.
  mutating func show(_ place: SourcePlace, height: Int) -> [Effect] {
    guard let document = documents[place.file] else {
      let isAskedFor = awaited?.file == place.file
      awaited = place
      return isAskedFor ? [] : [.loadSource(place.file)]
    }
    awaited = nil
    touch(place.file)
    let isOther = view != .file(place.file)
    view = .file(place.file)
    if isOther {
      list = ListState()
      column = 0
    }
    list.reveal(place.line - 1, count: document.lines.count, height: height)
    return []
  }

  /// Shows the reason why there is no source.
  mutating func showMissing(_ reason: String) {
    awaited = nil
    view = .missing(reason: reason)
  }

  /// Takes a file that was asked for.
  mutating func accept(_ document: SourceDocument, height: Int) {
    documents[document.name] = document
    touch(document.name)
    if used.count > Self.capacity { documents[used.removeFirst()] = nil }
    if let awaited, awaited.file == document.name { _ = show(awaited, height: height) }
  }

  mutating func fail(_ file: String, reason: String) {
    guard awaited?.file == file else { return }
    showMissing(reason)
  }

  /// Forgets where the process stood.
  mutating func clearPlaces() {
    execution = nil
    selection = nil
    if case .missing = view { view = .empty }
  }

  /// Another program, or the same built anew: files are read again.
  mutating func forgetDocuments() {
    documents = [:]
    used = []
  }

  private mutating func touch(_ name: String) {
    used.removeAll { $0 == name }
    used.append(name)
  }
}
