import Commands
import DebugInfo
import Debugger
import Glibc
import MachineModel

extension Renderer {
  /// What the process does and why, where, which thread, which theme.
  func drawStatus(_ grid: inout CellGrid) {
    guard !layout.status.isEmpty else { return }
    let (word, texts, scope) = statusParts
    let style = theme[scope]
    let right = statusRight
    let room = layout.status.width - columnWidth(of: word) - 3
    let text =
      texts.map { caretNotation($0) }.first { columnWidth(of: $0) <= room } ?? texts.last.map { caretNotation($0) }
      ?? ""
    grid.draw(in: layout.status) { area in
      area.fill(style: style)
      var column = 1
      column += area.put(word, row: 0, column: column, style: Style(attributes: .bold).over(style))
      column += 2
      column += area.put(shortened(text, to: max(1, room)), row: 0, column: column, style: style)
      let start = area.width - columnWidth(of: right) - 1
      if start > column + 1 { area.put(right, row: 0, column: start, style: style) }
    }
  }

  private var statusRight: String {
    // It will not last, so it stands where something else can wait.
    if let indexing = state.indexing {
      return "indexing \(caretNotation(fileName(indexing.image))) \(Int(indexing.fraction * 100)) %"
    }
    if let download = state.download {
      let share = download.total > 0 ? " \(min(100, download.done * 100 / download.total)) %" : ""
      return "fetching \(caretNotation(fileName(download.subject)))\(share)"
    }
    var parts: [String] = []
    if state.process.isAlive, let thread = state.stack.thread {
      let name = thread.name.isEmpty ? "" : " \(caretNotation(thread.name))"
      parts.append("thread \(thread.number)\(name)")
    }
    if state.theme != Theme.fallback.name { parts.append(state.theme) }
    return parts.joined(separator: " · ")
  }

  /// Texts that say the same in ever fewer words; the first that fits is shown.
  private var statusParts: (word: String, texts: [String], scope: Scope) {
    let process = state.process
    if state.commands.showsWorking, !process.isRunning, state.dialog == nil {
      return ("WORKING", [state.commands.latest], .statusProgress)
    }
    switch process.phase {
    case .none:
      guard let name = state.programName.map(fileName) else { return ("READY", ["no program"], .statusNormal) }
      return ("READY", ["\(name) – r runs it, : takes commands", "\(name) – r runs it", name], .statusNormal)
    case .running(let pid):
      if process.pauseRequested {
        return ("PAUSING", ["process \(pid) – Ctrl-C again: kill or detach", "Ctrl-C: kill, detach"], .statusProgress)
      }
      if !process.showsRunning, let stop = process.stop { return ("STOPPED", texts(of: stop), .statusStopped) }
      return ("RUNNING", ["process \(pid) – Ctrl-C pauses it", "Ctrl-C pauses"], .statusRunning)
    case .stopped:
      guard let stop = process.stop else { return ("STOPPED", [""], .statusStopped) }
      if case .signal = stop.cause { return ("STOPPED", texts(of: stop), .statusError) }
      return ("STOPPED", texts(of: stop), .statusStopped)
    case .ended(.exited(_, let code)): return ("EXITED", [code == 0 ? "normally" : "with code \(code)"], .statusExited)
    case .ended(.killed(_, let signal)):
      return ("KILLED", ["by \(signal.name), \(signal.meaning)", "by \(signal.name)"], .statusError)
    case .ended(.stopped): return ("ENDED", [""], .statusExited)
    }
  }

  /// In a narrow terminal a long name is shortened first; the place counts more than the reason, and of a signal its
  /// name.
  private func texts(of stop: StopSnapshot) -> [String] {
    let frame = state.stack.selectedFrame ?? stop.frame
    let place = frame.place.map { "\(fileName($0.file)):\($0.line)" } ?? frame.address.description
    let level = frame.level == 0 ? "" : "#\(frame.level) "
    /// nil where too little of the function's name would be left.
    func text(_ reason: String) -> String? {
      guard let function = frame.function else { return "\(reason)\(level)\(place)" }
      let room = layout.status.width - columnWidth(of: "STOPPED   \(reason)\(level) at \(place)")
      guard columnWidth(of: function) <= room || room >= 12 else { return nil }
      return "\(reason)\(level)\(shortenedFunction(function, to: room)) at \(place)"
    }
    let reason = reason(of: stop.cause)
    guard case .signal(let info) = stop.cause else {
      return [text("\(reason) – "), text("")].compactMap { $0 } + [place]
    }
    let brief = "\(info.signal.name) – "
    // Of other faults it is the instruction's.
    let accessed = [SIGSEGV, SIGBUS].contains(info.signal.number) ? info.faultAddress : nil
    let address = accessed.map { "\(reason), address \($0)" } ?? reason
    return [text("\(address) – "), text("\(reason) – "), text(brief)].compactMap { $0 } + [brief + place]
  }

  private func change(_ report: WatchReport) -> String {
    let name = shortened(caretNotation(report.expression), to: 24)
    let new = shortened(caretNotation(report.new), to: 16)
    return report.old.map { "\(name): \(shortened(caretNotation($0), to: 16)) → \(new)" } ?? "\(name) = \(new)"
  }

  private func reason(of cause: StopCause) -> String {
    switch cause {
    case .breakpoint(let id, let isTemporary): "\(isTemporary ? "Temporary breakpoint" : "Breakpoint") \(id)"
    case .watchpoints(let reports): reports.first.map(change) ?? "Watchpoint"
    case .watchpointScope: "Watchpoint ended"
    case .caught(let report): "Catchpoint \(report.id): \(caretNotation(CatchText.words(report.event)))"
    case .step, .instructionStep: "Step"
    case .finished(let value): value.map { "Returned \(shortened($0.variable.value, to: 24))" } ?? "Finished"
    case .location: "Arrived"
    case .signal(let info): "\(info.signal.name), \(info.signal.meaning)"
    case .interrupted: "Paused"
    case .trap: "Trap instruction"
    case .entry: "Entry"
    case .attached: "Attached"
    case .callReturned: "Call returned"
    }
  }
}
