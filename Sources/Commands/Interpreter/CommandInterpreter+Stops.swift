package import Debugger
import MachineModel

extension CommandInterpreter {
  /// A stop or exit as an event. From here on `list` begins at the stop's line.
  package func event(for outcome: ResumeOutcome) async -> CommandOutput {
    var line: SourceLine?
    var displays: [String] = []
    var namesThread = false
    var location: Int?
    if case .stopped(let stop) = outcome {
      follow(stop.frame)
      if case .breakpoint(let id, _) = stop.cause {
        if options.rendersText { location = await self.location(of: id, at: stop.frame.address) }
      }
      for id in stop.cause.breakpoints { await retire(breakpoint: id) }
      if options.rendersText {
        line = await sourceLine(of: stop.frame)
        displays = await displayTexts()
        namesThread = stop.thread.inferior != nil
        if !namesThread { namesThread = await session.threadCount > 1 }
      }
    }
    let report = StopReport(
      outcome: outcome, sourceLine: line, namesThread: namesThread, location: location, displays: displays,
      inferior: await session.hasSeveralInferiors ? await session.inferiorNumber : nil)
    return CommandOutput(
      command: "", succeeded: true, text: escaped(report.text), json: { CommandOutput.line(report) })
  }

  /// What the session has to say besides outcomes goes out where nobody watches its events. Before a stop's own event,
  /// for it came before.
  package func emitUnreported(_ emit: @Sendable (CommandOutput) -> Void) async {
    await session.tellDamage()
    guard !options.isInteractive else { return }
    for event in await session.takeUnreported() {
      switch event {
      case .notice(let text): emit(CommandOutput(command: "", succeeded: true, text: escaped(text), json: { "" }))
      case .ended(let outcome): emit(await self.event(for: outcome))
      case .stopped(let stop): emit(await self.event(for: .stopped(stop)))
      default: break
      }
    }
  }

  /// Which of a breakpoint's locations an address is, from 1; nil where there is one only.
  private func location(of id: Int, at address: VirtualAddress) async -> Int? {
    guard let locations = await session.breakpoints().first(where: { $0.id == id })?.locations, locations.count > 1
    else { return nil }
    return locations.firstIndex { $0.address == address }.map { $0 + 1 }
  }

  /// `enable once` and `enable delete` take effect.
  private func retire(breakpoint id: Int) async {
    switch state.afterHit.removeValue(forKey: id) {
    case .disable: try? await session.enableBreakpoints([id], false)
    case .delete: try? await session.deleteBreakpoints([id])
    case nil: break
    }
  }

  /// `list` begins around a frame's line.
  func follow(_ frame: FrameSnapshot) {
    state.listing.shown = nil
    state.listing.center = frame.line
    state.listing.name = SourceName.display(frame)
    if let file = frame.file { state.listing.file = file }
  }

  /// A selected frame as commands show it.
  func result(selecting frame: FrameSnapshot, heading: String? = nil) async -> FrameResult {
    follow(frame)
    return FrameResult(frame, sourceLine: options.rendersText ? await sourceLine(of: frame) : nil, heading: heading)
  }

  /// The line that a frame stands at: its text, or why there is none. nil where the frame has no line.
  func sourceLine(of frame: FrameSnapshot) async -> SourceLine? {
    guard let file = frame.file, let number = frame.line else { return nil }
    let name = escapedName(SourceName.display(frame) ?? file)
    do {
      let source = try await session.sourceText(file)
      guard source.lines.indices.contains(number - 1) else {
        let count = source.lines.count
        return SourceLine(
          number: number, text: "\(number)\tLine number \(number) out of range; \(name) has \(count) lines.")
      }
      return SourceLine(number: number, text: "\(number)\t\(source.lines[number - 1])")
    } catch {
      let isFirst = state.missingSources.insert(file).inserted
      return SourceLine(
        number: number, text: isFirst ? "\(number)\t\(name): No such file or directory." : "\(number)\tin \(name)")
    }
  }

  /// What each `display` shows now. One that can't be shown here (its variables are of another function) says nothing.
  func displayTexts() async -> [String] {
    var texts: [String] = []
    for display in state.displays where display.enabled {
      if let text = try? await text(of: display) { texts.append(text) }
    }
    return texts
  }

  /// `1: total = 1`, `2: /x p = {…}`, or an instruction or memory below its heading.
  func text(of display: InterpreterState.Display) async throws -> String {
    let name = "\(display.number): "
    guard let suffix = display.format else {
      return name + display.expression + " = " + (try await session.evaluate(display.expression).variable.value)
    }
    if suffix.examinesMemory {
      var defaults = ExamineDefaults()
      let format = defaults.complete(suffix)
      let dump = try await session.examine(display.expression, count: suffix.count ?? 1, format: format)
      let isCode = format.letter == .instruction
      let here = isCode ? try? await session.selectedFrame().address : nil
      let memory = ExamineResult(dump, isInstructions: isCode, programCounter: here)
      return name + "x" + suffix.description + " " + display.expression + "\n" + memory.text
    }
    let value = try await session.evaluate(display.expression, format: ValueFormat(suffix.letter ?? .natural))
    return name + suffix.description + " " + display.expression + " = " + value.variable.value
  }
}

extension FormatSuffix: CustomStringConvertible {
  /// Shown as memory at an address, not as a value: gdb's rule for `display`.
  var examinesMemory: Bool { unitSize != nil || letter == .instruction || letter == .string }

  /// `/3wx`, `/1bi`: with all that was left out, in the order of gdb's `info display`.
  var completed: String {
    guard examinesMemory else { return description }
    var defaults = ExamineDefaults()
    let format = defaults.complete(self)
    let size = ["b", "h", "w", "g"][(format.unitSize ?? 1).trailingZeroBitCount & 3]
    return "/\(count ?? 1)\(size)\(format.letter.rawValue)"
  }

  /// `/3xw`, as it is written.
  package var description: String {
    let size = unitSize.flatMap { [1: "b", 2: "h", 4: "w", 8: "g"][$0] } ?? ""
    // A count is memory's.
    let count = examinesMemory ? count.map(String.init) ?? "" : ""
    return "/" + count + (letter.map { String($0.rawValue) } ?? "") + size
  }
}
