package import Debugger

/// What a traced function has done, as a line.
package enum TraceText {
  /// `[1]   -> factorial (n=3)`, `[1]   <- factorial = 6`, `[1]     12    return n;`: the thread's number, and two blanks for each
  /// traced call around it.
  package static func line(_ step: TraceStep, thread: Int) -> String {
    let start = "[\(thread)] " + String(repeating: "  ", count: step.depth)
    let name = step.frame.function.map(escapedName) ?? "??"
    switch step.kind {
    case .call: return start + "-> \(name) (\(FrameText.arguments(of: step.frame)))"
    case .return(let value): return start + "<- " + name + (value.map { " = \($0)" } ?? "")
    case .line(let text): return start + padded(step.frame.line.map(String.init) ?? "?", 6) + (text ?? "")
    }
  }
}
