import Debugger
import MachineModel

/// Breakpoints as commands that make them anew, in the form of gdb's `save breakpoints`.
struct BreakpointScript: Sendable {
  /// One breakpoint's commands: what makes it, then what is said of it.
  typealias Entry = [String]

  let entries: [Entry]

  init(_ breakpoints: [BreakpointSnapshot]) { entries = breakpoints.map(Self.entry) }

  var lines: [String] { entries.flatMap { $0 } }

  private static func entry(_ breakpoint: BreakpointSnapshot) -> Entry {
    var lines = [making(breakpoint) + (breakpoint.thread.map { " thread \($0)" } ?? "")]
    if let condition = breakpoint.condition { lines.append("  condition $bpnum \(condition)") }
    if breakpoint.ignoreCount > 0 { lines.append("  ignore $bpnum \(breakpoint.ignoreCount)") }
    if !breakpoint.commands.isEmpty {
      lines += ["  commands"] + ScriptParser.indented(breakpoint.commands).map { "    " + $0 } + ["  end"]
    }
    if !breakpoint.enabled { lines.append("disable $bpnum") }
    return lines
  }

  private static func making(_ breakpoint: BreakpointSnapshot) -> String {
    let what = breakpoint.specification
    let mark = breakpoint.isTemporary ? "t" : ""
    switch breakpoint.kind {
    case .breakpoint: return "\(mark)break \(what)"
    case .hardwareBreakpoint: return "\(mark)hbreak \(what)"
    case .watchpoint, .softwareWatchpoint: return "watch \(what)"
    case .readWatchpoint: return "rwatch \(what)"
    case .accessWatchpoint: return "awatch \(what)"
    case .catchpoint: return "\(mark)catch \(breakpoint.event?.arguments ?? what)"
    case .trace: return (breakpoint.probe == .trace(lines: true) ? "trace -line " : "trace ") + what
    case .time: return "time \(what)"
    case .count: return "count \(what)"
    case .dprintf:
      let (command, rest) = (breakpoint.log ?? "").firstWord
      return command == "printf" ? "dprintf \(what),\(rest)" : "logpoint \(what) \(rest)"
    }
  }
}

extension CatchEvent {
  /// As `catch` takes it.
  var arguments: String {
    switch self {
    case .exception(let stage): stage.rawValue
    case .fork: "fork"
    case .vfork: "vfork"
    case .exec: "exec"
    case .systemCalls(let calls): (["syscall"] + calls.map(\.name)).joined(separator: " ")
    case .signals(.standard): "signal"
    case .signals(.all): "signal all"
    case .signals(.these(let signals)): (["signal"] + signals.map(\.name)).joined(separator: " ")
    case .load(let pattern): (["load"] + (pattern.map { [$0] } ?? [])).joined(separator: " ")
    case .unload(let pattern): (["unload"] + (pattern.map { [$0] } ?? [])).joined(separator: " ")
    }
  }
}
