package import Debugger
import MachineModel

/// A stop or exit, as it is told when it happens: an event in JSON, gdb's words in text.
package struct StopReport: Sendable, Equatable {
  package let outcome: ResumeOutcome
  /// The source line at the stop; nil where there is none, or where nobody reads text.
  package let sourceLine: SourceLine?
  /// More than one thread is, or was, alive: the stop names its own.
  package let namesThread: Bool
  /// Which location of its breakpoint the stop is at, from 1, where that has several.
  package let location: Int?
  /// What `display`s show, a line or more each.
  package let displays: [String]
  /// Whose stop or exit it is, where there are several.
  package let inferior: Int?

  package init(
    outcome: ResumeOutcome, sourceLine: SourceLine?, namesThread: Bool, location: Int? = nil, displays: [String],
    inferior: Int? = nil
  ) {
    self.location = location
    self.outcome = outcome
    self.sourceLine = sourceLine
    self.namesThread = namesThread
    self.displays = displays
    self.inferior = inferior
  }

  package var text: String {
    switch outcome {
    case .stopped(let stop): (stopLines(stop) + displays).joined(separator: "\n")
    case .exited(let pid, 0): "[Inferior \(inferior ?? 1) (process \(pid)) exited normally]"
    case .exited(let pid, let code):
      "[Inferior \(inferior ?? 1) (process \(pid)) exited with code \(octal(code))]"
    case .killed(_, let signal):
      "\nProgram terminated with signal \(signal.name), \(signal.meaning).\nThe program no longer exists."
    }
  }

  /// As C writes it, with a zero before it.
  private func octal(_ code: Int32) -> String { "0" + String(UInt32(bitPattern: code), radix: 8) }

  private func stopLines(_ stop: StopSnapshot) -> [String] {
    let subject = namesThread ? "Thread \(stop.thread.number) \"\(escapedName(stop.thread.name))\"" : "Program"
    let frame = FrameText.location(stop.frame)
    var lines = stop.switchedThread ? ["[Switching to \(ThreadText.target(stop.thread))]"] : []
    func received(_ signal: Signal) -> [String] {
      ["", "\(subject) received signal \(signal.name), \(signal.meaning).", frame]
    }
    let who = namesThread ? subject + " hit " : ""
    var tellsFrame = true
    switch stop.cause {
    case .breakpoint(let id, let isTemporary):
      lines += [
        "",
        who + (isTemporary ? "Temporary breakpoint" : "Breakpoint") + " \(id)\(location.map { ".\($0)" } ?? ""), "
          + frame,
      ]
    case .watchpoints(let reports): lines += WatchText.lines(reports, who: who) + [frame]
    case .caught(let report): lines += CatchText.lines(report, who: who, frame: frame)
    case .watchpointScope(let ids): lines += WatchText.ended(ids) + [frame]
    case .signal(let info): lines += received(info.signal)
    case .interrupted: lines += received(.interrupt)
    case .trap: lines += received(.trap)
    case .entry: lines += ["", "Program stopped.", frame]
    case .finished, .attached: lines.append(frame)
    // As silently as its sentence has promised.
    case .callReturned: return lines
    case .step, .instructionStep, .location:
      tellsFrame = stop.showsFrame || sourceLine == nil
      if tellsFrame { lines.append(frame) }
    }
    if let sourceLine {
      let address = hexadecimal(stop.frame.address.rawValue, digits: 16) + "\t"
      lines.append((tellsFrame || !stop.frame.showsAddress ? "" : address) + sourceLine.text)
    }
    if case .finished(let value?) = stop.cause { lines.append(Self.returned(value)) }
    return lines
  }

  private static func returned(_ value: EvaluatedValue) -> String {
    let number = value.history.map { "$\($0) = " } ?? ""
    return "Value returned is \(number)\(value.variable.value)"
  }
}

extension StopReport: Encodable {
  private enum CodingKeys: CodingKey { case inferior }
  package func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(inferior, forKey: .inferior)
  }
}

/// Threads in gdb's words.
enum ThreadText {
  /// `LWP 4711 "worker"`.
  static func target(_ thread: ThreadSnapshot) -> String { target(tid: "\(thread.tid)", name: thread.name) }
  static func target(_ row: ThreadRow) -> String { target(tid: "\(row.tid)", name: row.name) }
  private static func target(tid: String, name: String) -> String { "LWP \(tid) \"\(escapedName(name))\"" }
}
