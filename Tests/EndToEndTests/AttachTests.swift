import Foundation
import TestSupport
import Testing

/// Attaching to a process that is somebody else's, and leaving it as if nothing had been.
@Suite(.timeLimit(.minutes(3))) struct AttachTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func victim(_ arguments: String...) throws -> Companion {
    let program = try sandbox.program("victim.c", flags: ["-g", "-O0", "-pthread"], as: "victim")
    let victim = try Companion([program] + arguments, in: sandbox)
    try #require(victim.line(with: "ready") != nil)
    return victim
  }

  private func attach(to victim: Companion, _ commands: String...) throws -> Batch {
    let words = ["--batch", "-p", "\(victim.id)"] + commands.flatMap { ["-ex", $0] }
    return try Batch(words, in: sandbox)
  }

  /// It answers the next line.
  private func isWell(_ victim: Companion) throws -> Bool {
    try victim.write("x\n")
    return victim.line(with: "alive") != nil
  }

  @Test(arguments: [["idle"], ["busy", "50"], ["churn", "8"]])
  func attachesAndDetaches(arguments: [String]) throws {
    let program = try sandbox.program("victim.c", flags: ["-g", "-O0", "-pthread"], as: "victim")
    let victim = try Companion([program] + arguments, in: sandbox)
    try #require(victim.line(with: "ready") != nil)
    for _ in 0..<5 {
      let batch = try attach(to: victim, "break target", "info threads", "thread 1", "bt", "detach")
      #expect(batch.status == 0)
      #expect(batch.output.contains("main (count="), "\(batch.output)")
      #expect(batch.output.contains("[Inferior 1 (process \(victim.id)) detached]"), "\(batch.output)")
      #expect(try isWell(victim))
    }
  }

  @Test func atTheEndOfABatchTheProcessGoesOn() throws {
    let victim = try victim("busy", "4")
    let batch = try attach(to: victim, "break target", "print rounds")
    #expect(batch.status == 0, "\(batch.output)\(batch.errors)")
    #expect(try isWell(victim))
  }

  @Test func aBreakpointIsHitInIt() throws {
    let victim = try victim("busy", "4")
    try victim.write("x\nx\n")
    _ = victim.line(with: "alive 2")
    try victim.write("x\n")
    let batch = try attach(to: victim, "break target", "detach")
    #expect(batch.status == 0)
    _ = victim.line(with: "alive 3")
    let hit = try Companion(
      [Sandbox.debugger, "--batch", "-p", "\(victim.id)", "-ex", "break target", "-ex", "continue", "-ex", "print n"],
      in: sandbox)
    try #require(hit.line(with: "Breakpoint 1 at") != nil)
    try victim.write("x\n")
    #expect(
      hit.line(with: "Breakpoint 1, target (n=3)") != nil || hit.line(with: "hit Breakpoint 1, target (n=3)") != nil)
    #expect(hit.end().status == 0)
    #expect(victim.line(with: "alive 4") != nil)
  }

  @Test func aStoppedProcessStaysStopped() throws {
    let victim = try victim("busy", "4")
    victim.send(SIGSTOP)
    while victim.state != "T" { sched_yield() }
    let batch = try attach(to: victim, "thread 1", "bt", "detach")
    #expect(batch.output.contains("main (count="), "\(batch.output)")
    #expect(victim.state == "T")
    victim.send(SIGCONT)
    #expect(try isWell(victim))
  }

  /// An sdb that waits for a breakpoint in the victim.
  private func waiting(on victim: Companion) throws -> Companion {
    let sdb = try Companion(
      [
        Sandbox.debugger, "--batch", "-p", "\(victim.id)", "-ex", "break target", "-ex", "break main",
        "-ex", "echo waiting\\n", "-ex", "continue",
      ], in: sandbox)
    try #require(sdb.line(with: "waiting") != nil)
    // Until it runs under sdb again.
    while victim.state == "t" { sched_yield() }
    return sdb
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT]) func aSignalToSdbLeavesItRunning(signal: Int32) throws {
    let victim = try victim("busy", "2")
    let sdb = try waiting(on: victim)
    sdb.send(signal)
    // Ctrl-C stops the program first, and the batch ends.
    _ = sdb.end()
    #expect(try isWell(victim))
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL]) func aFaultOfSdbLeavesItRunning(signal: Int32) throws {
    let victim = try victim("busy", "2")
    let sdb = try waiting(on: victim)
    sdb.send(signal)
    #expect(sdb.end().isSignal)
    #expect(try isWell(victim))
  }

  @Test func whatAKilledSdbLeavesIsHealed() throws {
    let victim = try victim("busy", "2")
    let sdb = try waiting(on: victim)
    sdb.send(SIGKILL)
    #expect(sdb.end() == (SIGKILL, true))
    let next = try attach(to: victim, "detach")
    #expect(
      next.output.contains(" breakpoint traps that an earlier sdb had left were taken out of the process."),
      "\(next.output)")
    #expect(try isWell(victim))
    let last = try attach(to: victim, "detach")
    #expect(!last.output.contains("had left"))
  }

  @Test func obstaclesAreNamed() throws {
    func refusal(of id: Int32) throws -> String {
      let batch = try Batch(["--batch", "-p", "\(id)"], in: sandbox)
      return batch.output + batch.errors
    }
    #expect(try refusal(of: 4_190_000).contains("Cannot attach to process 4190000: No such process."))
    let victim = try victim("idle")
    let sdb = try waiting(on: victim)
    #expect(try refusal(of: victim.id).contains("it is traced by process \(sdb.id) (sdb) already."))
    sdb.send(SIGTERM)
    _ = sdb.end()
    // A child that nobody waits for.
    let parent = try Companion(["/bin/sh", "-c", "sh -c 'echo id $$' & exec sleep 60"], in: sandbox)
    let zombie = try #require(parent.line(with: "id ").flatMap { Int32($0.dropFirst(3)) })
    while try !String(contentsOfFile: "/proc/\(zombie)/stat", encoding: .utf8).contains(") Z ") { sched_yield() }
    #expect(try refusal(of: zombie).contains("(a zombie)"))
  }

  @Test(arguments: [(80, 24), (200, 60)]) func theInterfaceLetsGo(columns: Int, rows: Int) async throws {
    let victim = try victim("busy", "3")
    let terminal = try TerminalSession(in: sandbox, columns: columns, rows: rows)
    try terminal.start(["-p", "\(victim.id)"])
    try await terminal.wait("Attached")
    try terminal.press(":")
    try terminal.enter("break target")
    try await terminal.wait("Breakpoint 1 at")
    try terminal.press("Escape", "q")
    try await terminal.wait("detach and quit", "kill it")
    try terminal.press("y")
    try await terminal.waitForShell(status: 0)
    #expect(try isWell(victim))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT]) func aSignalToTheInterfaceLeavesItRunning(signal: Int32) async throws {
    let victim = try victim("busy", "3")
    let terminal = try TerminalSession(in: sandbox)
    try terminal.start(["-p", "\(victim.id)", "-ex", "break target"])
    try await terminal.wait("Breakpoint 1 at")
    kill(try #require(victim.tracer), signal)
    try await terminal.waitForShell()
    #expect(try isWell(victim))
  }
}
