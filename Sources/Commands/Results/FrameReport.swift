import DebugInfo
package import Debugger
import MachineModel

/// `info frame`.
package struct FrameReport: CommandResult {
  package let frame: FrameDescription
  package init(_ frame: FrameDescription) { self.frame = frame }

  package var text: String { lines.joined(separator: "\n") }

  private enum CodingKeys: CodingKey { case lines }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lines, forKey: .lines)
  }

  private var lines: [String] {
    let snapshot = frame.snapshot
    let function = snapshot.function.map { " in " + escapedName($0) } ?? ""
    let source = frame.sourceName.map { name in " (\(escapedName(name)):\(snapshot.line ?? 0))" } ?? ""
    var lines = [
      "Stack level \(snapshot.level), frame at \(text(frame.address, "<unknown>")):",
      " rip = \(snapshot.address)\(function)\(source); saved rip = \(text(frame.returnAddress, "<not saved>"))",
    ]
    if let neighbours { lines.append(neighbours) }
    if frame.sourceName != nil, let language = snapshot.language {
      lines.append(" source language \(language.rawValue).")
    }
    if let base = frame.base {
      let list = FrameText.arguments(of: snapshot)
      lines.append(" Arglist at \(base), args: \(list)")
    } else {
      lines.append(" Arglist at unknown address.")
    }
    let locals = frame.base.map { " Locals at \($0)," } ?? " Locals at unknown address,"
    lines.append(locals + stackPointer)
    let saved = frame.savedRegisters.map { "\($0.name) at \($0.address)" }
    return saved.isEmpty ? lines : lines + [" Saved registers:", "  " + saved.joined(separator: ", ")]
  }

  private var neighbours: String? {
    var texts: [String] = []
    switch frame.caller {
    case .calledBy(let address): texts.append("called by frame at \(text(address, "<unknown>"))")
    case .inlinedInto(let level): texts.append("inlined into frame \(level)")
    case .tailCall: texts.append("tail call frame")
    case .unlisted: break
    case .outermost: texts.append("Outermost frame: outermost")
    }
    // The outermost frame is told in a line of its own.
    let separator = frame.caller == .outermost ? "\n " : ", "
    if let callee = frame.callee { texts.append("caller of frame at \(callee)") }
    return texts.isEmpty ? nil : " " + texts.joined(separator: separator)
  }

  private var stackPointer: String {
    switch frame.outerStackPointer {
    case .value(let address): " Previous frame's sp is \(address)"
    case .savedAt(let address): " Previous frame's sp at \(address)"
    case .unchanged: " Previous frame's sp in rsp"
    case nil: ""
    }
  }

  private func text(_ address: VirtualAddress?, _ absent: String) -> String { address?.description ?? absent }
}
