import Foundation
import TestSupport
import Testing

/// `trace`, `time` and `count`.
@Suite struct ProbeTests {
  private let sandbox: Sandbox
  private let program: String

  init() throws {
    sandbox = try Sandbox()
    program = try sandbox.program("probes.cpp", flags: ["-g", "-O0", "-pthread"], as: "program")
  }

  private func batch(_ commands: String..., options: [String] = [], optimised: Bool = false) throws -> Batch {
    let program =
      optimised
      ? try sandbox.program("probes.cpp", flags: ["-g", "-O2", "-fno-inline", "-pthread"], as: "optimised")
      : self.program
    return try Batch(commands: commands, options: options, program: [program], in: sandbox)
  }

  private func traced(_ done: Batch) -> [String] {
    done.output.split(separator: "\n").filter { $0.hasPrefix("[") && !$0.hasPrefix("[Inferior") }.map(String.init)
  }

  // MARK: trace

  @Test func recursionIsIndented() throws {
    let done = try batch("trace factorial", "run", "info trace", "info breakpoints")
    #expect(
      traced(done) == [
        "[1] -> factorial (n=4)", "[1]   -> factorial (n=3)", "[1]     -> factorial (n=2)",
        "[1]       -> factorial (n=1)", "[1]       <- factorial = 1", "[1]     <- factorial = 2",
        "[1]   <- factorial = 6", "[1] <- factorial = 24",
      ])
    #expect(done.output.hasPrefix("Trace 1 at 0x"), "\(done.output)")
    #expect(done.output.contains("exited normally"))
    #expect(done.output.contains(#/\n1 +4  factorial\n/#), "\(done.output)")
    #expect(done.output.contains("1       trace          keep y   0x"), "\(done.output)")
  }

  @Test func argumentsAndValuesOfAnyType() throws {
    let done = try batch("set print frame-arguments all", "trace moved", "run")
    let lines = traced(done)
    #expect(lines.count == 2 && lines[0].contains("-> moved (from={x = 1, y = 2}, label=0x"), "\(lines)")
    #expect(lines[0].hasSuffix("\"here\")") && lines[1] == "[1] <- moved = {x = 2, y = 2}", "\(lines)")
  }

  /// What longjmp and exceptions leave does not return, and is no part of the depth of what comes later.
  @Test func callsThatAreLeftOtherwise() throws {
    let done = try batch("trace jump_from", "trace throw_from", "trace twice_twice", "run")
    #expect(
      traced(done) == [
        "[1] -> jump_from (n=2)", "[1]   -> jump_from (n=1)", "[1]     -> jump_from (n=0)",
        "[1] -> twice_twice (n=1)", "[1] <- twice_twice = 4",
        "[1] -> throw_from (n=2)", "[1]   -> throw_from (n=1)", "[1]     -> throw_from (n=0)",
        "[1] -> twice_twice (n=2)", "[1] <- twice_twice = 8",
      ])
  }

  @Test func linesOfAFunction() throws {
    let done = try batch("trace -line twice if n == 4", "run")
    let lines = traced(done).map { $0.replacing(#/ +/#, with: " ") }
    #expect(
      lines == [
        "[1] -> twice (n=4)", "[1] 35 int sum = n;", "[1] 36 sum += n;", "[1] 37 return sum;", "[1] 38 }",
        "[1] <- twice = 8", "[2] -> twice (n=4)", "[2] 35 int sum = n;", "[2] 36 sum += n;", "[2] 37 return sum;",
        "[2] 38 }", "[2] <- twice = 8",
      ])
  }

  @Test func aRegularExpressionIsForAllThatMatch() throws {
    let done = try batch("trace ^twice", "run", "delete", "info breakpoints")
    #expect(done.output.contains("Trace 1 at") && done.output.contains("Trace 2 at"), "\(done.output)")
    #expect(
      Array(traced(done).prefix(6)) == [
        "[1] -> twice_twice (n=1)", "[1]   -> twice (n=1)", "[1]   <- twice = 2", "[1]   -> twice (n=2)",
        "[1]   <- twice = 4", "[1] <- twice_twice = 4",
      ])
    // Ten by the other thread.
    #expect(traced(done).filter { $0.hasPrefix("[2] -> twice (n=") }.count == 10)
    #expect(done.output.contains("No breakpoints or watchpoints."))
  }

  /// Other stops and motions are what they are without.
  @Test func tracesDoNotDisturbMotions() throws {
    let done = try batch(
      "trace twice", "break twice_twice", "run", "next", "delete 1", "continue", "finish")
    #expect(done.output.contains("main () at ") && done.output.contains("Value returned is $1 = 8"), "\(done.output)")
    #expect(traced(done).count == 4, "\(done.output)")
  }

  @Test func tracesAreLogRecords() throws {
    let done = try batch(
      "log handler add t file path=t logger=trace format=json", "log handler remove console",
      "trace factorial if n == 2",
      "run")
    #expect(done.status == 0, "\(done.errors)")
    let objects = try sandbox.read("t").split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let steps = try objects.map { try #require($0["trace"] as? [String: Any]) }
    #expect(steps.map { $0["kind"] as? String } == ["call", "return"])
    let argument = try #require((steps[0]["arguments"] as? [[String: Any]])?.first)
    #expect(argument["name"] as? String == "n" && argument["value"] as? String == "2")
    #expect(steps[1]["value"] as? String == "2" && steps[1]["function"] as? String == "factorial")
  }

  // MARK: time, count

  @Test(arguments: [false, true])
  func callsAreTimed(optimised: Bool) throws {
    let objects = try batch(
      "time twice", "time jump_from", "time throw_from", "time factorial", "run", "info time", options: ["--json"],
      optimised: optimised
    ).objects()
    let rows = try #require(((objects.last?["result"]) as? [String: Any])?["breakpoints"] as? [[String: Any]])
    let calls = rows.map { $0["hits"] as? Int }
    let times = try rows.map { try #require($0["times"] as? [String: Any]) }
    let counts = times.map { $0["count"] as? Int }
    #expect(calls[0] == 14 && counts[0] == 14)
    // What is left by longjmp or an exception was entered, and has not returned.
    if !optimised { #expect(calls[1] == 3 && counts[1] == 0 && calls[2] == 3 && counts[2] == 0 && counts[3] == 4) }
    let durations = try ["total", "mean", "shortest", "longest"].map { try #require(times[0][$0] as? Int) }
    #expect(durations[2] > 0 && durations[2] <= durations[1] && durations[1] <= durations[3])
    #expect(durations[3] <= durations[0] && durations[1] == durations[0] / 14)
    let histogram = try #require(times[0]["histogram"] as? [[String: Any]])
    #expect(histogram.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == 14)
  }

  /// Arguments are in their places when a condition is asked.
  @Test func calledWithACondition() throws {
    let done = try batch("time twice if n == 4", "time factorial", "condition 2 n > 2", "run", "info time")
    #expect(
      done.output.contains(#/\n1 +2 +2 .* twice\n/#) && done.output.contains(#/\n2 +2 +2 .* factorial\n/#),
      "\(done.output)")
  }

  /// Two breakpoints at one place: each gets its hits, and calls are timed all the same.
  @Test func aPlaceThatIsShared() throws {
    let done = try batch(
      "time factorial", "time factorial", "count factorial if n > 1", "trace factorial if n == 3", "run", "info time",
      "info count")
    #expect(done.output.contains(#/\n1 +4 +4 /#), "\(done.output)")
    #expect(done.output.contains(#/\n3 +3 +factorial/#), "\(done.output)")
    #expect(traced(done) == ["[1] -> factorial (n=3)", "[1] <- factorial = 6"])
  }

  @Test func timesAsText() throws {
    let done = try batch("time factorial", "run", "info time", "info breakpoints")
    #expect(done.output.hasPrefix("Timer 1 at 0x"), "\(done.output)")
    let row = try #require(done.output.split(separator: "\n").first { $0.hasSuffix("  factorial") })
    #expect(row.wholeMatch(of: /1 +4 +4( +[0-9.]+ (ns|µs|ms|s)){4}  factorial/) != nil, "\(row)")
    #expect(done.output.contains("     from ") && done.output.contains("  #"))
    #expect(done.output.contains("breakpoint already hit 4 times"))
  }

  /// A timed function may be stepped over and into, and be a breakpoint's too.
  @Test func timingDoesNotDisturbOthers() throws {
    let done = try batch(
      "time twice", "break twice", "break twice_twice", "run", "next", "disable 2 3", "finish", "continue", "info time")
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("Value returned is $1 = 2"), "\(done.output)")
    #expect(done.output.contains(#/\n1 +14 +14 /#), "\(done.output)")
    #expect(done.output.contains("exited normally"), "\(done.output)")
  }

  @Test func locationsAreCounted() throws {
    let done = try batch("count twice", "count probes.cpp:36 if n == 4", "count factorial", "run", "info count")
    #expect(done.output.hasPrefix("Counter 1 at 0x"), "\(done.output)")
    let rows = done.output.split(separator: "\n").suffix(3).map { $0.replacing(#/ +/#, with: " ") }
    #expect(rows[0] == "1 14 twice" && rows[1].hasPrefix("2 2 ") && rows[2] == "3 4 factorial", "\(rows)")
    #expect(!done.output.contains("Breakpoint 1, "))
  }

  @Test func probesAreSaved() throws {
    let done = try batch(
      "trace -line twice if n == 1", "trace factorial", "time twice", "count probes.cpp:36", "save breakpoints saved",
      "delete", "source saved", "save breakpoints again")
    #expect(done.status == 0, "\(done.errors)")
    let saved = try sandbox.read("saved")
    #expect(
      saved.hasPrefix("trace -line twice\n  condition $bpnum n == 1\ntrace factorial\ntime twice\ncount "), "\(saved)")
    #expect(try sandbox.read("again") == saved)
  }

  @Test(arguments: [
    ("trace", "Argument required"), ("time", "Argument required (a location)."),
    ("time no_such_function", "not defined"),
    ("trace twice if nothing == 1", "No symbol \"nothing\" in current context."),
  ])
  func wrongOnesAreRefused(command: String, message: String) throws {
    let done = try batch("set breakpoint pending off", command)
    #expect(done.errors.contains(message), "\(done.errors)")
  }
}
