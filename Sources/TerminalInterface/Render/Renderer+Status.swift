import Debugger
import MachineModel

extension Renderer {
  /// What the process does and why, where, which thread, which theme.
  func drawStatus(_ grid: inout CellGrid) {
    guard !layout.status.isEmpty else { return }
    let (word, text, scope) = statusParts
    let style = theme[scope]
    let right = statusRight
    grid.draw(in: layout.status) { area in
      area.fill(style: style)
      var column = 1
      column += area.put(word, row: 0, column: column, style: Style(attributes: .bold).over(style))
      column += 2
      column += area.put(escaped(text), row: 0, column: column, style: style)
      let start = area.width - columnWidth(of: right) - 1
      if start > column + 1 { area.put(right, row: 0, column: start, style: style) }
    }
  }

  private var statusRight: String {
    var parts: [String] = []
    if state.process.isAlive, let thread = state.process.stop?.thread {
      let name = thread.name.isEmpty ? "" : " \(escaped(thread.name))"
      parts.append("thread \(thread.id)\(name)")
    }
    parts.append(state.theme)
    return parts.joined(separator: " · ")
  }

  private var statusParts: (word: String, text: String, scope: Scope) {
    let process = state.process
    switch process.phase {
    case .none:
      let text = state.programName.map { "\(fileName($0)) – r runs it, : takes commands" } ?? "no program"
      return ("READY", text, .statusNormal)
    case .running(let pid):
      if process.pauseRequested { return ("PAUSING", "process \(pid) – Ctrl-C again: kill or detach", .statusProgress) }
      if !process.showsRunning, let stop = process.stop { return ("STOPPED", text(of: stop), .statusStopped) }
      return ("RUNNING", "process \(pid) – Ctrl-C pauses it", .statusRunning)
    case .stopped:
      guard let stop = process.stop else { return ("STOPPED", "", .statusStopped) }
      if case .signal = stop.cause { return ("STOPPED", text(of: stop), .statusError) }
      return ("STOPPED", text(of: stop), .statusStopped)
    case .ended(.exited(_, let code)): return ("EXITED", code == 0 ? "normally" : "with code \(code)", .statusExited)
    case .ended(.killed(_, let signal)): return ("KILLED", "by \(signal.name), \(signal.meaning)", .statusError)
    case .ended(.stopped): return ("ENDED", "", .statusExited)
    }
  }

  private func text(of stop: StopSnapshot) -> String {
    let frame = state.stack.selectedFrame ?? stop.frame
    let place = frame.place.map { "\(fileName($0.file)):\($0.line)" } ?? frame.address.description
    let name = frame.function.map { "\($0) at " } ?? ""
    let level = frame.level == 0 ? "" : "#\(frame.level) "
    return "\(reason(of: stop.cause)) – \(level)\(name)\(place)"
  }

  private func reason(of cause: StopCause) -> String {
    switch cause {
    case .breakpoint(let id, let isTemporary): "\(isTemporary ? "Temporary breakpoint" : "Breakpoint") \(id)"
    case .step, .instructionStep: "Step"
    case .finished(let value): value.map { "Returned \($0.variable.value)" } ?? "Finished"
    case .location: "Arrived"
    case .signal(let info): "\(info.signal.name), \(info.signal.meaning)"
    case .interrupted: "Paused"
    case .trap: "Trap instruction"
    case .executed(let path): "Executed \(fileName(path))"
    case .entry: "Entry"
    }
  }
}
