import TestSupport
import Testing

/// Forks, in gdb's words: which of the two processes is debugged, and what becomes of the other one.
@Suite struct ForkTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func shows(
    _ source: String, _ arguments: [String] = [], _ commands: [String], _ lines: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try ForkScript(source, arguments, commands, in: sandbox).shows(lines, sourceLocation)
  }

  private static let ways = [["fork"], ["vfork"], ["fork", "thread"], ["vfork", "thread"]]

  /// The parent has its traps in its memory still; the child, in a copy of that or the same, must meet none.
  @Test(arguments: ways) func childIsLetGoWithoutTraps(_ arguments: [String]) throws {
    try shows(
      "forks.c", arguments, ["break work", "run", "continue"],
      [
        "[Detaching after \(arguments[0]) from child process ", "hit Breakpoint 1, work (factor=5)", "all is well",
        "[Inferior 1 (process ", ") exited with code 07]",
      ].map { arguments.count == 1 ? $0.replacing("hit Breakpoint", with: "Breakpoint") : $0 })
  }

  /// The breakpoint was set in the parent, which is let go of, and ends as it would have.
  @Test(arguments: ways) func childIsFollowed(_ arguments: [String]) throws {
    // That of a vfork runs in the parent's memory: only its end lets the parent go.
    let isVfork = arguments[0] == "vfork"
    let parentGoes = [
      isVfork ? "[Detaching vfork parent process " : "[Detaching after fork from parent process ",
      "[Inferior 1 (process ", ") detached]\n",
    ]
    try shows(
      "forks.c", arguments, ["set follow-fork-mode child", "break work", "run", "info threads", "continue"],
      ["[Attaching after LWP ", " \"program\" \(arguments[0]) to child process ", "[New inferior 2 (process "]
        + (isVfork ? [] : parentGoes)
        + ["[Switching to LWP ", "Thread 2.1 \"program\" hit Breakpoint 1, work (factor=3)", "* 2.1  LWP "]
        + (isVfork ? parentGoes : []) + ["[Inferior 2 (process ", ") exited with code 06]"])
  }

  @Test(arguments: ways) func parentGoesOnAfterItsChildIsFollowed(_ arguments: [String]) throws {
    try shows("forks.c", arguments, ["set follow-fork-mode child", "break work", "run", "continue"], ["all is well"])
  }

  @Test func stepGoesOnInTheChild() throws {
    try shows(
      "forks.c", ["fork"], ["set follow-fork-mode child", "break make", "run", "next", "next", "next", "next", "kill"],
      ["if (child < 0)", "if (child == 0)", "work(3);", "_exit(product);"])
  }

  @Test func modeMayChangeAtTheFork() throws {
    try shows(
      "forks.c", ["fork"], ["catch fork", "break work", "run", "set follow-fork-mode child", "continue", "kill"],
      [
        "Catchpoint 1 (forked process ", "[Attaching after ", "[Detaching after fork from parent process ",
        "Thread 2.1 \"program\" hit Breakpoint 2, work (factor=3)", "[Inferior 2 (process ",
      ])
  }

  @Test func caughtForkIsNotFollowed() throws {
    try shows(
      "forks.c", ["fork"], ["catch fork", "break work", "run", "continue", "continue"],
      [
        "Catchpoint 1 (forked process ", "[Detaching after fork from child process ", "Breakpoint 2, work (factor=5)",
        "all is well", "[Inferior 1 (process ", "exited with code 07]",
      ])
  }

  @Test func childOfVforkIsFollowedIntoItsProgram() throws {
    try shows(
      "executes.c", ["child"], ["set follow-fork-mode child", "break arrived", "run", "continue"],
      [
        " vfork to child process ", "[Detaching vfork parent process ", " after child exec]",
        "[Inferior 1 (process ", ") detached]", "is executing new program: ",
        "Thread 2.1 \"program\" hit Breakpoint 1, arrived (count=4)", "[Inferior 2 (process ", ") exited normally]",
      ])
  }

  @Test(arguments: ["kill", "detach"]) func parentOfVforkIsLetGoWithItsChild(_ command: String) throws {
    try shows(
      "forks.c", ["vfork"], ["set follow-fork-mode child", "break work", "run", command],
      ["hit Breakpoint 1, work (factor=3)", "[Detaching vfork parent process ", "[Inferior 1 (process "])
  }

  @Test func programRunsAgainAfterItsChildWasFollowed() throws {
    try shows(
      "forks.c", ["fork"],
      [
        "set follow-fork-mode child", "break work", "run", "set follow-fork-mode parent", "run", "info threads", "kill",
      ],
      ["hit Breakpoint 1, work (factor=3)", "[Detaching after fork from child", "work (factor=5)", "* 2.1  LWP "])
  }

  /// The leader takes the id of the thread that executes a program; it may have exited before.
  @Test(arguments: ["thread", "orphan"]) func anyThreadExecutes(_ who: String) throws {
    try shows(
      "executes.c", [who], ["break arrived", "run", "info threads", "continue"],
      [
        "is executing new program: ", "Breakpoint 1, arrived (count=4)", "* 1 ", "[Inferior 1 (process ",
        "exited normally]",
      ])
  }
}
