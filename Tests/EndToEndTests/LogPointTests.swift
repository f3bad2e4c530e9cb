import Foundation
import TestSupport
import Testing

/// Lines that the program's passing a place prints.
@Suite struct LogPointTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func batch(_ commands: String..., options: [String] = []) throws -> Batch {
    let program = try sandbox.program("conditions.cpp", flags: ["-g", "-O0"], as: "program")
    return try Batch(commands: commands, options: options, program: [program], in: sandbox)
  }

  @Test func dynamicPrintf() throws {
    let text = try batch(
      "dprintf counter::hot,\"i=%d key=%3d %s %c\\n\", i, p->key, p->name, 'x'", "info breakpoints", "run",
      "info breakpoints"
    ).output
    #expect(text.hasPrefix("Dprintf 1 at "), "\(text.prefix(200))")
    #expect(text.contains("1       dprintf        keep y   "))
    #expect(text.contains("        printf \"i=%d key=%3d %s %c\\n\", i, p->key, p->name, 'x'\n"))
    #expect(text.contains("\ni=0 key=  9 two x\ni=1 key=  9 two x\ni=2 "))
    #expect(text.components(separatedBy: " key=  9 two x\n").count == 1001)
    #expect(text.contains("breakpoint already hit 1000 times"))
    #expect(!text.contains("Breakpoint 1, "))
  }

  /// What takes more than the tracer thread can take along.
  @Test func dynamicPrintfOfOtherValues() throws {
    let text = try batch(
      "tbreak counter::hot if i == 997", "run", "dprintf counter::hot,\"%5.1f|\", d * 2", "continue"
    ).output
    #expect(text.contains("998.0|999.0|"), "\(text)")
  }

  @Test func logPoints() throws {
    let text = try batch(
      "logpoint counter::hot \"{i}: {c:x} {p->next->flag} {{{k}}} {*p}\" if i == 65", "run"
    ).output
    #expect(text.contains("65: 0x41 5 {colour::red} {key = 9, next = 0x"), "\(text)")
    #expect(text.components(separatedBy: "65: ").count == 2, "\(text)")
  }

  @Test func levelsDecideByLogger() throws {
    let text = try batch(
      "logpoint counter::hot \"net {i}\" level=debug logger=app.net if i == 1",
      "logpoint counter::hot \"disk {i}\" level=warning logger=app.disk if i == 1",
      "logpoint counter::hot \"other {i}\" if i == 1", "log level app warning", "log level", "log level app.net",
      "log level error", "run"
    ).output
    #expect(text.contains("(all)                debug\napp                  warning\n"), "\(text)")
    #expect(text.contains("The level of \"app.net\" is warning."), "\(text)")
    #expect(text.contains("disk 1\n") && !text.contains("net 1\n") && !text.contains("other 1\n"), "\(text)")
  }

  @Test func inJSONTheyAreEvents() throws {
    let objects = try batch(
      "logpoint counter::hot \"{i}\" level=error logger=a.b if i == 2", "run", options: ["--json"]
    )
    .objects()
    let event = try #require(objects.first { $0["event"] as? String == "log" })
    #expect(event["text"] as? String == "2\n")
    #expect(event["level"] as? String == "error" && event["logger"] as? String == "a.b")
    #expect(event["breakpoint"] as? Int == 1 && event["thread"] as? Int == 1)
  }

  /// What can't be had stops, and is told.
  @Test func unreadableValuesAreTold() throws {
    let done = try batch("logpoint counter::hot \"{p->next->next->key}\" if i == 4", "run", "print i")
    #expect(
      done.output.contains("Error in the log line of breakpoint 1:\nCannot access memory at address 0x0"),
      "\(done.output)")
    #expect(done.output.contains("$1 = 4\n"))
  }

  @Test(arguments: [
    ("dprintf counter::hot", "Format string required"), ("dprintf counter::hot,5", "Bad format string"),
    ("dprintf counter::hot,\"%d\"", "Wrong number of arguments for specified format-string"),
    ("logpoint counter::hot", "A text in quotes is required."),
    ("logpoint counter::hot \"{i\"", "A brace is not closed"),
    ("logpoint counter::hot \"{}\"", "There is no expression between the braces."),
    ("logpoint counter::hot \"x\" level=loud", "\"loud\" is no level: debug, info, warning, error, critical."),
    ("log level a loud", "\"loud\" is no level"), ("log level a b c", "Usage: log level [LOGGER] [LEVEL|default]"),
  ])
  func wrongOnesAreRefused(command: String, message: String) throws {
    let done = try batch(command)
    #expect(done.errors.contains(message), "\(done.errors)")
  }
}
