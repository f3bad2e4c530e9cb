import Foundation
import TestSupport
import Testing

/// A program that does everything at once, and counts; sdb counts too. For five minutes by `make soak`.
@Suite(.timeLimit(.minutes(20))) struct SoakTests {
  private static let seconds = ProcessInfo.processInfo.environment["SDB_SOAK_SECONDS"] ?? "5"
  private static let threads = "200"

  @Test func nothingIsLostAndNothingInvented() throws {
    let sandbox = try Sandbox()
    let program = try sandbox.program("soak.c", flags: ["-g", "-O1", "-pthread"], as: "soak")
    let commands = [
      "handle SIGUSR1 nostop print pass", "break hot", "ignore 1 1000000000", "break cold if n == -1", "break finished",
      "run",
      "delete 2", "info breakpoints", "printf \"counts %ld %ld %ld\\n\", hits, handled, quiet",
      "detach",
    ]
    let run = try FinishedCommand(
      ["setsid", "env", "--chdir=\(sandbox.folder.path())", Sandbox.debugger, "--batch"]
        + commands.flatMap { ["-ex", $0] } + ["--args", program, Self.threads, Self.seconds, sandbox.path("result")],
      environment: sandbox.environment)
    let lines = run.output.split(separator: "\n")
    let counts = lines.first { $0.hasPrefix("counts ") }?.split(separator: " ").compactMap { Int($0) } ?? []
    try #require(counts.count == 3, "\(run.output.suffix(2000))\(run.errors)")
    // By default children are let go of, without traps; so the hits are the parent's alone.
    #expect(
      lines.contains { $0.contains("breakpoint already hit \(counts[0]) times") },
      "\(counts) \(run.output.suffix(1500))")
    let leftOut =
      lines.first { $0.hasSuffix(" more messages were left out.") }.flatMap { Int($0.prefix { $0 != " " }) } ?? 0
    #expect(lines.count { $0.contains("received signal SIGUSR1") } + leftOut == counts[1])
    #expect(counts[1] > 0 && counts[2] > 0)
    // No stop but the one at the end.
    #expect(lines.count { $0.contains("hit Breakpoint") || $0.hasPrefix("Breakpoint 3, ") } == 1)
    while try sandbox.processes().values.contains(where: { $0.contains("/soak") }) { sched_yield() }
    #expect(try sandbox.read("result") == "well\n")
  }
}
