import Debugger

extension AppState {
  /// Moves the cursor of the focused pane, or scrolls it.
  mutating func move(_ command: UserCommand) -> [Effect] {
    let pane = focus == .source && showsInstructionsAsSource ? Pane.disassembly : focus
    let height = self.height(of: focus)
    switch command {
    case .up: move(pane, by: -1, height: height)
    case .down: move(pane, by: 1, height: height)
    case .pageUp: move(pane, by: -max(1, height - 1), height: height)
    case .pageDown: move(pane, by: max(1, height - 1), height: height)
    case .first: move(pane, by: -Int(Int32.max), height: height)
    case .last: move(pane, by: Int(Int32.max), height: height)
    case .left: moveSideways(pane, -1)
    case .right: moveSideways(pane, 1)
    default: break
    }
    return extendDisassembly(pane, height: height)
  }

  private mutating func move(_ pane: Pane, by rows: Int, height: Int) {
    if pane == .console { return console.scroll(by: rows, height: height) }
    let count = rowCount(of: pane)
    withList(of: pane) { $0.move(by: rows, count: count, height: height) }
  }

  /// Scrolls without moving the cursor, as far as it stays in view.
  mutating func scroll(_ pane: Pane, by rows: Int) -> [Effect] {
    let shown = pane == .source && showsInstructionsAsSource ? Pane.disassembly : pane
    let height = self.height(of: pane)
    if shown == .console {
      console.scroll(by: rows, height: height)
      return []
    }
    let count = rowCount(of: shown)
    withList(of: shown) { $0.scroll(by: rows, count: count, height: height) }
    return extendDisassembly(shown, height: height)
  }

  private mutating func moveSideways(_ pane: Pane, _ step: Int) {
    switch pane {
    case .source: source.column = max(0, source.column + 4 * step)
    case .disassembly: disassembly.column = max(0, disassembly.column + 4 * step)
    case .locals:
      let rows = locals.rows
      guard let row = locals.list.selected(of: rows) else { return }
      if step < 0, !row.isOpen, let parent = parentRow(of: locals.list.cursor, in: rows) {
        locals.list.select(parent, count: rows.count, height: height(of: .locals))
      } else {
        locals.setOpen(step > 0, row.path)
      }
    default: break
    }
  }

  private func parentRow(of row: Int, in rows: [TreeRow]) -> Int? {
    rows[..<row].lastIndex { $0.depth < rows[row].depth }
  }

  /// Near the ends of the instructions known, asks for those further on.
  private mutating func extendDisassembly(_ pane: Pane, height: Int) -> [Effect] {
    let cursor = disassembly.list.cursor
    guard pane == .disassembly, process.isStopped, cursor < 4 || cursor >= disassembly.rows.count - 4,
      let address = disassembly.list.selected(of: disassembly.rows)?.address, disassembly.anchor != address
    else { return [] }
    disassembly.anchor = address
    disassembly.freshness.expire()
    return []
  }

  /// Rows that a pane with a cursor has.
  func rowCount(of pane: Pane) -> Int {
    switch pane {
    case .source: source.document?.lines.count ?? 0
    case .stack: stack.rowCount
    case .locals: locals.rows.count
    case .breakpoints: breakpoints.breakpoints.count
    case .threads: threads.threads.count
    case .registers: registers.registers.count
    case .disassembly: disassembly.rows.count
    case .console: console.lines.count
    case .program: 0
    }
  }

  func list(of pane: Pane) -> ListState? {
    switch pane {
    case .source: source.list
    case .stack: stack.list
    case .locals: locals.list
    case .breakpoints: breakpoints.list
    case .threads: threads.list
    case .registers: registers.list
    case .disassembly: disassembly.list
    case .program, .console: nil
    }
  }

  mutating func withList(of pane: Pane, _ body: (inout ListState) -> Void) {
    switch pane {
    case .source: body(&source.list)
    case .stack: body(&stack.list)
    case .locals: body(&locals.list)
    case .breakpoints: body(&breakpoints.list)
    case .threads: body(&threads.list)
    case .registers: body(&registers.list)
    case .disassembly: body(&disassembly.list)
    case .program, .console: break
    }
  }

  // MARK: Looking for text

  /// Goes to the next row of a pane that holds the text looked for.
  mutating func find(in pane: Pane, step: Int) {
    guard let search else {
      message = Message("Nothing to look for: / asks for it.", .warning)
      return
    }
    let pane = pane == .source && showsInstructionsAsSource ? Pane.disassembly : pane
    let count = rowCount(of: pane)
    let start = list(of: pane)?.cursor ?? console.bottom ?? (step > 0 ? -1 : count)
    let localRows = pane == .locals ? locals.rows : []
    let state = self
    let found = search.next(from: start, step: step, count: count) { index in
      state.searchableText(of: pane, row: index, locals: localRows)
    }
    guard let found else {
      message = Message("Not found: \(caretNotation(search.pattern))", .warning)
      return
    }
    let height = height(of: pane)
    if pane == .console { return console.reveal(found) }
    withList(of: pane) { $0.reveal(found, count: count, height: height) }
    if pane == .source { revealMatch(of: search, row: found) }
  }

  /// Scrolls sideways as far as a match needs to be seen.
  private mutating func revealMatch(of search: SearchState, row: Int) {
    guard let document = source.document, let body = geometry.body(of: .source) else { return }
    let text = document.lines[row]
    guard let match = search.ranges(in: text, limit: 1).first else { return }
    let width = max(1, body.width - SourceGutter(lineCount: document.lines.count).width)
    let start = columnWidth(of: text.prefix(match.lowerBound), tabWidth: tabWidth)
    let end = columnWidth(of: text.prefix(match.upperBound), tabWidth: tabWidth)
    guard start < source.column || end > source.column + width else { return }
    source.column = end <= width ? 0 : max(0, start - width / 2)
  }

  private func searchableText(of pane: Pane, row: Int, locals rows: [TreeRow]) -> String {
    switch pane {
    case .source: return source.document?.lines[row] ?? ""
    case .stack: return stack.frames.indices.contains(row) ? stack.frames[row].function ?? "" : ""
    case .locals:
      return rows[row].variable.map { "\($0.name) = \($0.value)" } ?? ""
    case .breakpoints: return breakpoints.breakpoints[row].specification
    case .threads: return threads.threads[row].name
    case .registers: return registers.registers[row].name + " " + registers.registers[row].raw
    case .disassembly: return disassembly.rows[row].text
    case .console: return console.lines[row].text
    case .program: return ""
    }
  }
}
