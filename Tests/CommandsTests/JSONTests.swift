import Commands
import DebugInfo
import Debugger
import MachineModel
import Testing

@Suite struct JSONTests {
  private struct Everything: Encodable {
    var text = "a\"b\\c\n\u{1}\u{7F}é"
    var number = -3
    var large = UInt64.max
    var real = 0.5
    var infinite = Double.infinity
    var flag = true
    var none: Int?
    var list = [[1], []]
    var object = ["k": 1]
  }

  @Test func writesValuesInOrder() throws {
    #expect(
      try JSONText.encode(Everything())
        == #"{"text": "a\"b\\c\n\u0001\u007fé", "number": -3, "large": 18446744073709551615, "real": 0.5, "#
        + #""infinite": null, "flag": true, "list": [[1], []], "object": {"k": 1}}"#)
    #expect(try JSONText.encode([Int]()) == "[]")
    #expect(try JSONText.encode("x") == "\"x\"")
  }

  private static let frame = FrameSnapshot(
    level: 0, function: "add", file: "/src/t.c", line: 6, address: VirtualAddress(0x401136), inlined: false,
    language: .c, module: "/bin/t",
    arguments: [VariableSnapshot(name: "a", type: "int", value: "1", address: VirtualAddress(0x7ffc))],
    locals: [VariableSnapshot(name: "s", type: "int", value: "<optimized out>", optimizedOut: true)],
    showsAddress: false, hasDebugInfo: true)
  private static let thread = ThreadSnapshot(id: 1, tid: ThreadID(42), name: "t")
  private static let frameJSON =
    #"{"level": 0, "function": "add", "file": "/src/t.c", "line": 6, "address": "0x401136", "inlined": false, "#
    + #""language": "c", "module": "/bin/t", "arguments": [{"name": "a", "type": "int", "value": "1", "#
    + #""address": "0x7ffc", "optimizedOut": false, "children": 0}], "locals": [{"name": "s", "type": "int", "#
    + #""value": "<optimized out>", "optimizedOut": true, "children": 0}]}"#
  private static let threadJSON = #"{"id": 1, "tid": 42, "name": "t"}"#

  @Test func writesBacktraces() throws {
    let backtrace = Backtrace(thread: Self.thread, frames: [Self.frame], truncated: false, endReason: nil)
    #expect(
      try JSONText.encode(BacktraceResult(backtrace, tellsMore: false))
        == "{\"thread\": \(Self.threadJSON), \"frames\": [\(Self.frameJSON)], \"truncated\": false}")
  }

  /// Of a C++ reference, where it leads; what is there are its children.
  @Test func writesReferencesAsAddresses() throws {
    let variable = VariableSnapshot(
      name: "r", type: "point &", value: "@0x7ffc: {x = 1}", reference: "@0x7ffc", children: 1)
    #expect(
      try JSONText.encode(variable)
        == #"{"name": "r", "type": "point &", "value": "@0x7ffc", "optimizedOut": false, "children": 1}"#)
  }

  @Test func writesUnknownPlacesAsNull() throws {
    let frame = FrameSnapshot(
      level: 3, function: nil, file: nil, line: nil, address: VirtualAddress(0), inlined: false, language: nil,
      module: nil, arguments: [], showsAddress: true, hasDebugInfo: false)
    #expect(
      try JSONText.encode(frame)
        == #"{"level": 3, "function": null, "file": null, "line": null, "address": "0x0", "inlined": false, "#
        + #""language": null, "module": null, "arguments": []}"#)
  }

  @Test func writesStopsAndExits() throws {
    let stop = StopSnapshot(
      generation: 1, cause: .breakpoint(id: 1, isTemporary: false), thread: Self.thread, frame: Self.frame,
      showsFrame: true, switchedThread: false)
    let json =
      "{\"event\": \"stopped\", \"reason\": \"breakpoint\", \"breakpoint\": 1, \"thread\": \(Self.threadJSON), "
      + "\"frame\": \(Self.frameJSON)}"
    #expect(try JSONText.encode(ResumeOutcome.stopped(stop)) == json)
    #expect(try JSONText.encode(OutcomeResult(outcome: .stopped(stop))) == json)
    #expect(
      try JSONText.encode(ResumeOutcome.exited(pid: ProcessID(1), code: 3)) == #"{"event": "exited", "code": 3}"#)
    #expect(
      try JSONText.encode(ResumeOutcome.killed(pid: ProcessID(1), signal: Signal(9)))
        == #"{"event": "exited", "signal": "SIGKILL"}"#)
  }

  @Test func writesVariablesAndThreads() throws {
    let variables = [VariableSnapshot(name: "r", type: "char", value: "97 'a'", register: "rax", children: 0)]
    #expect(
      try JSONText.encode(VariableList(variables, ifEmpty: "No locals."))
        == #"{"variables": [{"name": "r", "type": "char", "value": "97 'a'", "register": "rax", "#
        + #""optimizedOut": false, "children": 0}]}"#)
    let row = ThreadRow(id: 1, tid: ThreadID(42), name: "t", state: .stopped, current: true, frame: nil)
    let text = try JSONText.encode(ThreadTable(threads: [row]))
    #expect(text.hasPrefix(#"{"threads": [{"id": 1, "tid": 42, "name": "t", "state": "stopped", "current": true"#))
  }

  @Test func writesBreakpoints() throws {
    let breakpoint = BreakpointSnapshot(
      id: 1, enabled: true, hits: 2, condition: nil,
      locations: [.init(address: VirtualAddress(16), file: nil, line: nil, function: "f")], specification: "f",
      isTemporary: false, ignoreCount: 0)
    let text = try JSONText.encode(BreakpointTable(breakpoints: [breakpoint]))
    #expect(
      text.hasPrefix(
        #"{"breakpoints": [{"id": 1, "type": "breakpoint", "enabled": true, "hits": 2, "condition": null, "locations": "#
          + #"[{"address": "0x10", "file": null, "line": null, "function": "f"}]"#))
  }
}
