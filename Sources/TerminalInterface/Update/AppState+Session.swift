import Commands
import Debugger
import MachineModel

extension AppState {
  /// Milliseconds that the process runs before the status line says so.
  static let runningDelay = 120

  mutating func accept(_ event: SessionEvent) -> [Effect] {
    switch event {
    case .state(let state): return accept(state)
    case .inferior(let number): process.inferior = number
    case .stopped(let stop): return accept(stop)
    case .stopCompleted(let stop):
      if process.stop?.generation == stop.generation { process.stop = stop }
    case .ended(let outcome):
      process.phase = .ended(outcome)
      forgetProcess()
      // A command that waits for the process tells of its end itself.
      if commands.underWay == 0 { tellEnd(outcome) }
      return [.resetProgramTerminal] + firstSource
    case .breakpointsChanged: breakpoints.revision += 1
    case .imagesChanged:
      breakpoints.revision += 1
      disassembly.freshness.expire()
    case .selectionChanged:
      revision += 1
      disassembly.anchor = nil
    case .dataChanged, .keptValuesChanged: revision += 1
    case .indexing(let progress): indexing = progress
    case .download(let progress): download = progress
    case .downloadEnded: download = nil
    case .notice(let text): console.append(text, .notice)
    }
    return []
  }

  /// Where the last frame had no source, the program's own comes back.
  private var firstSource: [Effect] { source.view == .empty && programName != nil ? [.locateDefaultSource] : [] }

  /// The command's own result may have come before the event.
  private mutating func tellEnd(_ outcome: ResumeOutcome) {
    let text = StopReport(
      outcome: outcome, sourceLine: nil, namesThread: false, displays: [], inferior: process.inferior
    ).text
    if let last = text.split(separator: "\n").last, last == console.lines.last?.text ?? "" { return }
    console.append(text, .notice)
  }

  private mutating func accept(_ state: ProcessState) -> [Effect] {
    switch state {
    case .none:
      let wasAlive = process.isAlive
      if wasAlive { process.phase = .none }
      process.isAttached = false
      forgetProcess()
      return (wasAlive ? [.resetProgramTerminal] : []) + firstSource
    case .running(let pid):
      guard !process.isRunning else { return [] }
      process.phase = .running(pid)
      process.showsRunning = false
      process.pauseRequested = false
      process.runs += 1
      return [.wake(afterMilliseconds: Self.runningDelay, .run(process.runs))]
    case .stopped(let pid):
      process.phase = .stopped(pid)
      endRun()
      return []
    }
  }

  private mutating func accept(_ stop: StopSnapshot) -> [Effect] {
    if !process.isStopped { process.phase = .stopped(ProcessID(stop.thread.tid.rawValue)) }
    endRun()
    switch stop.cause {
    case .step, .instructionStep, .finished: break
    default: commands.dropMotions()
    }
    if stop.cause == .attached { process.isAttached = true }
    process.stop = stop
    stack.thread = stop.thread
    revision += 1
    breakpoints.revision += 1
    stack.limit = StackState.firstLimit
    disassembly.anchor = nil
    source.execution = stop.frame.place
    source.selection = nil
    return showSource(of: stop.frame)
  }

  private mutating func endRun() {
    process.showsRunning = false
    process.pauseRequested = false
    if dialog == .question(.stuck) { dialog = nil }
  }

  private mutating func forgetProcess() {
    endRun()
    commands.dropMotions()
    process.stop = nil
    revision += 1
    breakpoints.revision += 1
    stack.clear()
    locals.clear()
    threads = ThreadsState()
    registers.clear()
    disassembly.clear()
    source.clearPlaces()
  }

  /// Shows a frame's line, or says why it can't be.
  mutating func showSource(of frame: FrameSnapshot) -> [Effect] {
    if let place = frame.place { return source.show(place, height: height(of: .source)) }
    let name = frame.function ?? "this code"
    let module = frame.module.map { " (\($0))" } ?? ""
    source.showMissing("No line information for \(name)\(module).")
    return []
  }
}

extension FrameSnapshot {
  /// Its line, where both file and line are known.
  var place: SourcePlace? {
    guard let file, let line, line > 0 else { return nil }
    return SourcePlace(file: file, line: line)
  }
}
