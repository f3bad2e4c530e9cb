import Foundation
import TestSupport
import Testing

/// The classic deadlocks, live: each with its circle and its lines.
@Suite struct DeadlockTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  struct Case: Sendable, CustomTestStringConvertible {
    let source: String
    let argument: String
    /// Of `info deadlocks`, in this order; `{TEXT}` stands for the number of the fixture's line with that text.
    let shows: [String]
    /// True where nothing but the lock itself tells who has it.
    var isInferred = false
    var testDescription: String { source + " " + argument }
  }

  static let cases = [
    Case(
      source: "deadlocks.c", argument: "two",
      shows: [
        "Deadlock of 2 threads:\n", #"  Thread 2 "left" waits for mutex second, held by thread 3 "right""#,
        "    in cross () at ", "deadlocks.c:{// crosses}\n",
        #"  Thread 3 "right" waits for mutex first, held by thread 2 "left""#, "deadlocks.c:{// crosses}",
      ]),
    Case(
      source: "deadlocks.c", argument: "ring",
      shows: [
        "Deadlock of 3 threads:\n", #"  Thread 2 "one" waits for mutex second, held by thread 3 "two""#,
        #"  Thread 3 "two" waits for mutex third, held by thread 4 "three""#,
        #"  Thread 4 "three" waits for mutex first, held by thread 2 "one""#, "deadlocks.c:{// crosses}",
      ]),
    Case(
      source: "deadlocks.c", argument: "join",
      shows: [
        "Deadlock of 2 threads:\n", #"  Thread 2 "needs-first" waits for mutex first, held by thread 3 "joins""#,
        "    in needs_first () at ", "deadlocks.c:{// needs it}\n",
        #"  Thread 3 "joins" waits for the end of thread 2 "needs-first""#, "    in joins () at ",
        "deadlocks.c:{// joins}",
      ]),
    Case(
      source: "deadlocks.c", argument: "upgrade",
      shows: [
        "Deadlock of a thread with itself:\n",
        #"  Thread 2 "upgrades" waits for read-write lock table, held by itself"#, "    in upgrades () at ",
        "deadlocks.c:{// upgrades}\n",
        "    (inferred: upgrades took a lock to read on line {// reads} and has not released it)",
      ], isInferred: true),
    Case(
      source: "deadlocks.c", argument: "self",
      shows: [
        "Deadlock of a thread with itself:\n", #"  Thread 2 "again" waits for mutex first, held by itself"#,
        "deadlocks.c:{// again}",
      ]),
    Case(
      source: "deadlocks.c", argument: "inherit",
      shows: [
        "Deadlock of 2 threads:\n",
        #"  Thread 2 "left" waits for priority-inheriting mutex second, held by thread 3 "right""#,
      ]),
    Case(
      source: "deadlocks.c", argument: "robust",
      shows: [
        "Deadlock of 2 threads:\n", #"  Thread 2 "left" waits for robust mutex second, held by thread 3 "right""#,
      ]),
    Case(
      source: "deadlocks.cpp", argument: "shared",
      shows: [
        "Deadlock of 2 threads:\n", #"  Thread 2 "reads" waits for mutex bank.vault, held by thread 3 "writes""#,
        "deadlocks.cpp:{// wants the vault}\n",
        #"  Thread 3 "writes" waits for read-write lock bank.rates, held by thread 2 "reads""#,
        "deadlocks.cpp:{// wants the rates}\n", "    (inferred: rates in reads, declared on line ",
      ], isInferred: true),
    Case(
      source: "deadlocks.cpp", argument: "exclusive",
      shows: [
        "Deadlock of 2 threads:\n", #"  Thread 2 "owns" waits for mutex bank.vault, held by thread 3 "shares""#,
        "deadlocks.cpp:{// owner wants the vault}\n",
        #"  Thread 3 "shares" waits for read-write lock bank.rates, held by thread 2 "owns""#,
        "deadlocks.cpp:{// wants to read the rates}",
      ]),
    Case(
      source: "deadlocks.rs", argument: "mutexes",
      shows: [
        "Deadlock of 2 threads:\n", #"waits for mutex shop.orders, held by thread "#,
        "    in deadlocks::sells () at ", "deadlocks.rs:{// wants the orders}\n",
        "    (inferred: orders in deadlocks::buys, declared on line ",
        #"waits for mutex shop.stock, held by thread "#, "deadlocks.rs:{// wants the stock}\n",
        "    (inferred: stock in deadlocks::sells, declared on line ",
      ], isInferred: true),
    Case(
      source: "deadlocks.rs", argument: "rwlock",
      shows: [
        "Deadlock of 2 threads:\n", "waits for mutex shop.stock", "deadlocks.rs:{// looks at the stock}\n",
        "waits for read-write lock shop.prices", "deadlocks.rs:{// marks the prices}\n",
        "    (inferred: prices in deadlocks::looks, declared on line ",
      ], isInferred: true),
  ]

  private func batch(_ test: Case, _ commands: String..., options: [String] = []) throws -> Batch {
    let flags = test.source.hasSuffix(".rs") ? ["-g"] : ["-g", "-O0", "-pthread"]
    let program = try sandbox.program(test.source, flags: flags, as: "program")
    return try Batch(
      commands: ["break stuck", "run"] + commands, options: options, program: [program, test.argument], in: sandbox)
  }

  /// With the numbers of lines in their places.
  private func filled(_ text: String, source: String) throws -> String {
    guard let begin = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}") else { return text }
    let line = try Fixture.line(of: String(text[text.index(after: begin)..<end]), in: source)
    return text[..<begin] + "\(line)" + text[text.index(after: end)...]
  }

  private func expect(_ test: Case, in text: String) throws {
    var rest = text[...]
    for line in try test.shows.map({ try filled($0, source: test.source) }) {
      let found = rest.range(of: line)
      #expect(found != nil, "\(line) in \(text)")
      rest = rest[(found?.upperBound ?? rest.endIndex)...]
    }
    #expect(text.contains("(inferred:") == test.isInferred, "\(text)")
    #expect(text.components(separatedBy: "Deadlock of").count == 2, "\(text)")
  }

  @Test(arguments: cases) func deadlocksAreNamed(_ test: Case) throws {
    try expect(test, in: try batch(test, "info deadlocks").output)
  }

  /// The C library's own debug information is installed on few machines.
  @Test(arguments: cases) func withoutDebugInformationOfTheLibrary(_ test: Case) throws {
    let empty = sandbox.folder.appending(path: "nothing")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    let hidden = ["-iex", "set debug-file-directory \(empty.path())"]
    let text = try batch(test, "info deadlocks", "thread apply 2 bt", options: hidden).output
    #expect(!text.contains("/nptl/"), "\(text)")
    try expect(test, in: text)
  }
  /// With optimisation, without debug information, and with the C library in the program: the circle is the same.
  @Test(arguments: [["-g", "-O2", "-pthread"], ["-O0", "-pthread"], ["-g", "-O0", "-static", "-pthread"]])
  func howeverItIsCompiled(flags: [String]) throws {
    for test in [Self.cases[0], Self.cases[2], Self.cases[3]] {
      let program = try sandbox.program(test.source, flags: flags, as: "program")
      let text = try Batch(
        commands: ["break stuck", "run", "info deadlocks"], program: [program, test.argument], in: sandbox
      ).output
      for line in test.shows where line.contains("hread") { #expect(text.contains(line), "\(line) in \(text)") }
    }
  }

  /// Another thread reads what is wanted to write: that is a wait, and no more.
  @Test(arguments: ["released", "other"]) func aWaitIsNoDeadlock(argument: String) throws {
    let test = Case(source: "deadlocks.c", argument: argument, shows: [])
    let text = try batch(test, "info deadlocks", "info locks").output
    #expect(text.contains("No deadlocks found.\nIt is not known who has a lock that is waited for"), "\(text)")
    #expect(text.contains("\n  held to read once\n"), "\(text)")
    #expect(!text.contains("inferred"), "\(text)")
  }

  @Test func locksWithThoseWhoHaveThemAndWait() throws {
    let lines = try filled(
      """
      read-write lock bank.rates at 0xADDRESS (std::shared_mutex)
        held to read by thread 2 "reads" (inferred: rates in reads, declared on line {std::shared_lock rates}
      """, source: "deadlocks.cpp")
    let text = try batch(Self.cases[7], "info locks").output.replacing(#/0x[0-9a-f]+/#, with: "0xADDRESS")
    #expect(text.contains(lines), "\(text)")
    #expect(text.contains(#"  thread 3 "writes" waits to write in writes () at "#), "\(text)")
    #expect(text.contains("mutex bank.vault at 0xADDRESS (std::mutex)\n  held by thread 3 \"writes\"\n"), "\(text)")
  }

  @Test func threadsWithWhatTheyWaitFor() throws {
    let text = try batch(Self.cases[2], "concurrency", "concurrency -state stopped", "concurrency joins").output
    let rows = text.split(separator: "\n").filter { $0.contains("deadlocked") }
    #expect(rows.count == 3, "\(text)")
    #expect(rows.first?.hasSuffix(#"mutex first, held by thread 3 "joins""#) == true, "\(text)")
    #expect(rows.last?.hasSuffix(#"the end of thread 2 "needs-first""#) == true, "\(text)")
    #expect(text.components(separatedBy: "\n* 1   program ").count == 3, "\(text)")
  }

  /// Equal stacks read as one, with the library left out.
  @Test func parallelStacks() throws {
    let text = try batch(Self.cases[1], "bt -parallel").output
    let line = try Fixture.line(of: "// crosses", in: "deadlocks.c")
    #expect(text.contains("3 threads: 2-4\n  cross () at "), "\(text)")
    #expect(text.contains("deadlocks.c:\(line)\n  "), "\(text)")
    #expect(text.contains("1 thread: 1\n  main () at "), "\(text)")
    #expect(!text.contains("start_thread"), "\(text)")
    #expect(try batch(Self.cases[1], "bt -parallel -all").output.contains("start_thread"))
  }

  /// Waits of all kinds, of many threads: a group each, however many there are.
  @Test func aCrowd() throws {
    let program = try sandbox.program("crowd.c", flags: ["-g", "-O0", "-pthread"], as: "program")
    let run = try Batch(
      commands: ["break stuck", "run", "bt -parallel", "info locks", "concurrency -state sleeping", "info deadlocks"],
      program: [program, "100"], in: sandbox)
    for function in ["locks", "consumes", "reads", "naps", "takes"] {
      #expect(run.output.contains(try Regex("\n20 threads: [0-9 ]+\n  \(function) \\(\\) at ")), "\(run.output)")
    }
    #expect(run.output.contains("\nmutex lock at 0x"), "\(run.output)")
    #expect(run.output.contains("\n  held by thread 1 \"program\"\n"), "\(run.output)")
    #expect(run.output.contains("\ncondition variable filled at 0x"), "\(run.output)")
    #expect(run.output.contains("\nsemaphore tokens at 0x"), "\(run.output)")
    #expect(run.output.components(separatedBy: " waits in ").count == 61, "\(run.output)")
    #expect(run.output.components(separatedBy: "  read(").count == 21, "\(run.output)")
    #expect(run.output.contains("  clock_nanosleep(0, 0, "), "\(run.output)")
    #expect(run.output.contains("No deadlocks found."), "\(run.output)")
  }

  @Test func asJSON() throws {
    let all = try batch(
      Self.cases[7], "info deadlocks", "info locks", "concurrency", "bt -parallel", options: ["--json"]
    ).objects().suffix(4)
    let results = try all.map { try #require($0["result"] as? [String: Any]) }
    let steps = try #require((results[0]["deadlocks"] as? [[String: Any]])?.first?["steps"] as? [[String: Any]])
    #expect(steps.map { ($0["lock"] as? [String: Any])?["name"] as? String } == ["bank.vault", "bank.rates"])
    #expect(steps.map { ($0["holder"] as? [String: Any])?["name"] as? String } == ["writes", "reads"])
    #expect(steps.map { $0["inferredFrom"] != nil } == [false, true])
    let locks = try #require(results[1]["locks"] as? [[String: Any]])
    #expect(locks.map { $0["kind"] as? String } == ["mutex", "read-write lock"])
    #expect(locks.last?["readers"] as? Int == 1)
    let threads = try #require(results[2]["threads"] as? [[String: Any]])
    #expect(threads.map { $0["state"] as? String } == ["stopped", "deadlocked", "deadlocked"])
    #expect((threads.last?["systemCall"] as? String)?.hasPrefix("futex(0x") == true)
    let roots = try #require(results[3]["roots"] as? [[String: Any]])
    #expect(roots.map { $0["function"] as? String } == ["main", "reads", "writes"])
  }

  /// The program's own children, and what they do.
  @Test func processes() throws {
    let program = try sandbox.program("children.c", as: "program")
    let run = try Batch(commands: ["break asleep", "run", "info processes"], program: [program], in: sandbox)
    let lines = run.output.split(separator: "\n").suffix(2).map {
      $0.replacing(#/[0-9]+ /#, with: "PID ", maxReplacements: 1)
    }
    #expect(
      lines == ["PID  \(program)  (stopped by a debugger)", "  PID  \(program)  (sleeping in pause)"], "\(run.output)")
  }

  @Test func nothingToFind() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let run = try Batch(
      commands: ["info deadlocks", "break add_score", "run", "info deadlocks", "info locks", "bt -parallel nonsense"],
      program: [program], in: sandbox)
    #expect(run.output.contains("No deadlocks found.\nNo thread waits for a lock.\n"), "\(run.output)")
    #expect(run.errors.contains("No threads."), "\(run.errors)")
    #expect(run.errors.contains("Junk after -parallel: nonsense"), "\(run.errors)")
  }
}
