package import Debugger

/// What a `PaneRequest` led to.
package enum PaneContent: Sendable, Equatable {
  case frame(FrameContent)
  case threads([ThreadRow])
  case registers([RegisterRow])
  case disassembly([InstructionRow])
  case breakpoints([BreakpointSnapshot])
  case concurrency(ConcurrencyContent)
}

/// The selected frame and the stack around it.
package struct FrameContent: Sendable, Equatable {
  package let backtrace: Backtrace
  /// The selected level.
  package let selected: Int
  package let arguments: [VariableSnapshot]
  package let locals: [VariableSnapshot]
  /// Watch expressions and pinned places.
  package let kept: [KeptValueSnapshot]
  /// Why there are no variables.
  package let problem: String?

  package init(
    backtrace: Backtrace, selected: Int, arguments: [VariableSnapshot], locals: [VariableSnapshot],
    kept: [KeptValueSnapshot] = [], problem: String? = nil
  ) {
    self.backtrace = backtrace
    self.selected = selected
    self.arguments = arguments
    self.locals = locals
    self.kept = kept
    self.problem = problem
  }

  /// Names the selected activation alike at each stop: its function, and how far from the outermost frame it is
  /// where the whole stack is known.
  var activation: String {
    let frame = backtrace.frames.first { $0.level == selected }
    let depth = backtrace.truncated ? 0 : backtrace.frames.count - selected
    return "\(frame?.function ?? "??")@\(depth)"
  }
}
