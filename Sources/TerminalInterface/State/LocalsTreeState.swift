import Debugger

/// What is kept in view and the selected frame's variables, as a tree whose rows open when asked, and are filled then.
package struct LocalsTreeState: Sendable, Equatable {
  /// Elements that opening shows at a time.
  package static let pageSize = 100

  /// What an open row shows below it.
  struct Page: Sendable, Equatable {
    var values: [VariableSnapshot] = []
    /// Of `values`; older ones are shown until theirs arrive.
    var revision = -1
    /// Children that are wanted.
    var wanted = LocalsTreeState.pageSize
    var requested: Request?
    /// There are fewer children than was stated.
    var isExhausted = false
    var problem: String?
  }

  struct Request: Sendable, Equatable {
    let revision: Int
    let range: Range<Int>
  }

  /// What hangs on nothing else; a name that shadows another gets a number in its path.
  struct Root: Sendable, Equatable {
    let path: TreePath
    let variable: VariableSnapshot
    var line: Int?
    var isShadowed = false
  }

  package var list = ListState()
  package private(set) var problem: String?
  /// What is kept in view, then arguments, then locals.
  private(set) var roots: [Root] = []
  var opened: Set<TreePath> = []
  var pages: [TreePath: Page] = [:]
  /// Rows with a format of their own; those below share it.
  var formats: [TreePath: ValueFormat.Letter] = [:]
  var texts: [TreePath: FormattedText] = [:]
  /// Formatted texts that are on their way.
  var requestedTexts: Set<TreePath> = []
  private var history = ValueHistory()
  /// Places are the same whichever frame is selected.
  private var placeHistory = ValueHistory()
  private(set) var revision = -1

  package init() {}

  // MARK: What arrives

  /// Takes the variables of a frame. `frame` names the activation, so that values are compared with its own of
  /// earlier stops; `generation` is the stop's. What is newly kept is brought into view, of `height` rows.
  mutating func accept(_ content: FrameContent, frame: String, generation: Int, revision: Int, height: Int) {
    let selected = list.selected(of: rows)?.path
    let known = roots.isEmpty ? nil : Set(roots.map(\.path.origin))
    defer {
      if let selected { select(selected) }
      if let known, let new = roots.last(where: { $0.path.keptNumber != nil && !known.contains($0.path.origin) }) {
        show(new.path, height: height)
      }
    }
    history.enter(frame: frame, generation: generation)
    placeHistory.enter(frame: "", generation: generation)
    self.revision = revision
    requestedTexts = []
    problem = content.problem
    roots = Self.keptRoots(content.kept) + Self.variableRoots(content.arguments, content.locals)
    let kept = Set(roots.map(\.path.origin))
    formats = formats.filter { kept.contains($0.key.origin) || $0.key.origin == .variable }
    for root in roots { record(root.variable, at: root.path) }
  }

  /// The cursor stays with its row, and the row where it is on the screen, though there are others above it now.
  private mutating func select(_ path: TreePath) {
    guard let row = rows.firstIndex(where: { $0.path == path }) else { return }
    list.top = max(0, list.top + row - list.cursor)
    list.cursor = row
  }

  /// Scrolls a row into view, with the cursor where both have room, else without.
  private mutating func show(_ path: TreePath, height: Int) {
    let rows = rows
    guard let row = rows.firstIndex(where: { $0.path == path }) else { return }
    let top = list.visibleTop(count: rows.count, height: height)
    guard !(top..<top + height).contains(row) else { return }
    if abs(list.cursor - row) >= height { list.cursor = row }
    list.top = row < top ? row : row - height + 1
  }

  private static func keptRoots(_ values: [KeptValueSnapshot]) -> [Root] {
    values.map { value in
      let origin: TreePath.Origin =
        switch value.kind {
        case .expression: .expression(value.number)
        case .place: .place(value.number)
        }
      return Root(path: TreePath([value.variable.name], origin: origin), variable: value.variable)
    }
  }

  /// Locals come innermost block first: of several of a name, the first is the one that is meant.
  private static func variableRoots(_ arguments: [VariableSnapshot], _ locals: [VariableSnapshot]) -> [Root] {
    var meant = Set(locals.map(\.name))
    let shared = Dictionary((arguments + locals).map { ($0.name, 1) }, uniquingKeysWith: +)
    var roots: [Root] = []
    for (variable, path) in paths(of: arguments + locals, below: nil) {
      let isLocal = roots.count >= arguments.count
      let isShadowed = isLocal ? meant.remove(variable.name) == nil : meant.contains(variable.name)
      let showsLine = variable.blockDepth > 0 || shared[variable.name, default: 0] > 1
      roots.append(
        Root(
          path: path, variable: variable, line: showsLine ? variable.declarationLine : nil, isShadowed: isShadowed))
    }
    return roots
  }

  /// Takes children that were asked for, from `first` on.
  mutating func accept(_ children: [VariableSnapshot], at path: TreePath, first: Int, revision: Int) {
    var page = pages[path] ?? Page()
    let wanted = page.requested?.range.upperBound ?? 0
    page.requested = nil
    if revision == self.revision {
      page.isExhausted = first + children.count < wanted
      // Those before them are of this revision, or all were asked for.
      page.values = page.values.prefix(page.revision == revision ? first : 0) + children
      page.revision = revision
      page.problem = nil
      for (child, path) in Self.paths(of: page.values, below: path).dropFirst(first) { record(child, at: path) }
    }
    pages[path] = page
  }

  mutating func fail(_ problem: String, at path: TreePath, revision: Int) {
    var page = pages[path] ?? Page()
    page.requested = nil
    if revision == self.revision {
      page.revision = revision
      page.values = []
      page.problem = problem
    }
    pages[path] = page
  }

  /// Takes values in the formats that their rows have.
  mutating func accept(_ texts: [FormattedText], revision: Int) {
    guard revision == self.revision else { return }
    requestedTexts = []
    for text in texts { self.texts[text.path] = text }
  }

  mutating func fail(_ problem: String) {
    roots = []
    self.problem = problem
  }

  /// Forgets a process that is gone; what was open stays so for the next.
  mutating func clear() {
    roots = []
    pages = [:]
    texts = [:]
    requestedTexts = []
    problem = nil
    history = ValueHistory()
    placeHistory = ValueHistory()
    revision = -1
  }

  // MARK: Changes

  private mutating func record(_ variable: VariableSnapshot, at path: TreePath) {
    if case .place = path.origin {
      placeHistory.record(variable.value, at: path)
    } else {
      history.record(variable.value, at: path)
    }
  }

  func isChanged(_ variable: VariableSnapshot, at path: TreePath) -> Bool {
    if case .place = path.origin { return placeHistory.isChanged(variable.value, at: path) }
    return history.isChanged(variable.value, at: path)
  }

  // MARK: Names

  /// True where the row hangs on a variable whose name means another one.
  func isShadowed(_ path: TreePath) -> Bool {
    root(of: path)?.isShadowed ?? false
  }

  static func paths(of children: [VariableSnapshot], below path: TreePath?) -> [(VariableSnapshot, TreePath)] {
    var seen: [String: Int] = [:]
    return children.map { child in
      let count = seen[child.name, default: 0]
      seen[child.name] = count + 1
      let name = count == 0 ? child.name : "\(child.name)#\(count)"
      return (child, path?.appending(name) ?? TreePath([name]))
    }
  }

  /// The value that a row shows; nil where it was not loaded.
  func variable(at path: TreePath) -> VariableSnapshot? {
    chain(to: path).last
  }

  /// From the root to a row, as far as it is loaded.
  func chain(to path: TreePath) -> [VariableSnapshot] {
    guard let root = root(of: path) else { return [] }
    var place = root.path
    var chain = [root.variable]
    for component in path.components.dropFirst() {
      let next = place.appending(component)
      let children = Self.paths(of: pages[place]?.values ?? [], below: place)
      guard let child = children.first(where: { $0.1 == next })?.0 else { return [] }
      chain.append(child)
      place = next
    }
    return chain
  }

  private func root(of path: TreePath) -> Root? {
    roots.first { $0.path.origin == path.origin && $0.path.components.first == path.components.first }
  }
}
