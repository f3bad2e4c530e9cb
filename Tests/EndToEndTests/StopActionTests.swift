import Foundation
import TestSupport
import Testing

/// What is done at stops: breakpoints' commands, signals by their table, threads one by one.
@Suite struct StopActionTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func batch(_ commands: String..., options: [String] = []) throws -> Batch {
    let program = try sandbox.program("signalling.c", flags: ["-g", "-O0", "-pthread"], as: "program")
    return try Batch(commands: commands, options: options, program: [program], in: sandbox)
  }

  private static let unsignalled = "handle SIGUSR1 nostop noprint"

  // MARK: Commands

  @Test func commandsRunAtEachStopAndMayContinue() throws {
    let text = try batch(
      Self.unsignalled, "break work if i > 2", "commands", "silent", "printf \"i=%d\\n\", i", "if i < 104", "continue",
      "end", "end", "run", "print i", "print $bpnum"
    ).output
    #expect(text.contains("i=3\ni=4\ni=100\ni=101\ni=102\ni=103\ni=104\n$1 = 104\n$2 = 1\n"), "\(text)")
    #expect(!text.contains("Breakpoint 1, "), "\(text)")
  }

  /// What follows a command that moves the program is of a stop that is over.
  @Test func aResumptionEndsThem() throws {
    let text = try batch(
      Self.unsignalled, "tbreak work", "commands", "next", "print 77", "end", "run", "print $bpnum"
    ).output
    #expect(text.contains("$1 = 1\n"), "\(text)")
    #expect(!text.contains("77"), "\(text)")
  }

  @Test func severalBreakpointsShareThem() throws {
    let text = try batch(
      Self.unsignalled, "break work if i == 1", "break work if i == 2", "commands 1-2", "print i * 100", "end", "run",
      "continue"
    ).output
    #expect(text.contains("$1 = 100\n") && text.contains("$2 = 200\n"), "\(text)")
  }

  @Test func theyAreListedAndTakenAway() throws {
    let text = try batch(
      "break work", "commands", "silent", "while 1", "print i", "end", "end", "info breakpoints", "commands 1", "end",
      "info breakpoints"
    ).output
    let listed = "        silent\n        while 1\n          print i\n        end\n"
    #expect(text.components(separatedBy: listed).count == 2, "\(text)")
  }

  @Test(arguments: [("commands", "No breakpoints specified."), ("commands 9", "No breakpoint number 9.")])
  func withoutABreakpointTheyAreRefused(command: String, message: String) throws {
    #expect(try batch(command).errors.contains(message))
  }

  @Test func aQuitAmongThemEnds() throws {
    let done = try batch(Self.unsignalled, "break work", "commands", "quit 7", "end", "run", "print 5")
    #expect(done.status == 7)
    #expect(!done.output.contains("$1"))
  }

  @Test func anErrorAmongThemEndsThem() throws {
    let done = try batch(
      Self.unsignalled, "break work", "commands", "print nothing", "print 55", "end", "run", "print i")
    #expect(done.errors.contains("No symbol \"nothing\" in current context."))
    #expect(done.output.contains("$1 = 0\n") && !done.output.contains("55"))
  }

  // MARK: Signals

  @Test(arguments: [
    ("nostop print pass", "Program received signal SIGUSR1, User defined signal 1.", "got 10"),
    ("nostop noprint pass", "", "got 10"), ("nopass nostop noprint", "", "got 0"),
    ("noprint ignore", "", "got 0"),
  ])
  func signalsAreHandledAsTheTableSays(actions: String, told: String, result: String) throws {
    let text = try batch("handle SIGUSR1 \(actions)", "run").output
    #expect(text.contains(result), "\(text)")
    #expect(text.contains("received signal") == !told.isEmpty, "\(text)")
    #expect(told.isEmpty || text.contains(told), "\(text)")
  }

  @Test func aSignalThatIsNotPassedStopsAllTheSame() throws {
    let text = try batch("handle SIGUSR1 nopass", "run", "continue").output
    #expect(text.contains("Program received signal SIGUSR1") && text.contains("got 0"), "\(text)")
  }

  @Test func queuedSignalsReplaceThePresentOne() throws {
    #expect(try batch("run", "queue-signal SIGUSR2", "continue").output.contains("got 12"))
    #expect(try batch("run", "queue-signal 0", "continue").output.contains("got 0"))
    let refused = try batch("handle SIGUSR2 nopass", "run", "queue-signal SIGUSR2")
    #expect(refused.errors.contains("Signal handling set to not pass this signal to the program."))
  }

  @Test func theTableIsShown() throws {
    let text = try batch("handle 10 nostop", "handle SIGUSR2 SIGALRM noprint", "info signals SIGALRM", "info signals")
      .output
    #expect(text.contains("SIGALRM       No\tNo\tYes\t\tAlarm clock"))
    #expect(text.contains("SIGUSR1       No\tYes\tYes\t\tUser defined signal 1"))
    #expect(text.contains("SIGUSR2       No\tNo\tYes\t\tUser defined signal 2"))
    #expect(text.contains("Use the \"handle\" command to change these tables."))
  }

  @Test(arguments: [
    ("handle", "Argument required (signal to handle)."),
    ("handle foo", "Unrecognized or ambiguous flag word: \"foo\"."),
    ("handle 16 stop", "Only signals 1-15 are valid as numeric signals."),
  ])
  func wrongTablesAreRefused(command: String, message: String) throws {
    #expect(try batch(command).errors.contains(message))
  }

  // MARK: Threads

  @Test func breakpointsOfOneThread() throws {
    let text = try batch(
      Self.unsignalled, "break run", "run", "break work thread 2 if i > 102", "info breakpoints", "continue", "print i",
      "delete 1", "continue", "continue", "info breakpoints"
    ).output
    #expect(text.contains("\tstop only if i > 102\n\tstop only in thread 2\n"), "\(text)")
    #expect(text.contains("$1 = 103\n"), "\(text)")
    #expect(text.contains("Thread-specific breakpoint 2 deleted - thread 2 no longer in the thread list."), "\(text)")
  }

  @Test(arguments: [
    ("break work thread 7", "Unknown thread 7."), ("break work thread", "Junk after thread keyword."),
    ("break work thread x", "Invalid thread ID: x"),
  ])
  func threadsThatAreNoneAreRefused(command: String, message: String) throws {
    #expect(try batch(Self.unsignalled, "break work", "run", command).errors.contains(message))
  }

  @Test func threadsHaveNames() throws {
    let text = try batch(
      Self.unsignalled, "break run", "run", "thread name worker", "thread find work", "thread find LWP", "thread 1",
      "thread worker", "info threads 2", "thread find nobody"
    ).output
    #expect(text.contains("Thread 2 has name 'worker'\n"), "\(text)")
    #expect(text.contains("Thread 1 has target id 'LWP "), "\(text)")
    #expect(text.contains("[Switching to thread 2 (LWP "), "\(text)")
    #expect(text.contains("No threads match 'nobody'\n"), "\(text)")
  }

  @Test func commandsForThreads() throws {
    let done = try batch(
      Self.unsignalled, "break work if i == 101", "run", "thread apply all -q print $_thread",
      "thread apply all -ascending -q print $_thread + 10", "thread apply all -s print i", "taas print i + 1",
      "thread apply 1 2 -q -c print argument")
    let text = done.output
    #expect(text.contains("$1 = 2\n$2 = 1\n$3 = 11\n$4 = 12\n"), "\(text)")
    #expect(text.contains("\nThread 2 (LWP ") && text.contains("$5 = 101\n") && text.contains("$6 = 102\n"), "\(text)")
    #expect(!text.contains("\nThread 1 (LWP "), "\(text)")
    #expect(done.errors.components(separatedBy: "No symbol \"argument\"").count == 3, "\(done.errors)")
  }

  /// With the scheduler locked, main's thread waits while the other one is stepped.
  @Test(arguments: ["on", "step"]) func theSchedulerCanBeLocked(mode: String) throws {
    let text = try batch(
      Self.unsignalled, "break run", "run", "set scheduler-locking \(mode)", "show scheduler-locking", "next", "next",
      "info threads"
    ).output
    #expect(text.contains("Mode for locking scheduler during execution is \"\(mode)\"."), "\(text)")
    #expect(text.contains("* 2 "), "\(text)")
  }
}
