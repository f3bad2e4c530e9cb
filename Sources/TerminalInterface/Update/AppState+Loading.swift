import Debugger
import MachineModel

extension AppState {
  /// Asks for what panes in front show and do not have yet.
  mutating func refresh() -> [Effect] {
    var effects: [Effect] = []
    if breakpoints.freshness.begin(breakpoints.revision) {
      effects.append(.load(.breakpoints, revision: breakpoints.revision))
    }
    let visible = geometry.visible
    if visible.contains(.program) {
      program.hasNews = false
      if let body = geometry.body(of: .program), body.size != program.size, !body.isEmpty {
        program.size = body.size
        effects.append(.resizeProgramTerminal(body.size))
      }
    }
    guard process.isStopped, process.stop != nil else { return effects }
    effects += refreshConcurrency()
    // The stack tells the selected frame, which source and status line need whatever is in front.
    if stack.freshness.begin(revision) {
      effects.append(.load(.frame(limit: stack.limit), revision: revision))
    }
    effects += locals.takeRequests()
    if visible.contains(.threads), threads.freshness.begin(revision) {
      effects.append(.load(.threads, revision: revision))
    }
    if visible.contains(.registers), registers.freshness.begin(revision) {
      effects.append(.load(.registers, revision: revision))
    }
    if visible.contains(.disassembly) || showsInstructionsAsSource, disassembly.freshness.begin(revision) {
      effects.append(.load(.disassembly(around: disassembly.anchor), revision: revision))
    }
    return effects
  }

  /// The source pane has no file for the selected frame, and shows instructions.
  var showsInstructionsAsSource: Bool {
    if case .missing = source.view { geometry.visible.contains(.source) } else { false }
  }

  mutating func accept(_ content: PaneContent, revision: Int) -> [Effect] {
    switch content {
    case .breakpoints(let rows):
      guard breakpoints.freshness.end(revision, current: breakpoints.revision) else { return [] }
      breakpoints.breakpoints = rows
    case .frame(let content):
      guard stack.freshness.end(revision, current: self.revision) else { return [] }
      // What could not be read any more, as the process went on, is no news.
      return content.problem != nil && process.isRunning ? [] : accept(content)
    case .threads(let rows):
      guard threads.freshness.end(revision, current: self.revision) else { return [] }
      threads.accept(rows)
    case .registers(let rows):
      guard registers.freshness.end(revision, current: self.revision) else { return [] }
      registers.accept(
        rows, generation: process.stop?.generation ?? 0, thread: process.stop?.thread.id ?? 0,
        level: stack.selected ?? 0)
    case .concurrency(let content):
      guard case .concurrency(var overlay) = dialog, overlay.freshness.end(revision, current: self.revision) else {
        return []
      }
      overlay.accept(content)
      dialog = .concurrency(overlay)
    case .disassembly(let rows):
      guard disassembly.freshness.end(revision, current: self.revision) else { return [] }
      disassembly.accept(rows, height: height(of: showsInstructionsAsSource ? .source : .disassembly))
    }
    return []
  }

  private mutating func accept(_ content: FrameContent) -> [Effect] {
    let before = stack.selectedFrame
    stack.accept(content.backtrace, selected: content.selected)
    locals.accept(
      content, frame: content.activation, generation: process.stop?.generation ?? 0, revision: revision,
      height: height(of: .locals))
    guard let frame = stack.selectedFrame else { return [] }
    source.selection = frame.level == 0 ? nil : frame.place
    guard before?.level != frame.level || before?.address != frame.address else { return [] }
    return showSource(of: frame)
  }

  mutating func fail(_ request: PaneRequest, _ reason: String, revision: Int) {
    // While the process runs nothing can be read of it; what is shown stays until the next stop.
    let isRunning = process.isRunning
    switch request {
    case .breakpoints: _ = breakpoints.freshness.end(revision, current: breakpoints.revision)
    case .frame:
      guard stack.freshness.end(revision, current: self.revision), !isRunning else { return }
      stack.frames = []
      stack.problem = reason
      locals.fail(reason)
    case .threads:
      guard threads.freshness.end(revision, current: self.revision), !isRunning else { return }
      threads.problem = reason
    case .registers:
      guard registers.freshness.end(revision, current: self.revision), !isRunning else { return }
      registers.problem = reason
    case .concurrency:
      guard case .concurrency(var overlay) = dialog else { return }
      let isDue = overlay.freshness.end(revision, current: self.revision) && !isRunning
      if isDue { overlay.problem = reason }
      dialog = .concurrency(overlay)
    case .disassembly:
      guard disassembly.freshness.end(revision, current: self.revision), !isRunning else { return }
      disassembly.rows = []
      disassembly.problem = reason
    }
  }
}
