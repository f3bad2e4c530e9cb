package import Debugger
import MachineModel

/// Frames in gdb's words.
package enum FrameText {
  /// `add (a=1, b=2) at t.c:6`, with the address in front of it where the frame is in the middle of a line.
  package static func location(_ frame: FrameSnapshot) -> String {
    if frame.isSignalTrampoline || frame.isCallDummy { return place(frame) }
    return (frame.showsAddress ? hexadecimal(frame.address.rawValue, digits: 16) + " in " : "") + place(frame)
  }

  /// The same without the address.
  package static func place(_ frame: FrameSnapshot) -> String {
    if frame.isSignalTrampoline { return "<signal handler called>" }
    if frame.isCallDummy { return "<function called from sdb>" }
    var text = frame.function.map(escapedName) ?? "??"
    text += " (" + arguments(of: frame) + ")"
    if let file = SourceName.display(frame) {
      text += " at " + escapedName(file) + (frame.line.map { ":\($0)" } ?? "")
    } else if let module = frame.module, frame.isLibraryCode, !frame.hasDebugInfo {
      text += " from " + escapedName(module)
    }
    return text
  }

  /// `#1  0x… in main (…) at t.c:18`.
  package static func row(_ frame: FrameSnapshot) -> String {
    "#" + padded("\(frame.level)", 2) + " " + location(frame)
  }

  /// What stands in the parentheses behind the function's name.
  static func arguments(of frame: FrameSnapshot) -> String {
    let style = frame.argumentStyle
    if style == .presence { return frame.arguments.isEmpty ? "" : "..." }
    return frame.arguments.map { argument($0, style) }.joined(separator: ", ")
  }

  /// `n=3`. With what it was on entry, where that is known: `n=n@entry=3`, `n=<optimized out>, n@entry=3`.
  private static func argument(_ variable: VariableSnapshot, _ style: FrameArguments) -> String {
    let name = escapedName(variable.name)
    guard style != .none else { return name + "=..." }
    func shown(_ value: String) -> String { escaped(style == .all ? value : summary(value)) }
    let value = style == .all ? nil : variable.brief.map { escaped($0) }
    let present = value ?? shown(VariableText.nested(variable))
    guard let entry = variable.entryValue else { return name + "=" + present }
    return variable.optimizedOut
      ? "\(name)=\(present), \(name)@entry=\(shown(entry))" : "\(name)=\(name)@entry=\(present)"
  }

  private static func summary(_ value: String) -> String {
    if value.hasPrefix("{") || value.hasPrefix("@") && value.contains(": {") { return "..." }
    return value
  }
}

/// A line of source as stops and `frame` show it.
package struct SourceLine: Sendable, Equatable {
  package let number: Int
  /// `6\t  int sum = a + b;`, or why there is none.
  package let text: String
  package init(number: Int, text: String) {
    self.number = number
    self.text = text
  }
}

/// `text` with blanks after it, up to `width` characters.
package func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// `text` with blanks before it, up to `width` characters.
func rightAligned(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
