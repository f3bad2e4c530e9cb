import Foundation
import TestSupport
import Testing

/// Watchpoints and hardware breakpoints, in gdb's words.
@Suite struct WatchpointTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func batch(_ commands: String..., options: [String] = []) throws -> Batch {
    let program = try sandbox.program("watched.c", flags: ["-g", "-O0"], as: "program")
    return try Batch(commands: ["break main", "run"] + commands, options: options, program: [program], in: sandbox)
  }

  private func change(_ name: String, _ old: String, _ new: String) -> String {
    "\nHardware watchpoint \(name)\n\nOld value = \(old)\nNew value = \(new)\n"
  }

  @Test func changesAreShownAndOthersPassedOver() throws {
    let text = try batch("watch counter", "continue", "continue", "info breakpoints").output
    #expect(text.contains("\nHardware watchpoint 2: counter\n"), "\(text)")
    #expect(text.contains(change("2: counter", "0", "1") + "main () at "), "\(text)")
    #expect(text.contains(change("2: counter", "1", "2") + "main () at "), "\(text)")
    #expect(
      text.contains("2       hw watchpoint  keep y                      counter\n\tbreakpoint already hit 2 times"),
      "\(text)")
  }

  @Test func itMayBeSetBeforeTheProgramRuns() throws {
    let program = try sandbox.program("watched.c", flags: ["-g", "-O0"], as: "program")
    let text = try Batch(commands: ["watch counter", "run"], program: [program], in: sandbox).output
    #expect(text.contains("Hardware watchpoint 1: counter\n" + change("1: counter", "0", "1")), "\(text)")
  }

  /// What writes the value that was there can't be told from a reader.
  @Test func readersAreSeen() throws {
    let text = try batch("rwatch counter", "continue", "info breakpoints").output
    #expect(text.contains("\nHardware read watchpoint 2: counter\n\nValue = 1\n"), "\(text)")
    // The column is as wide as its widest word.
    #expect(text.contains("2       read watchpoint keep y                      counter\n"), "\(text)")
    #expect(text.contains("1       breakpoint      keep y   0x"), "\(text)")
  }

  @Test func bothAreSeen() throws {
    let text = try batch("awatch counter", "continue", "continue").output
    #expect(
      text.contains("\nHardware access (read/write) watchpoint 2: counter\n\nOld value = 0\nNew value = 1\n"), "\(text)"
    )
    #expect(text.contains("\nHardware access (read/write) watchpoint 2: counter\n\nValue = 1\n"), "\(text)")
  }

  /// Values, and where the program is at their change.
  static let values: [(command: String, shows: [String])] = [
    ("watch text", ["Old value = '\\000' <repeats 15 times>", "New value = \"\\000\\000\\000x"]),
    ("watch couple", ["Old value = {first = 0, second = 0}", "New value = {first = 0, second = 5}"]),
    // The byte changes twice, the field once.
    ("watch bits.high", ["Old value = 0", "New value = 6"]),
    ("watch chosen->first", ["Old value = <unreadable>", "New value = 0"]),
    ("watch -l couple.first", ["2: -location couple.first", "Old value = 0", "New value = 9"]),
    ("watch couple.first if couple.first > 9", ["Old value = 9", "New value = 10"]),
    ("watch counter if counter == 8", ["Old value = 2", "New value = 8"]),
    ("watch table[5] thread 1", ["Old value = 0", "New value = 6"]),
  ]

  @Test(arguments: values) func valuesAreWatched(_ row: (command: String, shows: [String])) throws {
    let text = try batch(row.command, "continue").output
    var rest = text[...]
    for line in row.shows {
      let found = rest.range(of: line)
      #expect(found != nil, "\(line) in \(text)")
      rest = rest[(found?.upperBound ?? rest.endIndex)...]
    }
  }

  /// A value that depends on two places: the pointer, and what it points to.
  @Test func aPointerIsFollowed() throws {
    let text = try batch("watch chosen->first", "continue", "continue", "continue", "continue").output
    let steps = [("<unreadable>", "0"), ("0", "9"), ("9", "7"), ("7", "11")]
    for (old, new) in steps { #expect(text.contains(change("2: chosen->first", old, new)), "\(old) \(new): \(text)") }
  }

  @Test func itEndsWithItsFrame() throws {
    let text = try batch(
      "break twice", "continue", "watch result", "continue", "continue", "continue", "info breakpoints"
    ).output
    #expect(text.contains(change("3: result", "4", "8")), "\(text)")
    let words =
      "\nWatchpoint 3 deleted because the program has left the block in\nwhich its expression is valid.\n"
    #expect(text.contains(words), "\(text)")
    #expect(!text.contains("hw watchpoint"), "\(text)")
  }

  /// Of a recursion, the frame counts in which it was set.
  @Test func inARecursionItsOwnFrameCounts() throws {
    let text = try batch(
      "break recurse if depth == 1", "continue", "next", "watch own", "continue", "continue", "continue"
    ).output
    #expect(text.contains(change("3: own", "1", "1")) == false, "\(text)")
    #expect(text.contains("Hardware watchpoint 3: own\n\nOld value = 1\nNew value = 2\n"), "\(text)")
    #expect(text.contains("Watchpoint 3 deleted because"), "\(text)")
  }

  /// Its condition has the names of the frame that it is limited to, wherever the value changes.
  @Test func conditionsAreThoseOfItsFrame() throws {
    let text = try batch("break filled", "continue", "next", "watch slot if slot > limit", "continue").output
    #expect(text.contains(change("3: slot", "3", "4") + "put ("), "\(text)")
    #expect(!text.contains("Error in testing"), "\(text)")
  }

  @Test func fourRegistersAreAllThereAre() throws {
    let session = try batch(
      "watch table[0]", "watch table[1]", "watch table[2]", "watch table[3]", "watch table[4]", "info breakpoints")
    #expect(session.errors.contains("four debug registers, which numbers 2, 3, 4, 5 use"), "\(session.errors)")
    #expect(!session.output.contains("table[4]"), "\(session.output)")
  }

  @Test func disabledOnesLeaveRoom() throws {
    let text = try batch(
      "watch table[0]", "watch table[1]", "watch table[2]", "watch table[3]", "disable 2", "watch table[4]",
      "delete 3-5",
      "continue"
    ).output
    #expect(text.contains(change("6: table[4]", "0", "5")), "\(text)")
  }

  /// By single steps, with its cost said first.
  @Test(arguments: [("watch table", "table"), ("watch $rbx", "$rbx")])
  func whatTheProcessorCannotWatchIsStepped(command: String, name: String) throws {
    let text = try batch(command, "info breakpoints", "continue").output
    let warning = try #require(text.range(of: "warning: \(name) has to be watched by single steps"))
    let start = try #require(text.range(of: "\nWatchpoint 2: \(name)\n"))
    #expect(warning.upperBound < start.lowerBound)
    #expect(text.contains("2       watchpoint     keep y                      \(name)\n"), "\(text)")
    #expect(text.components(separatedBy: "\nWatchpoint 2: \(name)\n\nOld value = ").count == 2, "\(text)")
  }

  @Test func steppingGoesOnBesideASteppedWatch() throws {
    let text = try batch(
      "set can-use-hw-watchpoints 0", "watch couple.first", "next", "next", "next", "info breakpoints"
    ).output
    #expect(text.contains("counter = 2;") && text.contains("printf("), "\(text)")
    #expect(!text.contains("Old value"), "\(text)")
  }

  static let refusals = [
    ("watch 5", "Cannot watch constant value `5'."),
    ("rwatch 5", "Cannot watch constant value `5'."),
    ("rwatch $rax", "Expression cannot be implemented with read/access watchpoint."),
    ("watch nothing", "No symbol \"nothing\" in current context."),
    ("watch", "Argument required (expression to compute)."),
    ("watch counter mask 0xff", "This target does not support masked watchpoints."),
    ("watch counter thread 7", "Unknown thread 7."),
    ("watch counter if nothing", "No symbol \"nothing\" in current context."),
    ("awatch table", "Expression cannot be implemented with read/access watchpoint."),
  ]

  @Test(arguments: refusals) func whatCannotBeWatchedIsRefused(command: String, message: String) throws {
    #expect(try batch(command).errors.contains(message))
  }

  @Test func hardwareBreakpoints() throws {
    let text = try batch(
      "hbreak twice", "thbreak recurse", "info breakpoints", "continue", "continue", "info breakpoints"
    ).output
    #expect(text.contains("\nHardware assisted breakpoint 2 at 0x"), "\(text)")
    #expect(text.contains("2       hw breakpoint  keep y   0x"), "\(text)")
    #expect(text.contains("3       hw breakpoint  del  y   0x"), "\(text)")
    #expect(text.contains("\nBreakpoint 2, twice (value=4) at "), "\(text)")
    #expect(text.contains("\nTemporary breakpoint 3, recurse (depth=2) at "), "\(text)")
  }

  @Test func asJSON() throws {
    let text = try batch("watch counter", "continue", options: ["--json"]).output
    #expect(text.contains(#""type": "hw watchpoint""#), "\(text)")
    let watched = #""watchpoints": [{"id": 2, "expression": "counter", "old": "0", "new": "1"}]"#
    #expect(text.contains(#""reason": "watchpoint", "# + watched), "\(text)")
  }
}
