package import Debugger
import MachineModel

/// `info trace`, `info time`, `info count`.
package struct ProbeTable: CommandResult, Equatable {
  package let kind: BreakpointKind
  package let breakpoints: [BreakpointSnapshot]

  package var text: String {
    guard !breakpoints.isEmpty else { return "Nothing has the kind \"\(kind.rawValue)\"." }
    let header =
      kind == .time
      ? padded("Num", 5) + Self.columns(["Calls", "Returned", "Total", "Mean", "Shortest", "Longest"]) + "  What"
      : padded("Num", 5) + Self.columns(["Hits"]) + "  What"
    return ([header] + breakpoints.flatMap(rows)).joined(separator: "\n")
  }

  private func rows(of breakpoint: BreakpointSnapshot) -> [String] {
    let number = padded(String(breakpoint.id), 5)
    let what = "  " + escapedName(breakpoint.specification) + (breakpoint.enabled ? "" : "  (disabled)")
    guard kind == .time else { return [number + Self.columns([String(breakpoint.hits)]) + what] }
    let times = breakpoint.times ?? CallTimes()
    let durations = [times.total, times.mean, times.least, times.most]
    let shown = times.count == 0 ? ["-", "-", "-", "-"] : durations.map(Self.duration)
    return [number + Self.columns(["\(breakpoint.hits)", "\(times.count)"] + shown) + what] + histogram(times)
  }

  private static let longestBar = 40

  /// A row for each power of two from the first to the last that calls took.
  private func histogram(_ times: CallTimes) -> [String] {
    guard let first = times.histogram.firstIndex(where: { $0 > 0 }),
      let last = times.histogram.lastIndex(where: { $0 > 0 }), let most = times.histogram.max()
    else { return [] }
    return (first...last).map { power in
      let count = times.histogram[power]
      let bar = String(repeating: "#", count: count == 0 ? 0 : max(1, count * Self.longestBar / most))
      let line = "     from " + rightAligned(Self.duration(UInt64(1) << UInt64(power)), 9) + rightAligned("\(count)", 9)
      return bar.isEmpty ? line : line + "  " + bar
    }
  }

  private static func columns(_ texts: [String]) -> String { texts.map { rightAligned($0, 9) }.joined() }

  /// `850 ns`, `12.3 µs`, `1.05 s`: three digits.
  static func duration(_ nanoseconds: UInt64) -> String {
    var (scaled, unit) = (nanoseconds * 100, 0)
    let units = ["ns", "µs", "ms", "s"]
    while scaled >= 100_000, unit < units.count - 1 {
      scaled /= 1000
      unit += 1
    }
    let (whole, hundredths) = (scaled / 100, scaled % 100)
    switch whole {
    case _ where unit == 0 || whole >= 100: return "\(whole) \(units[unit])"
    case 10...: return "\(whole).\(hundredths / 10) \(units[unit])"
    default: return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths) \(units[unit])"
    }
  }
}
