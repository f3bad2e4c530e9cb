import Debugger
import MachineModel

extension AppState {
  /// Does what a binding or a clicked hint asks for.
  mutating func perform(_ command: UserCommand) -> [Effect] {
    switch command {
    case .step: return move("step")
    case .next: return move("next")
    case .stepInstruction: return move("stepi")
    case .nextInstruction: return move("nexti")
    case .finish: return move("finish")
    case .until: return move("until")
    case .resume: return process.isAlive ? move("continue") : run()
    case .run: return run()
    case .pause: return pause()
    case .toggleBreakpoint: return toggleBreakpoint()
    case .toggleEnabled: return selectedBreakpoint.map { [.enableBreakpoints([$0.id], !$0.enabled)] } ?? []
    case .deleteBreakpoint: return selectedBreakpoint.map { [.deleteBreakpoints([$0.id])] } ?? []
    case .print: openCommandBar(with: "print " + expressionAtCursor)
    case .up, .down, .left, .right, .pageUp, .pageDown, .first, .last: return move(command)
    case .activate: return activate()
    case .open: setOpen(true)
    case .close: setOpen(false)
    case .frameUp: return selectFrame(by: 1)
    case .frameDown: return selectFrame(by: -1)
    case .showExecution: return showExecution()
    case .editValue, .nextFormat, .previousFormat, .watchRow, .watchExpression, .pinRow, .removeRow, .copyValue,
      .copyExpression, .rowMenu, .format:
      return performOnRow(command)
    case .search: openSearch()
    case .searchNext: find(in: focus, step: 1)
    case .searchPrevious: find(in: focus, step: -1)
    case .focus(let pane): focus(on: pane)
    case .toggle(let pane): toggle(pane)
    case .focusNext: focusNeighbour(1)
    case .focusPrevious: focusNeighbour(-1)
    case .leaveProgram: focus(on: .source)
    case .zoom: layout.isZoomed.toggle()
    case .widen: resizeFocused(by: 2)
    case .narrow: resizeFocused(by: -2)
    case .redraw: return [.repaint]
    case .suspend: return [.suspend]
    case .openCommandBar: openCommandBar()
    case .help: dialog = .help(top: 0)
    case .concurrency: openConcurrency()
    case .quit: return quit()
    case .edit, .submit, .complete, .completeBackward, .historyPrevious, .historyNext, .reverseSearch,
      .leaveCommandBar:
      return performInCommandBar(command)
    }
    return []
  }

  // MARK: The program

  /// Moves the process by a command; says why it can't where it can't.
  private mutating func move(_ line: String) -> [Effect] {
    if process.isRunning, process.showsRunning {
      message = Message("The program is running: Ctrl-C pauses it.", .warning)
      return []
    }
    guard process.isAlive else {
      message = Message("The program is not being run: r starts it.", .warning)
      return []
    }
    return commands.underWay == 0 ? begin(line) : wait(line)
  }

  /// Starts the program; the command asks where one is there already.
  private mutating func run() -> [Effect] {
    if commands.underWay == 0 { return begin("run") }
    if process.isRunning {
      message = Message("The program is running: Ctrl-C pauses it.", .warning)
      return []
    }
    return wait("run")
  }

  private mutating func pause() -> [Effect] {
    guard process.isRunning else {
      if commandBar.isActive {
        commandBar.line.replace(with: "")
        commandBar.completion = nil
        commandBar.reverse = nil
      }
      // A command may be waiting for an index.
      return commands.underWay > 0 || indexing != nil ? [.interrupt] : []
    }
    if process.pauseRequested {
      dialog = .question(.stuck)
      return [.interrupt]
    }
    process.pauseRequested = true
    process.showsRunning = true
    return [.interrupt]
  }

  // MARK: Breakpoints

  var selectedBreakpoint: BreakpointSnapshot? {
    focus == .breakpoints ? breakpoints.list.selected(of: breakpoints.breakpoints) : nil
  }

  private mutating func toggleBreakpoint() -> [Effect] {
    if focus == .disassembly || (focus == .source && showsInstructionsAsSource) {
      guard let address = disassembly.list.selected(of: disassembly.rows)?.address else { return [] }
      let ids = breakpoints.ids(at: address)
      return ids.isEmpty ? [.addBreakpoint(.address(address.description))] : [.deleteBreakpoints(ids)]
    }
    guard let place = source.cursorPlace else {
      message = Message("No source line to set a breakpoint on.", .warning)
      return []
    }
    return toggleBreakpoint(at: place)
  }

  mutating func toggleBreakpoint(at place: SourcePlace) -> [Effect] {
    let ids = breakpoints.ids(at: place.line, of: place.file)
    return ids.isEmpty
      ? [.addBreakpoint(.fileLine(file: place.file, line: place.line))] : [.deleteBreakpoints(ids)]
  }

  // MARK: Rows

  /// Opens, selects or shows what the cursor of the focused pane is on.
  mutating func activate() -> [Effect] {
    switch focus {
    case .stack:
      if let frame = stack.list.selected(of: stack.frames) { return [.selectFrame(frame.level)] }
      guard stack.isTruncated else { return [] }
      stack.limit *= StackState.growth
      stack.freshness.expire()
    case .locals:
      if let row = selectedRow { locals.activate(row) }
    case .threads:
      return threads.list.selected(of: threads.threads).map { [.selectThread($0.id)] } ?? []
    case .breakpoints:
      guard let location = selectedBreakpoint?.locations.first, let file = location.file, let line = location.line
      else { return [] }
      return source.show(SourcePlace(file: file, line: line), height: height(of: .source))
    case .source, .registers, .disassembly, .program, .console: break
    }
    return []
  }

  private mutating func setOpen(_ isOpen: Bool) {
    guard focus == .locals, let row = selectedRow else { return }
    locals.setOpen(isOpen, row.path)
  }

  private mutating func selectFrame(by step: Int) -> [Effect] {
    guard let selected = stack.selected else { return [] }
    let level = selected + step
    return stack.frames.contains { $0.level == level } ? [.selectFrame(level)] : []
  }

  private mutating func showExecution() -> [Effect] {
    disassembly.anchor = nil
    disassembly.freshness.expire()
    guard let frame = stack.selectedFrame ?? process.stop?.frame else { return [] }
    return showSource(of: frame)
  }

  /// What `print` is offered: the variable under the cursor of the locals.
  private var expressionAtCursor: String {
    focus == .locals ? selectedRow.map { locals.expression(for: $0.path) } ?? "" : ""
  }
}
