import Foundation
import TestSupport
import Testing

/// Catchpoints, in gdb's words.
@Suite struct CatchpointTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func batch(_ commands: String..., options: [String] = [], arguments: [String] = []) throws -> Batch {
    let program = try sandbox.program("caught.cpp", flags: ["-g", "-O0"], as: "program")
    return try Batch(commands: commands, options: options, program: [program] + arguments, in: sandbox)
  }

  /// What is set, and what the stops say, in this order.
  static let events: [(commands: [String], shows: [String])] = [
    (
      ["catch throw", "run", "continue", "continue", "continue"],
      [
        "Catchpoint 1 (throw)\n", "\nCatchpoint 1 (exception thrown), 0x", " in __cxa_throw () from ",
        "\nstd::out_of_range: far out\n", "\nCatchpoint 1 (exception thrown), 0x", "\nFault: a fault of its own\n",
        "\nCatchpoint 1 (exception thrown), 0x", "\nint\n", "exited normally",
      ]
    ),
    (
      ["catch catch", "run", "continue", "continue"],
      [
        "\nCatchpoint 1 (exception caught), 0x", " in __cxa_begin_catch () from ", "\nstd::out_of_range: far out\n",
        "\nstd::out_of_range: far out\n", "\nFault: a fault of its own\n",
      ]
    ),
    (
      ["catch rethrow", "run", "continue"],
      [
        "\nCatchpoint 1 (exception rethrown), 0x", " in __cxa_rethrow () from ", "\nstd::out_of_range: far out\n",
        "exited normally",
      ]
    ),
    (
      ["catch fork", "run", "continue"],
      ["Catchpoint 1 (fork)\n", "\nCatchpoint 1 (forked process ", "exited normally"]
    ),
    (
      ["catch vfork", "run", "continue"],
      ["Catchpoint 1 (vfork)\n", "\nCatchpoint 1 (vforked process ", "exited normally"]
    ),
    (
      ["break main", "run", "catch vfork", "continue", "bt 1", "continue"],
      ["\nCatchpoint 2 (vforked process ", "#0 ", "exited normally"]
    ),
    (
      ["catch syscall getppid", "info breakpoints", "run", "continue", "continue"],
      [
        "Catchpoint 1 (syscall 'getppid' [110])\n",
        "1       catchpoint     keep y                      syscall \"getppid\" ",
        "\nCatchpoint 1 (call to syscall getppid), ", "\nCatchpoint 1 (returned from syscall getppid), ",
        "exited normally",
      ]
    ),
    (["catch syscall", "run"], ["Catchpoint 1 (any syscall)\n", "\nCatchpoint 1 (call to syscall "]),
    (
      ["catch signal SIGURG", "run", "continue"],
      ["Catchpoint 1 (signal SIGURG)\n", "\nCatchpoint 1 (signal SIGURG), ", "exited normally"]
    ),
    (
      ["catch load util", "run", "continue"],
      ["Catchpoint 1 (load)\n", "\nCatchpoint 1\n  Inferior loaded /", "libutil.so.1\n", "exited normally"]
    ),
    (
      ["catch unload", "run", "continue"],
      ["Catchpoint 1 (unload)\n", "\nCatchpoint 1\n  Inferior unloaded /", "libutil.so.1\n", "exited normally"]
    ),
    (
      ["tcatch fork", "catch fork", "run", "info breakpoints"],
      [
        "\nTemporary catchpoint 1 (forked process ", "Num ",
        "2       catchpoint     keep y                      fork\n\tcatchpoint already hit 1 time",
      ]
    ),
    (["catch throw if 0", "run"], ["Catchpoint 1 (throw)\n", "exited normally"]),
    (["catch throw", "ignore 1 2", "run"], ["exception thrown", "\nint\n"]),
  ]

  @Test(arguments: events) func eventsStop(_ row: (commands: [String], shows: [String])) throws {
    let program = try sandbox.program("caught.cpp", flags: ["-g", "-O0"], as: "program")
    let text = try Batch(commands: row.commands, program: [program], in: sandbox).output
    var rest = text[...]
    for line in row.shows {
      let found = rest.range(of: line)
      #expect(found != nil, "\(line) in \(text)")
      rest = rest[(found?.upperBound ?? rest.endIndex)...]
    }
  }

  @Test func exec() throws {
    let text = try batch("catch exec", "run", "delete", "continue", arguments: ["again"]).output
    #expect(text.contains("\nCatchpoint 1 (exec'd /") && text.contains("/program), 0x"), "\(text)")
    #expect(text.contains("exited normally"), "\(text)")
  }

  @Test func rustPanics() throws {
    let program = try sandbox.program("panics.rs", flags: ["-g"], as: "program")
    let text = try Batch(commands: ["catch panic", "run", "continue"], program: [program], in: sandbox).output
    #expect(text.contains("Catchpoint 1 (panic)\n"), "\(text)")
    #expect(text.contains("\nCatchpoint 1 (panic), ") && text.contains("\ncaught\n"), "\(text)")
    #expect(text.contains("\ntoo much: 7\n"), "\(text)")
  }

  @Test func swiftRuntimeErrors() throws {
    let program = try sandbox.program("fatal.swift", flags: ["-g", "-Onone"], as: "program")
    let text = try Batch(commands: ["catch panic", "run"], program: [program], in: sandbox).output
    #expect(text.contains("\nCatchpoint 1 (panic), ") && text.contains("too much: 7"), "\(text)")
  }

  static let refusals = [
    ("catch", "Catch requires an event name"),
    ("catch nothing", "Undefined catch command: \"nothing\"."),
    ("catch syscall nosuch", "Unknown syscall name 'nosuch'."),
    ("catch fork now", "Junk at end of arguments."),
    ("catch signal SIGUSR1 all", "'all' cannot be caught with other signals"),
  ]

  @Test(arguments: refusals) func whatIsNoEventIsRefused(command: String, message: String) throws {
    #expect(try batch(command).errors.contains(message))
  }

  @Test func asJSON() throws {
    let text = try batch("catch throw", "run", options: ["--json"]).output
    let caught =
      #""reason": "catchpoint", "breakpoint": 1, "caught": {"event": "throw", "exception": "std::out_of_range", "#
      + #""what": "far out"}"#
    #expect(text.contains(caught), "\(text)")
  }
}
