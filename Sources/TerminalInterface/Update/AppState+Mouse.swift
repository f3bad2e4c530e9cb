import VirtualTerminal

extension AppState {
  /// Rows that a turn of the wheel scrolls.
  static let wheelRows = 3

  mutating func handle(_ event: MouseEvent) -> [Effect] {
    switch event.kind {
    case .press(.left):
      message = nil
      return click(event)
    case .press(.right) where dialog == nil && geometry.region(at: event.position)?.front == .locals:
      return openRowMenu(at: event.position)
    case .drag(.left):
      guard let divider = layout.dragged else { return sendToProgram(event) }
      layout.drag(divider, to: event.position, in: geometry)
      return []
    case .release:
      if layout.dragged != nil {
        layout.dragged = nil
        return []
      }
      return sendToProgram(event)
    case .wheelUp: return turnWheel(event, -Self.wheelRows)
    case .wheelDown: return turnWheel(event, Self.wheelRows)
    case .press, .drag: return sendToProgram(event)
    }
  }

  private mutating func turnWheel(_ event: MouseEvent, _ rows: Int) -> [Effect] {
    if case .help(let top) = dialog {
      dialog = .help(top: max(0, min(top + rows, HelpOverlay(self).lastTop)))
      return []
    }
    if case .concurrency(let state) = dialog { turnWheel(rows, in: state) }
    guard dialog == nil, let region = geometry.region(at: event.position) else { return [] }
    guard region.front == .program else { return scroll(region.front, by: rows) }
    return program.screen?.wantsMouse == true ? sendToProgram(event) : scrollProgram(by: -rows)
  }

  /// Looks back at what left the program's screen.
  private mutating func scrollProgram(by rows: Int) -> [Effect] {
    let back = max(0, min(program.scrolledBack + rows, program.screen?.scrollbackCount ?? 0))
    guard back != program.scrolledBack else { return [] }
    program.scrolledBack = back
    return [.viewProgram(scrolledBack: back)]
  }

  private mutating func click(_ event: MouseEvent) -> [Effect] {
    let geometry = geometry
    if let dialog { return click(event.position, in: dialog) }
    if let index = CompletionPopup(self)?.candidate(at: event.position) {
      commandBar.selectCandidate(index)
      return []
    }
    if let binding = HintLine(self).binding(at: event.position) { return perform(binding.command) }
    if geometry.commandBar.contains(event.position) {
      openCommandBar()
      return []
    }
    guard let region = geometry.region(at: event.position) else {
      layout.dragged = geometry.divider(at: event.position)
      return []
    }
    if region.title.contains(event.position) {
      // A title line is a border too, also where a tab is on it.
      layout.dragged = geometry.divider(at: event.position)
      if let pane = TabStrip(region, focus: focus).pane(at: event.position) { focus(on: pane) }
      return []
    }
    let wasFocused = focus == region.front && !commandBar.isActive
    focus(on: region.front)
    return click(
      row: event.position.row - region.body.row, column: event.position.column - region.body.column, in: region.front,
      height: region.body.height, wasFocused: wasFocused, event)
  }

  /// A click on a pane's body, whose top left is (0, 0).
  private mutating func click(
    row: Int, column: Int, in pane: Pane, height: Int, wasFocused: Bool, _ event: MouseEvent
  ) -> [Effect] {
    let shown = pane == .source && showsInstructionsAsSource ? Pane.disassembly : pane
    if shown == .program { return wasFocused ? sendToProgram(event) : [] }
    // The reason stands above the instructions.
    let row = shown == pane ? row : row - reasonHeight
    let count = rowCount(of: shown)
    guard let list = list(of: shown) else { return [] }
    let index = list.visibleTop(count: count, height: height) + row
    guard row >= 0, index < count else { return [] }
    withList(of: shown) { $0.select(index, count: count, height: height) }
    switch shown {
    case .source where column < SourceGutter(lineCount: count).width:
      return source.cursorPlace.map { toggleBreakpoint(at: $0) } ?? []
    case .disassembly where column < 2: return perform(.toggleBreakpoint)
    case .stack, .locals, .threads: return activate()
    case .breakpoints where column < 2: return perform(.toggleEnabled)
    case .breakpoints: return activate()
    default: return []
    }
  }

  private var reasonHeight: Int {
    guard case .missing(let reason) = source.view, let body = geometry.body(of: .source) else { return 0 }
    return SourcePaneReason(reason, width: body.width).height
  }

  /// The row that was pointed at takes the cursor.
  private mutating func openRowMenu(at position: GridPosition) -> [Effect] {
    guard let body = geometry.body(of: .locals), body.contains(position) else { return [] }
    focus(on: .locals)
    let count = rowCount(of: .locals)
    let index = locals.list.visibleTop(count: count, height: body.height) + position.row - body.row
    guard index < count else { return [] }
    locals.list.select(index, count: count, height: body.height)
    openRowMenu(below: position)
    return []
  }

  private mutating func click(_ position: GridPosition, in dialog: DialogState) -> [Effect] {
    switch dialog {
    case .help: self.dialog = nil
    case .concurrency(let state): return click(position, in: state)
    case .menu(let menu):
      if let index = RowMenuBox(menu, size: size).item(at: position), menu.items.indices.contains(index) {
        return choose(menu.items[index])
      }
      self.dialog = nil
    case .question(let question):
      if let key = QuestionBox(question, self).answer(at: position) { return answer(question, key) }
    }
    return []
  }

  /// The program sees the mouse in its own cells, once its pane has the focus.
  private func sendToProgram(_ event: MouseEvent) -> [Effect] {
    guard dialog == nil, focus == .program, let body = geometry.body(of: .program), body.contains(event.position) else {
      return []
    }
    let position = GridPosition(row: event.position.row - body.row, column: event.position.column - body.column)
    return [.sendMouse(MouseEvent(event.kind, at: position, modifiers: event.modifiers))]
  }
}
