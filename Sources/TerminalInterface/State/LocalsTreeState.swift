import Debugger

/// The selected frame's variables as a tree whose rows open when asked, and are filled then.
package struct LocalsTreeState: Sendable, Equatable {
  /// Elements that opening shows at a time.
  package static let pageSize = 100

  /// What an open row shows below it.
  private struct Page: Sendable, Equatable {
    var values: [VariableSnapshot] = []
    /// Of `values`; older ones are shown until theirs arrive.
    var revision = -1
    /// Children that are wanted.
    var wanted = LocalsTreeState.pageSize
    var requested: Request?
    var problem: String?
  }

  private struct Request: Sendable, Equatable {
    let revision: Int
    let count: Int
  }

  /// A variable of the frame; a name that shadows another gets a number in its path.
  private struct Root: Sendable, Equatable {
    let path: TreePath
    let variable: VariableSnapshot
  }

  package var list = ListState()
  package private(set) var problem: String?
  /// Arguments, then locals.
  private var roots: [Root] = []
  private var opened: Set<TreePath> = []
  private var pages: [TreePath: Page] = [:]
  private var history = ValueHistory()
  private var revision = -1

  package init() {}

  // MARK: What arrives

  /// Takes the variables of a frame. `frame` names the activation, so that values are compared with its own of
  /// earlier stops; `generation` is the stop's.
  mutating func accept(_ content: FrameContent, frame: String, generation: Int, revision: Int) {
    history.enter(frame: frame, generation: generation)
    self.revision = revision
    problem = content.problem
    roots = Self.paths(of: content.arguments + content.locals, below: nil).map { Root(path: $1, variable: $0) }
    for root in roots { history.record(root.variable.value, at: root.path) }
  }

  /// Takes children that were asked for.
  mutating func accept(_ children: [VariableSnapshot], at path: TreePath, revision: Int) {
    pages[path, default: Page()].requested = nil
    guard revision == self.revision else { return }
    pages[path, default: Page()].values = children
    pages[path, default: Page()].revision = revision
    pages[path, default: Page()].problem = nil
    for (child, path) in Self.paths(of: children, below: path) { history.record(child.value, at: path) }
  }

  mutating func fail(_ problem: String, at path: TreePath, revision: Int) {
    pages[path, default: Page()].requested = nil
    guard revision == self.revision else { return }
    pages[path, default: Page()].revision = revision
    pages[path, default: Page()].values = []
    pages[path, default: Page()].problem = problem
  }

  mutating func fail(_ problem: String) {
    roots = []
    self.problem = problem
  }

  /// Forgets a process that is gone; what was open stays so for the next.
  mutating func clear() {
    roots = []
    pages = [:]
    problem = nil
    history = ValueHistory()
    revision = -1
  }

  // MARK: What is missing

  /// Children of open rows that have to be asked for; they count as asked for from here on.
  mutating func takeRequests() -> [Effect] {
    var effects: [Effect] = []
    for root in roots { collect(root.variable, root.path, into: &effects) }
    return effects
  }

  private mutating func collect(_ variable: VariableSnapshot, _ path: TreePath, into effects: inout [Effect]) {
    guard opened.contains(path), variable.children > 0, let id = variable.id else { return }
    let page = pages[path] ?? Page()
    let count = min(page.wanted, variable.children)
    let isComplete = page.revision == revision && (page.values.count >= count || page.problem != nil)
    if !isComplete {
      let request = Request(revision: revision, count: count)
      guard page.requested != request else { return }
      pages[path, default: Page()].requested = request
      effects.append(.loadChildren(of: id, path: path, count: count, revision: revision))
    } else {
      for (child, childPath) in Self.paths(of: page.values, below: path) { collect(child, childPath, into: &effects) }
    }
  }

  // MARK: Rows

  /// All rows, from the top; those of closed branches are left out. Cost: grows with the rows.
  package var rows: [TreeRow] {
    var rows: [TreeRow] = []
    for root in roots { append(root.variable, root.path, to: &rows) }
    return rows
  }

  private func append(_ variable: VariableSnapshot, _ path: TreePath, to rows: inout [TreeRow]) {
    let canOpen = variable.children > 0 && variable.id != nil
    let isOpen = canOpen && opened.contains(path)
    rows.append(
      TreeRow(
        path: path, depth: path.depth,
        content: .variable(
          name: variable.name, type: variable.type, value: variable.value, canOpen: canOpen, isOpen: isOpen,
          isChanged: history.isChanged(variable.value, at: path))))
    guard isOpen else { return }
    guard let page = pages[path], page.revision >= 0 else {
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: .loading))
      return
    }
    if let problem = page.problem {
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: .problem(problem)))
    }
    for (child, childPath) in Self.paths(of: page.values, below: path) { append(child, childPath, to: &rows) }
    let remaining = variable.children - page.values.count
    if remaining > 0, page.problem == nil {
      let more = TreeRow.Content.more(first: page.values.count, remaining: remaining)
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: more))
    }
  }

  private static func paths(of children: [VariableSnapshot], below path: TreePath?) -> [(VariableSnapshot, TreePath)] {
    var seen: [String: Int] = [:]
    return children.map { child in
      let count = seen[child.name, default: 0]
      seen[child.name] = count + 1
      let name = count == 0 ? child.name : "\(child.name)#\(count)"
      return (child, path?.appending(name) ?? TreePath([name]))
    }
  }

  /// A row as an expression of its language: `player->scores[2]`.
  func expression(for path: TreePath) -> String {
    guard let root = roots.first(where: { $0.path.components.first == path.components.first }) else { return "" }
    var (parent, place, text) = (root.variable, root.path, root.variable.name)
    for component in path.components.dropFirst() {
      let children = Self.paths(of: pages[place]?.values ?? [], below: place)
      guard let (child, childPlace) = children.first(where: { $0.1.components.last == component }) else { break }
      place = childPlace
      switch child.name.first {
      case "*": text = "*\(text)"
      case "[": text = Self.operand(text) + child.name
      case let first? where first.isLetter || first == "_":
        let isPointer = parent.type.hasSuffix("*") || parent.type.hasSuffix("*const")
        text = Self.operand(text) + (isPointer ? "->" : ".") + child.name
      // What has no name of its own (an anonymous union) is passed over: its members are the parent's.
      default: continue
      }
      parent = child
    }
    return text
  }

  private static func operand(_ text: String) -> String { text.hasPrefix("*") ? "(\(text))" : text }

  // MARK: Opening

  /// Opens or closes a row, or asks for the next page; nothing for other rows.
  mutating func activate(_ row: TreeRow) {
    switch row.content {
    case .variable(_, _, _, canOpen: true, let isOpen, _): setOpen(!isOpen, row.path)
    case .more: pages[row.path, default: Page()].wanted += Self.pageSize
    case .variable, .loading, .problem: break
    }
  }

  mutating func setOpen(_ isOpen: Bool, _ path: TreePath) {
    if isOpen { opened.insert(path) } else { opened.remove(path) }
  }
}
