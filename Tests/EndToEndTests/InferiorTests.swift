import Foundation
import TestSupport
import Testing

/// Several processes in one session, in gdb's words.
@Suite struct InferiorTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func shows(
    _ source: String, _ arguments: [String], _ commands: [String], _ lines: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try ForkScript(source, arguments, commands, in: sandbox).shows(lines, sourceLocation)
  }

  @Test func childStaysBesideItsParent() throws {
    try shows(
      "family.c", ["1"],
      [
        "set detach-on-fork off", "break work", "run", "info inferiors", "info threads", "info threads 2.1",
        "inferior 2", "inferior", "bt", "continue", "info inferiors", "continue", "inferior 1", "continue",
      ],
      [
        "[New inferior 2 (process ", "Thread 1.1 \"program\" hit Breakpoint 1, work (factor=1001)",
        "  Num  Description       Connection           Executable ", "* 1    process ", "  2    process ",
        "* 1.1  LWP ", "work (factor=1001)", "  2.1  LWP ", "  2.1  LWP ", "[Switching to inferior 2 [process ",
        "[Switching to thread 2.1 (LWP ", "#0  ", "[Current inferior is 2 [process ", " in main (", "\n\nThread 2.1 ",
        "hit Breakpoint 1, work (factor=1)", "  1    process ", "* 2    process ", "[Inferior 2 (process ",
        "exited normally]", "[Switching to inferior 1 [process ", "#0  work (factor=1001)", "1 children are well",
        "[Inferior 1 (process ", "exited normally]",
      ])
  }

  @Test func threadsOfOtherInferiorsAreNamed() throws {
    try shows(
      "family.c", ["2"],
      [
        "set detach-on-fork off", "set follow-fork-mode child", "break work", "run", "thread 1.1",
        "print $_inferior", "thread apply 1.1 2.1 print product", "thread apply all -q print $_inferior", "thread",
        "thread 2.1", "thread 3.1", "thread 2.7", "kill", "kill inferiors 1",
      ],
      [
        "[Attaching after LWP ", "[New inferior 2 (process ",
        "Thread 2.1 \"program\" hit Breakpoint 1, work (factor=1)",
        "[Switching to thread 1.1 (LWP ", "$1 = 1", "\nThread 1.1 (LWP ", "$2 = 0", "\nThread 2.1 (LWP ", "$3 = 0",
        "$4 = 2", "$5 = 1",
        "[Current thread is 1.1 (LWP ", "[Switching to thread 2.1 (LWP ", "work (factor=1)", "[Inferior 2 (process ",
        ") killed]", "[Inferior 1 (process ", ") killed]",
      ])
  }

  @Test func inferiorsAreKilledAndLetGo() throws {
    try shows(
      "family.c", ["2"],
      [
        "set detach-on-fork off", "break work if factor == 1002", "run", "info inferiors", "detach inferiors 2",
        "kill inferiors 3 4", "kill inferiors 3", "info inferiors", "continue", "info inferiors",
      ],
      [
        "  2    process ", "  3    process ", "[Inferior 2 (process ", ") detached]",
        "warning: Inferior ID 4 not known.",
        "warning: Inferior ID 3 is not running.", "* 1    process ", "  2    <null>", "  3    <null>",
        "1 children are well", "[Inferior 1 (process ", "exited normally]", "* 1    <null>",
      ])
  }

  /// Each stop stops all; what another process has met meanwhile is told next.
  @Test func allMoveTogether() throws {
    let script = try ForkScript(
      "family.c", ["3"],
      ["set detach-on-fork off", "set schedule-multiple on", "break work", "run"]
        + Array(repeating: ["inferior 1", "continue"], count: 12).joined(), in: sandbox)
    let output = script.run.output
    for factor in [1, 2, 3, 1001, 1002, 1003] {
      #expect(output.ranges(of: "hit Breakpoint 1, work (factor=\(factor))").count == 1, "\(output)")
    }
    for inferior in 1...4 {
      let ends = output.split(separator: "\n").filter {
        $0.hasPrefix("[Inferior \(inferior) (process ") && $0.hasSuffix("exited normally]")
      }
      #expect(ends.count == 1, "\(output)")
    }
    #expect(output.contains("3 children are well"))
    #expect(try sandbox.processes().isEmpty)
  }

  @Test func parentIsHeldByTheChildThatRunsInItsMemory() throws {
    let script = try ForkScript(
      "forks.c", ["vfork"],
      [
        "set detach-on-fork off", "break work", "run", "info inferiors", "inferior 2", "continue", "continue",
        "inferior 1",
        "continue", "continue",
      ], in: sandbox)
    #expect(script.run.errors.contains("Can not resume the parent process over vfork in the foreground while\n"))
    try script.shows(
      [
        "\tis vfork parent of inferior 2", "\tis vfork child of inferior 1", "hit Breakpoint 1, work (factor=3)",
        "[Inferior 2 (process ", "hit Breakpoint 1, work (factor=5)", "all is well", "[Inferior 1 (process ",
      ], #_sourceLocation)
  }

  @Test func childOfVforkGoesOnForItsParent() throws {
    try shows(
      "forks.c", ["vfork", "thread"],
      [
        "set detach-on-fork off", "set schedule-multiple on", "break work", "run", "continue", "inferior 1", "continue",
        "continue",
      ],
      [
        "Thread 2.1 \"program\" hit Breakpoint 1, work (factor=3)", "[Inferior 2 (process ", "exited with code 06]",
        "Thread 1.2 \"program\" hit Breakpoint 1, work (factor=5)", "all is well", "[Inferior 1 (process ",
      ])
  }

  @Test func newProgramMayBeANewInferior() throws {
    try shows(
      "executes.c", ["thread"],
      [
        "set follow-exec-mode new", "break arrived", "run", "info inferiors", "continue", "inferior 1",
        "info line arrived",
      ],
      [
        "is executing new program: ", "[New inferior 2]", "[New process ",
        "Thread 2.1 \"program\" hit Breakpoint 1, arrived (count=4)", "  1    <null>", "* 2    process ",
        "arrived with 4", "[Inferior 2 (process ", "exited normally]", "[Switching to inferior 1 [<null>]", "Line ",
      ])
  }

  /// Two hundred children without a trap, beside a parent with a breakpoint.
  @Test func manyChildrenAreLetGo() throws {
    try shows(
      "family.c", ["200"], ["break work", "ignore 1 199", "run", "info breakpoints", "delete", "continue"],
      [
        "[Detaching after fork from child process ", "Breakpoint 1, work (factor=1200)", "already hit 200 times",
        "200 children are well", "[Inferior 1 (process ", "exited normally]",
      ])
  }

  @Test func manyChildrenStayOneByOne() throws {
    try shows(
      "family.c", ["40"],
      ["set detach-on-fork off", "break work if factor == 1040", "run", "inferior 41", "bt 1", "kill inferiors 1-41"],
      [
        "[New inferior 41 (process ", "hit Breakpoint 1, work (factor=1040)", "[Switching to inferior 41 [process ",
        "#0 ",
      ])
  }

  /// Processes are made by fork, or by fork and exec; the pool's server makes them itself.
  @Test(arguments: ["fork", "forkserver", "spawn"]) func pythonsProcessesStayTogether(_ way: String) throws {
    let script = try sandbox.file("pool.py", Data(contentsOf: Fixture.sources.appending(path: "pool.py")))
    let run = try Batch(
      commands: [
        "set detach-on-fork off", "set schedule-multiple on", "tcatch syscall getsid", "run", "info processes",
      ]
        + Array(repeating: ["inferior 1", "continue"], count: 6).joined(),
      program: ["/usr/bin/python3", script, way], in: sandbox)
    // Who works is the last that was made.
    let worker = ["fork": 2, "spawn": 3, "forkserver": 4][way] ?? 0
    for text in [
      "Thread \(worker).1 \"python3", "Temporary catchpoint 1 (call to syscall getsid)", ", inferior 1)",
      ", inferior \(worker))",
      "the square is 144 and the exit code 0",
    ] { #expect(run.output.contains(text), "\(run.output)\n\(run.errors)") }
    for inferior in [1, worker] {
      let end = try Regex("\\[Inferior \(inferior) \\(process [0-9]+\\) exited normally\\]")
      #expect(run.output.contains(end), "\(run.output)\n\(run.errors)")
    }
    #expect(try sandbox.processes().isEmpty)
  }

  @Test func endTakesAllAlong() throws {
    let program = try sandbox.program("family.c", flags: ["-g", "-O0"], as: "program")
    let run = try Batch(
      commands: ["set detach-on-fork off", "break work if factor == 1003", "run", "info inferiors"],
      program: [program, "3"], in: sandbox)
    #expect(run.output.contains("\n  4    process "), "\(run.output)")
    #expect(try sandbox.processes().isEmpty)
  }

  /// Both go on by themselves when sdb ends, without a trap in their memory.
  @Test(arguments: ["fork", "vfork"]) func endLetsGoOfAllThatWasAttachedTo(_ way: String) throws {
    let program = try sandbox.program("forks.c", flags: ["-g", "-O0", "-pthread"], as: "program")
    let script = """
      "$0" "$1" later & pid=$!
      "$2" --batch -p $pid -ex 'set detach-on-fork off' -ex 'set follow-fork-mode child' -ex 'break work' \\
        -ex 'set var may_go = 1' -ex continue -ex 'info inferiors'
      wait $pid; echo status $?
      """
    let done = try FinishedCommand(
      ["env", "--chdir=\(sandbox.folder.path())", "timeout", "60", "sh", "-c", script, program, way, Sandbox.debugger],
      environment: sandbox.environment)
    for text in [
      "Thread 2.1 \"program\" hit Breakpoint 1, work (factor=3)", "\n  1    process ", "\n* 2    process ",
      "all is well\nstatus 7\n",
    ] { #expect(done.output.contains(text), "\(done.output)\n\(done.errors)") }
  }

  @Test func jsonNamesTheInferior() throws {
    let run = try ForkScript(
      "family.c", ["1"],
      [
        "set detach-on-fork off", "set follow-fork-mode child", "break work", "run", "info inferiors", "continue",
        "kill inferiors 1",
      ],
      options: ["--json"], in: sandbox
    ).run
    let objects = run.output.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    let stop = try #require(objects.first { $0["event"] as? String == "stopped" })
    #expect(stop["inferior"] as? Int == 2)
    #expect((stop["thread"] as? [String: Any])?["inferior"] as? Int == 2)
    let list = try #require(objects.first { $0["command"] as? String == "info inferiors" })
    let rows = try #require((list["result"] as? [String: Any])?["inferiors"] as? [[String: Any]])
    #expect(rows.map { $0["id"] as? Int } == [1, 2])
    #expect(rows.map { $0["current"] as? Bool } == [false, true])
    #expect(rows.map { $0["state"] as? String } == ["stopped", "stopped"])
    let exit = try #require(objects.first { $0["event"] as? String == "exited" })
    #expect(exit["inferior"] as? Int == 2)
  }
}
