package import MachineModel

/// A way of moving the selected thread.
package enum Motion: Sendable, Equatable {
  case `continue`
  /// Continue, and deliver that signal (nil: none).
  case signal(Signal?)
  case step, next, stepInstruction, nextInstruction
  /// Until the selected frame returns.
  case finish
  /// `until` without a place: as `next`, but not backwards in a loop.
  case until
  /// `until LOCATION`: there, or until the current frame returns.
  case untilLocation(LocationSpecification)
  /// `advance LOCATION`.
  case advance(LocationSpecification)
  /// Go on from another place.
  case jump(LocationSpecification)

  /// True where it goes by lines or instructions.
  var isStep: Bool {
    switch self {
    case .step, .next, .stepInstruction, .nextInstruction: true
    default: false
    }
  }
}

/// How a launch ends.
package enum LaunchStop: Sendable, Equatable {
  /// At the first breakpoint.
  case none
  /// At `main` (`start`).
  case main
  /// At the first instruction (`starti`).
  case entry
}
