import Foundation
import TestSupport
import Testing

/// `save breakpoints`, and sessions that are kept from run to run.
@Suite struct SavedBreakpointTests {
  private let sandbox: Sandbox
  private let program: String

  init() throws {
    sandbox = try Sandbox()
    program = try sandbox.program("conditions.cpp", flags: ["-g", "-O0"], as: "program")
  }

  private func batch(_ commands: String..., early: [String] = []) throws -> Batch {
    try Batch(
      commands: commands, options: early.flatMap { ["-iex", $0] }, program: [program], in: sandbox)
  }

  private static let script = """
    break counter::hot
      condition $bpnum i == 5
      ignore $bpnum 2
      commands
        silent
        if i > 3
          print i
        end
      end
    tbreak main
    hbreak main
    disable $bpnum
    catch throw
    tcatch syscall write
    catch signal SIGUSR1
    catch load libm
    dprintf counter::hot,"%d\\n", i
    logpoint counter::hot "{i}" level=warning logger=app.net
      condition $bpnum i == 7

    """

  /// What was saved makes what was there, which saves the same.
  @Test func savedBreakpointsAreMadeAnew() throws {
    let first = try sandbox.file("first", Self.script)
    let done = try batch("source \(first)", "save breakpoints \(sandbox.path("second"))", "info breakpoints")
    #expect(done.errors.isEmpty, "\(done.errors)")
    #expect(done.output.contains("Saved to file '\(sandbox.path("second"))'."))
    #expect(done.output.contains("log \"{i}\" level=warning logger=app.net"))
    #expect(try sandbox.read("second") == Self.script)
  }

  @Test func watchpointsAreSavedAsTheyWereSet() throws {
    let done = try batch(
      "break counter::hot", "run", "watch -location k", "rwatch d", "save breakpoints saved")
    #expect(done.status == 0, "\(done.errors)")
    let saved = try sandbox.read("saved").split(separator: "\n")
    #expect(saved == ["break counter::hot", "watch -location k", "rwatch d"])
  }

  @Test func nothingIsNotSaved() throws {
    let done = try batch("save breakpoints none", "save breakpoints")
    #expect(done.output.contains("Nothing to save."))
    #expect(done.errors.contains("Argument required (file name in which to save)."))
    #expect(!sandbox.exists("none"))
  }

  @Test func aFileThatCantBeWrittenIsToldOf() throws {
    let done = try batch("break main", "save breakpoints /dev/null/x")
    #expect(done.errors.contains("Unable to open file '/dev/null/x' for saving (Not a directory)"), "\(done.errors)")
  }

  @Test func aConvenienceVariableNamesABreakpoint() throws {
    let done = try batch(
      "break main", "break counter::hot", "condition $bpnum i == 9", "disable $bpnum", "ignore $bpnum 3",
      "info breakpoints", "disable $nothing")
    #expect(done.output.contains("stop only if i == 9") && done.output.contains("ignore next 3 hits"))
    #expect(done.output.contains("2       breakpoint     keep n"))
    #expect(done.errors.contains("Convenience variable must have integer value."), "\(done.errors)")
  }

  // MARK: Sessions

  @Test func aSessionIsKeptWhereThatIsWanted() throws {
    _ = try batch("break counter::hot if i == 3", "tbreak main", early: ["set save-session on"])
    let again = try batch("info breakpoints", "run", "print i", early: ["set save-session on"])
    #expect(again.output.contains("stop only if i == 3") && !again.output.contains("del  y"), "\(again.output)")
    #expect(again.output.contains("$1 = 3"))
    #expect(again.errors.contains("Restored 1 breakpoint of the last session"), "\(again.errors)")
    // What is set again is there once.
    _ = try batch("break counter::hot if i == 3", early: ["set save-session on"])
    let third = try batch("info breakpoints", early: ["set save-session on"])
    #expect(third.output.components(separatedBy: "stop only if i == 3").count == 2, "\(third.output)")
  }

  @Test func batchModeKeepsNothingByItself() throws {
    let done = try batch("break main", "show save-session")
    #expect(done.output.contains("Saving of breakpoints and watch expressions per program is off."))
    #expect(!sandbox.exists("state/sdb/sessions"))
  }

  /// An empty session leaves no file.
  @Test func whatIsDeletedIsNotKept() throws {
    _ = try batch("break main", early: ["set save-session on"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.path("state/sdb/sessions")).count == 1)
    _ = try batch("delete", early: ["set save-session on"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.path("state/sdb/sessions")).isEmpty)
  }

  @Test(arguments: [
    ("# something else\n", "it is no file of sdb's"), ("# sdb session of /bin/true\n", "it is another program's"),
    ("HEADING\nbreak main\nshell touch owned\n", "\"shell\" is nothing that belongs there"),
    ("HEADING\nbreak main\n  commands\n    print 1\n", "it ends within a block of commands"),
    ("\u{1}\u{2}", "it is no file of sdb's"),
  ])
  func filesThatAreNoSessionsAreIgnored(text: String, reason: String) throws {
    _ = try batch("break main", early: ["set save-session on"])
    let folder = sandbox.path("state/sdb/sessions")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let heading = try #require(try sandbox.read("state/sdb/sessions/\(name)").split(separator: "\n").first)
    _ = try sandbox.file("state/sdb/sessions/\(name)", text.replacing("HEADING", with: String(heading)))
    let done = try batch("info breakpoints", early: ["set save-session on"])
    #expect(done.errors.contains("is ignored: \(reason)."), "\(done.errors)")
    #expect(done.output.contains("No breakpoints or watchpoints."))
    #expect(!sandbox.exists("owned"))
  }

  /// What can't be made again is told, and keeps the rest from nothing.
  @Test func aBreakpointThatCantBeMadeIsTold() throws {
    _ = try batch("break main", early: ["set save-session on"])
    let folder = sandbox.path("state/sdb/sessions")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let saved = try sandbox.read("state/sdb/sessions/\(name)")
    _ = try sandbox.file(
      "state/sdb/sessions/\(name)", saved + "break nosuch.c:5\nwatch nothing_at_all\nbreak counter::hot\n")
    let done = try batch("info breakpoints", early: ["set save-session on"])
    #expect(done.errors.contains("Not restored: watch nothing_at_all: No symbol \"nothing_at_all\""), "\(done.errors)")
    #expect(done.output.contains("in main() at ") && done.output.contains("in counter::hot("), "\(done.output)")
  }

  @Test func theInterfaceKeepsBreakpoints() async throws {
    let terminal = try TerminalSession(in: sandbox, columns: 120, rows: 40)
    try terminal.start([program])
    try await terminal.wait("program")
    try terminal.type(":")
    try terminal.enter("break counter::hot if i == 3")
    try await terminal.wait("Breakpoint 1 at ")
    try terminal.type(":")
    try terminal.enter("quit")
    try await terminal.waitForShell(status: 0)
    try terminal.start([program, "again"])
    try await terminal.wait("Restored 1 breakpoint of the last session")
    try terminal.type(":")
    try terminal.enter("info breakpoints")
    try await terminal.wait("stop only if i == 3")
    try terminal.type(":")
    try terminal.enter("set save-session off")
    try terminal.type(":")
    try terminal.enter("delete 1")
    try terminal.type(":")
    try terminal.enter("quit")
    try await terminal.waitForShell(status: 0)
    let again = try batch("info breakpoints", early: ["set save-session on"])
    #expect(again.output.contains("stop only if i == 3"), "\(again.output)")
  }
}
