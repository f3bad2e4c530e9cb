import Debugger

extension VariableSnapshot {
  /// `{1, 2, 3}` of `std::vector of length 3, capacity 4 = {1, 2, 3}`; nil where nothing stands before it.
  fileprivate var contents: String? {
    let end = "{...}"
    guard summary == nil, let brief, brief.hasSuffix(end), brief.count > end.count,
      value.hasPrefix(brief.dropLast(end.count))
    else { return nil }
    return String(value.dropFirst(brief.count - end.count))
  }
}

extension LocalsTreeState {
  // MARK: What is missing

  /// What open rows and formats need that has to be asked for; it counts as asked for from here on.
  mutating func takeRequests() -> [Effect] {
    var effects: [Effect] = []
    var formatted: [FormattedRow] = []
    for root in roots { collect(root.variable, root.path, .natural, &effects, &formatted) }
    if !formatted.isEmpty {
      requestedTexts.formUnion(formatted.map(\.path))
      effects.append(.loadTexts(formatted, revision: revision))
    }
    return effects
  }

  private mutating func collect(
    _ variable: VariableSnapshot, _ path: TreePath, _ inherited: ValueFormat.Letter, _ effects: inout [Effect],
    _ formatted: inout [FormattedRow]
  ) {
    guard let id = variable.id else { return }
    let format = formats[path] ?? inherited
    if format != .natural, !requestedTexts.contains(path), !hasText(at: path, format) {
      formatted.append(FormattedRow(path: path, value: id, letter: format))
    }
    guard opened.contains(path), variable.children > 0 else { return }
    let page = pages[path] ?? Page()
    let count = min(page.wanted, variable.children)
    let known = page.revision == revision ? page.values.count : 0
    guard page.revision != revision || (known < count && !page.isExhausted && page.problem == nil) else {
      for (child, place) in Self.paths(of: page.values, below: path) {
        collect(child, place, format, &effects, &formatted)
      }
      return
    }
    let request = Request(revision: revision, range: known..<count)
    guard page.requested != request else { return }
    pages[path, default: Page()].requested = request
    effects.append(.loadChildren(of: id, path: path, first: known, count: count - known, revision: revision))
  }

  private func hasText(at path: TreePath, _ format: ValueFormat.Letter) -> Bool {
    texts[path].map { $0.revision == revision && $0.letter == format } ?? false
  }

  // MARK: Rows

  /// All rows, from the top; those of closed branches are left out. Cost: grows with the rows.
  package var rows: [TreeRow] {
    var rows: [TreeRow] = []
    for root in roots { append(root, root.path, .natural, to: &rows) }
    return rows
  }

  private func append(_ root: Root, _ path: TreePath, _ inherited: ValueFormat.Letter, to rows: inout [TreeRow]) {
    let variable = root.variable
    let format = formats[path] ?? inherited
    let canOpen = variable.children > 0 && variable.id != nil
    let isOpen = canOpen && opened.contains(path)
    // Until the text in this format arrives, the last one is better than none.
    let value = format == .natural ? nil : texts[path].flatMap { $0.letter == format ? $0.text : nil }
    rows.append(
      TreeRow(
        path: path, depth: path.depth,
        content: .variable(
          TreeRow.Variable(
            name: variable.name, type: variable.type, dynamicType: variable.dynamicType,
            value: value ?? variable.summary ?? variable.value, contents: value == nil ? variable.contents : nil,
            canOpen: canOpen, isOpen: isOpen,
            isChanged: isChanged(variable, at: path), format: format, line: root.line, isShadowed: root.isShadowed))))
    guard isOpen else { return }
    guard let page = pages[path], page.revision >= 0 else {
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: .loading))
      return
    }
    if let problem = page.problem {
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: .problem(problem)))
    }
    for (child, place) in Self.paths(of: page.values, below: path) {
      append(Root(path: place, variable: child), place, format, to: &rows)
    }
    let remaining = variable.children - page.values.count
    if remaining > 0, !page.isExhausted, page.problem == nil {
      let more = TreeRow.Content.more(first: page.values.count, remaining: remaining)
      rows.append(TreeRow(path: path, depth: path.depth + 1, content: more))
    }
  }

  // MARK: Opening

  /// Opens or closes a row, or asks for the next page; nothing for other rows.
  mutating func activate(_ row: TreeRow) {
    switch row.content {
    case .variable(let variable) where variable.canOpen: setOpen(!variable.isOpen, row.path)
    case .more: pages[row.path, default: Page()].wanted += Self.pageSize
    case .variable, .loading, .problem: break
    }
  }

  mutating func setOpen(_ isOpen: Bool, _ path: TreePath) {
    if isOpen { opened.insert(path) } else { opened.remove(path) }
  }

  // MARK: Formats

  /// The formats that a key goes through, in its order.
  static let formatCycle: [ValueFormat.Letter] = [
    .natural, .hexadecimal, .decimal, .octal, .binary, .character, .raw,
  ]

  /// What a row is shown in: its own format, else the nearest one around it.
  func format(at path: TreePath) -> ValueFormat.Letter {
    var place: TreePath? = path
    while let current = place {
      if let format = formats[current] { return format }
      place = current.parent
    }
    return .natural
  }

  mutating func setFormat(_ letter: ValueFormat.Letter, at path: TreePath) {
    formats[path] = nil
    if format(at: path) != letter { formats[path] = letter }
  }

  mutating func cycleFormat(by step: Int, at path: TreePath) {
    let cycle = Self.formatCycle
    let index = cycle.firstIndex(of: format(at: path)) ?? 0
    setFormat(cycle[(index + step + cycle.count) % cycle.count], at: path)
  }
}
