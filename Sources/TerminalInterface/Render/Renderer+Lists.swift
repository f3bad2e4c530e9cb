import Debugger
import MachineModel

extension Renderer {
  func drawStack(_ area: inout GridRegion) {
    let stack = state.stack
    if let problem = stack.problem { return drawRemark(&area, caretNotation(problem)) }
    guard !stack.frames.isEmpty else { return drawRemark(&area, noProcessRemark) }
    let width = area.width - 1
    let digits = String(stack.frames.last?.level ?? 0).count
    drawRows(&area, pane: .stack, count: stack.rowCount, list: stack.list) { row in
      guard row < stack.frames.count else {
        var line = line()
        line.append("  … more frames", style: theme[.stackLocation])
        return line
      }
      return stackLine(stack.frames[row], digits: digits, width: width)
    }
  }

  private func stackLine(_ frame: FrameSnapshot, digits: Int, width: Int) -> StyledText {
    let isSelected = frame.level == state.stack.selected
    var text = line()
    text.append(isSelected ? "▶" : " ", style: theme[.gutterCurrent])
    text.append(String(frame.level).leftPadded(to: digits) + " ", style: theme[.stackNumber])
    let name = functionName(frame)
    let place = placeText(frame)
    let mark = frame.inlined ? " [inlined]" : ""
    let used = digits + 2
    let room = width - used
    let placeWidth = columnWidth(of: place)
    // The name may take all but what the place needs; where both are too long the place goes.
    let showsPlace = !place.isEmpty && room - placeWidth - 1 >= min(columnWidth(of: name), 12) + mark.count
    let nameRoom = showsPlace ? room - placeWidth - 1 : room
    let shown = shortenedFunction(name, to: max(1, nameRoom - mark.count))
    text.append(shown, style: theme[isSelected ? .stackCurrent : .stackFunction])
    text.append(mark, style: theme[.stackInlined])
    if showsPlace {
      let arguments = argumentsText(
        frame, room: nameRoom - columnWidth(of: shown) - mark.count - 1)
      text.append(arguments, style: theme[.stackLocation])
      let gap = nameRoom - columnWidth(of: shown) - mark.count - columnWidth(of: arguments) + 1
      text.append(String(repeating: " ", count: max(1, gap)) + place, style: theme[.stackLocation])
    }
    return text
  }

  /// A frame that is no function's goes by what it is.
  private func functionName(_ frame: FrameSnapshot) -> String {
    if frame.isSignalTrampoline { return "<signal handler>" }
    if frame.isCallDummy { return "<function called from sdb>" }
    return frame.function.map { caretNotation($0) } ?? frame.address.description
  }

  /// ` (n=3)`, where there is room for all of it.
  private func argumentsText(_ frame: FrameSnapshot, room: Int) -> String {
    guard frame.hasDebugInfo, !frame.isSignalTrampoline else { return "" }
    let text = " (" + frame.arguments.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
    return columnWidth(of: caretNotation(text)) <= room ? caretNotation(text) : ""
  }

  func drawThreads(_ area: inout GridRegion) {
    let threads = state.threads
    if let problem = threads.problem { return drawRemark(&area, caretNotation(problem)) }
    guard !threads.threads.isEmpty else { return drawRemark(&area, noProcessRemark) }
    let digits = String(threads.threads.map(\.id).max() ?? 0).count
    let width = area.width - 1
    drawRows(&area, pane: .threads, count: threads.threads.count, list: threads.list) { row in
      let thread = threads.threads[row]
      var text = line()
      text.append(thread.current ? "▶" : " ", style: theme[.gutterCurrent])
      let scope: Scope = thread.current ? .threadCurrent : thread.state == .running ? .threadRunning : .threadStopped
      text.append(String(thread.id).leftPadded(to: digits) + " ", style: theme[.stackNumber])
      let room = width - digits - 2
      let name = caretNotation(thread.name)
      let full = "\(name) (\(thread.tid))"
      guard let frame = thread.frame else {
        text.append(full, style: theme[scope])
        text.append("  running", style: theme[.threadRunning])
        return text
      }
      let function = functionName(frame)
      let place = placeText(frame)
      // Where not all fits, the number that the kernel has for it is missed least, then the place.
      let texts = [(full, place), (name, place), (name, "")]
      let fitting = texts.first { title, place in
        columnWidth(of: title) + 2 + columnWidth(of: function) + 1 + columnWidth(of: place) <= room
      }
      let (title, shownPlace) = fitting ?? (name, "")
      let functionRoom = max(1, room - columnWidth(of: title) - 2)
      text.append(title, style: theme[scope])
      text.append("  " + shortenedFunction(function, to: functionRoom), style: theme[.stackFunction])
      let gap = functionRoom - columnWidth(of: function) - columnWidth(of: shownPlace)
      if !shownPlace.isEmpty {
        text.append(String(repeating: " ", count: max(1, gap)) + shownPlace, style: theme[.stackLocation])
      }
      return text
    }
  }

  /// `tour.c:12`, or the module where there is no line.
  private func placeText(_ frame: FrameSnapshot) -> String {
    frame.place.map { caretNotation(fileName($0.file)) + ":\($0.line)" } ?? frame.module.map {
      caretNotation(fileName($0))
    } ?? ""
  }

  func drawBreakpoints(_ area: inout GridRegion) {
    let rows = state.breakpoints.breakpoints
    guard !rows.isEmpty else { return drawRemark(&area, "No breakpoints: b sets one") }
    let digits = String(rows.map(\.id).max() ?? 0).count
    drawRows(&area, pane: .breakpoints, count: rows.count, list: state.breakpoints.list) { row in
      let breakpoint = rows[row]
      var text = line()
      let isPending = breakpoint.isPending
      let scope: Scope =
        isPending ? .breakpointPending : breakpoint.enabled ? .breakpointEnabled : .breakpointDisabled
      text.append(isPending ? "◌ " : breakpoint.enabled ? "● " : "○ ", style: theme[scope])
      text.append(String(breakpoint.id).leftPadded(to: digits) + " ", style: theme[.stackNumber])
      text.append(place(of: breakpoint), style: theme[.stackFunction])
      if let condition = breakpoint.condition {
        text.append(" if \(caretNotation(condition))", style: theme[.valueText])
      }
      var remarks: [String] = []
      if breakpoint.isTemporary { remarks.append("temporary") }
      if isPending { remarks.append("pending") }
      if breakpoint.locations.count > 1 { remarks.append("\(breakpoint.locations.count) places") }
      if breakpoint.ignoreCount > 0 { remarks.append("ignores \(breakpoint.ignoreCount)") }
      if breakpoint.hits > 0 { remarks.append(breakpoint.hits == 1 ? "1 hit" : "\(breakpoint.hits) hits") }
      if !remarks.isEmpty { text.append("  " + remarks.joined(separator: ", "), style: theme[.stackLocation]) }
      return text
    }
  }

  private func place(of breakpoint: BreakpointSnapshot) -> String {
    if let event = breakpoint.event { return "catch \(caretNotation(event.title))" }
    guard let location = breakpoint.locations.first else {
      let name = caretNotation(breakpoint.specification)
      return breakpoint.kind.isWatchpoint ? "\(breakpoint.kind.rawValue) \(name)" : name
    }
    let kind = breakpoint.probe == nil ? "" : breakpoint.kind.rawValue + " "
    let function = kind + (location.function.map { "\(caretNotation($0)) " } ?? "")
    guard let file = location.file, let line = location.line else { return function + location.address.description }
    return "\(function)\(caretNotation(fileName(file))):\(line)"
  }

  func drawRegisters(_ area: inout GridRegion) {
    let registers = state.registers
    if let problem = registers.problem { return drawRemark(&area, caretNotation(problem)) }
    guard !registers.registers.isEmpty else { return drawRemark(&area, noProcessRemark) }
    let nameWidth = min(10, registers.registers.map { $0.name.count }.max() ?? 0)
    let rawWidth = min(18, registers.registers.map { $0.raw.count }.max() ?? 0)
    let width = area.width - 1
    drawRows(&area, pane: .registers, count: registers.registers.count, list: registers.list) { row in
      let register = registers.registers[row]
      let isChanged = registers.changed.contains(register.name)
      var text = line()
      text.append(isChanged ? "•" : " ", style: theme[.valueChanged])
      text.append(register.name.padded(to: nameWidth) + " ", style: theme[.registerName])
      text.append(register.raw.padded(to: rawWidth), style: theme[isChanged ? .valueChanged : .registerValue])
      let natural = caretNotation(register.natural)
      // Part of a number would be another number; of a symbol the beginning tells enough.
      let room = width - columnWidth(of: text.text) - 2
      let isSymbol = natural.contains("<") && room >= 20
      if columnWidth(of: natural) <= room || isSymbol {
        text.append("  " + shortened(natural, to: room), style: theme[.valueAddress])
      }
      return text
    }
  }
}
