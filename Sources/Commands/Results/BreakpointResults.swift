package import Debugger
import MachineModel

/// `info breakpoints`.
package struct BreakpointTable: CommandResult, Equatable {
  package let breakpoints: [BreakpointSnapshot]
  package init(breakpoints: [BreakpointSnapshot]) { self.breakpoints = breakpoints }

  package var text: String {
    if breakpoints.isEmpty { return "No breakpoints or watchpoints." }
    // gdb makes the first column as wide as the widest number, that of a location included.
    let numbers = breakpoints.flatMap {
      [String($0.id)] + ($0.locations.count > 1 ? ["\($0.id).\($0.locations.count)"] : [])
    }
    let width = max(3, numbers.map(\.count).max() ?? 3)
    // So is the second.
    let kindWidth = max(14, breakpoints.map(\.kind.rawValue.count).max() ?? 0) + 1
    let header = padded("Num", width) + "     " + padded("Type", kindWidth) + "Disp Enb Address            What"
    return ([header] + breakpoints.flatMap { rows(of: $0, width, kindWidth) }).joined(separator: "\n")
  }

  private func rows(of breakpoint: BreakpointSnapshot, _ width: Int, _ kindWidth: Int) -> [String] {
    var lines: [String] = []
    let start =
      padded(String(breakpoint.id), width) + "     " + padded(breakpoint.kind.rawValue, kindWidth)
      + (breakpoint.isTemporary ? "del  " : "keep ") + (breakpoint.enabled ? "y   " : "n   ")
    switch breakpoint.locations.count {
    case _ where breakpoint.kind == .catchpoint || breakpoint.kind.isWatchpoint:
      lines.append(start + "                   " + escapedName(breakpoint.specification))
    case 0: lines.append(start + "<PENDING>          " + escapedName(breakpoint.specification))
    case 1: lines.append(start + row(of: breakpoint.locations[0]))
    default: lines.append(start + "<MULTIPLE>         ")
    }
    if let condition = breakpoint.condition { lines.append("\tstop only if \(escapedName(condition))") }
    if let thread = breakpoint.thread { lines.append("\tstop only in thread \(thread)") }
    if breakpoint.hits > 0 {
      let noun = breakpoint.kind == .catchpoint ? "catchpoint" : "breakpoint"
      lines.append("\t\(noun) already hit \(breakpoint.hits) time\(breakpoint.hits == 1 ? "" : "s")")
    }
    if breakpoint.ignoreCount > 0 { lines.append("\tignore next \(breakpoint.ignoreCount) hits") }
    if let log = breakpoint.log { lines.append("        " + escapedName(log)) }
    lines += ScriptParser.indented(breakpoint.commands).map { "        " + escapedName($0) }
    if breakpoint.locations.count > 1, breakpoint.kind != .catchpoint {
      for (index, location) in breakpoint.locations.enumerated() {
        lines.append(
          padded("\(breakpoint.id).\(index + 1)", width + 5 + kindWidth) + "     y   " + row(of: location))
      }
    }
    return lines
  }

  private func row(of location: BreakpointSnapshot.Location) -> String {
    var text = hexadecimal(location.address.rawValue, digits: 16) + " "
    if let function = location.signature ?? location.function {
      text += location.file == nil ? "<\(escapedName(function))>" : "in \(escapedName(function)) "
    }
    if let file = location.file {
      text += (location.function == nil ? "" : "at ") + escapedName(location.sourceName ?? SourceName.display(file))
      if let line = location.line { text += ":\(line)" }
    }
    return text
  }
}

/// `break`, `tbreak`: the breakpoint that was made.
package struct BreakpointMade: CommandResult, Equatable {
  package let breakpoint: BreakpointSnapshot
  /// Why it is pending, where nobody was asked whether it should be: it may be a typing error.
  package let doubt: String?
  package init(_ breakpoint: BreakpointSnapshot, doubt: String? = nil) {
    self.breakpoint = breakpoint
    self.doubt = doubt
  }

  package var text: String {
    let name = "\(title) \(breakpoint.id)"
    if let event = breakpoint.event { return "\(name) (\(escapedName(event.title)))" }
    if breakpoint.kind.isWatchpoint { return "\(name): \(escapedName(breakpoint.specification))" }
    guard let first = breakpoint.locations.first else {
      let pending = "\(name) (\(escapedName(breakpoint.specification))) pending."
      return doubt.map { "\(escapedName($0))\n\(pending)" } ?? pending
    }
    if breakpoint.locations.count > 1 {
      return
        "\(name) at \(first.address): \(escapedName(breakpoint.specification)). (\(breakpoint.locations.count) locations)"
    }
    var text = "\(name) at \(first.address)"
    if let file = first.file, let line = first.line {
      text += ": file \(escapedName(first.sourceName ?? SourceName.display(file))), line \(line)."
    }
    return text
  }

  private var title: String {
    switch breakpoint.kind {
    case .dprintf: "Dprintf"
    case .trace: "Trace"
    case .time: "Timer"
    case .count: "Counter"
    case .hardwareBreakpoint: "Hardware assisted breakpoint"
    case .catchpoint: "Catchpoint"
    case .breakpoint: breakpoint.isTemporary ? "Temporary breakpoint" : "Breakpoint"
    default: WatchText.title(breakpoint.kind)
    }
  }

  package func encode(to encoder: any Encoder) throws { try breakpoint.encode(to: encoder) }
}
