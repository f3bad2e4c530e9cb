import Foundation
import TestSupport
import Testing

/// What the words after `sdb` mean, and what is said where they mean nothing.
@Suite(.serialized) struct CommandLineTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test(arguments: [
    ["--no-such-option"], ["--batch", "--no-such-option", "./tour"], ["--pid", "many"], ["--core"], ["-ex"],
    ["--json=maybe"], ["--env", "NAMELESS"], ["--log-level", "shouting"],
  ])
  func wrongUsageExitsWith64(arguments: [String]) throws {
    let run = try Batch(arguments, in: sandbox)
    #expect(run.status == 64)
    #expect(run.errors.contains("Usage"))
  }

  @Test func versionAndHelp() throws {
    let version = try Batch(["--version"], in: sandbox)
    #expect(version.status == 0)
    #expect(version.output.contains(/\d+\.\d+/))
    let help = try Batch(["--help"], in: sandbox)
    #expect(help.status == 0)
    for option in [
      "--pid", "--core", "--batch", "--json", "-ex", "-x", "--tty", "--cwd", "--env", "--stdin", "--stop-at-entry",
      "--theme", "--config", "--log-level", "-nx", "-iex", "--args",
    ] {
      #expect(help.output.contains(option), "--help does not name \(option)")
    }
  }

  /// An ELF header with the given class and machine (elf(5)), and nothing behind it.
  private static func elf(bits: Int, machine: UInt16) -> Data {
    var header = Data([0x7f, 0x45, 0x4c, 0x46, bits == 64 ? 2 : 1, 1, 1, 0]) + Data(count: 8)
    header += [2, 0, UInt8(machine & 0xff), UInt8(machine >> 8), 1, 0, 0, 0]
    return header + Data(count: (bits == 64 ? 64 : 52) - header.count)
  }

  private enum BadProgram: CaseIterable {
    case missing, folder, script, thirtyTwoBits, foreign, notExecutable, empty

    /// What the message has to name.
    var cause: Regex<Substring> {
      switch self {
      case .missing: /[Nn]o such file/
      case .folder: /director/
      case .empty: /empty/
      case .script: /format|#!|not an? (?:ELF|executable)/
      case .thirtyTwoBits: /32-bit/
      case .foreign: /AArch64|aarch64|x86-64/
      case .notExecutable: /[Pp]ermission|not executable/
      }
    }

    func create(in sandbox: Sandbox) throws -> String {
      let name = "target-\(self)"
      switch self {
      case .missing: return sandbox.path(name)
      case .folder: return sandbox.folder.path()
      case .script: return try sandbox.file(name, "exit 3\n", mode: 0o755)
      case .empty: return try sandbox.file(name, "", mode: 0o755)
      case .thirtyTwoBits: return try sandbox.file(name, elf(bits: 32, machine: 3), mode: 0o755)
      case .foreign: return try sandbox.file(name, elf(bits: 64, machine: 183), mode: 0o755)
      case .notExecutable:
        let program = try sandbox.program("tour.c", as: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: program)
        return program
      }
    }
  }

  @Test(arguments: BadProgram.allCases)
  private func programThatCannotBeRunIsNamedWithTheCause(bad: BadProgram) throws {
    let program = try bad.create(in: sandbox)
    let run = try Batch(["--batch", "-ex", "run", program], in: sandbox)
    #expect(run.status == 2)
    #expect(run.errors.contains(bad.cause), "\(run.errors)")
    #expect(run.errors.contains(program), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count <= 2, "\(run.errors)")
  }

  @Test func strippedProgramIsDebuggedWithoutSymbols() throws {
    let program = try sandbox.program("tour.c", flags: ["-O0", "-s"], as: "stripped")
    let run = try Batch(commands: ["run"], program: [program], in: sandbox)
    #expect(run.status == 0)
    #expect((run.output + run.errors).contains("o debugging symbols"))
    #expect(run.output.contains("best scores together"))
  }

  @Test func scriptsRunTheirInterpreter() throws {
    let script = try sandbox.file("script", "#!/bin/sh\necho from a script\nexit 7\n", mode: 0o755)
    let run = try Batch(commands: ["run"], program: [script], in: sandbox)
    #expect(run.output.contains("from a script"))
    #expect(run.output.contains("exited with code 07"))
  }

  @Test(arguments: ["dumb", ""])
  func terminalThatCannotPaintIsRefused(terminal: String) throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let run = try Batch([program], in: sandbox, environment: ["TERM": terminal])
    #expect(run.status == 2)
    #expect(run.errors.contains("--batch"))
    #expect(!run.errors.contains("\u{1b}"))
  }

  @Test func programSearchedInPath() throws {
    let run = try Batch(commands: ["run"], program: ["echo", "found", "in", "PATH"], in: sandbox)
    #expect(run.output.contains("found in PATH"))
    #expect(run.status == 0)
  }

  /// `--args` takes what follows as it is: options of the program are not sdb's.
  @Test func argumentsOfTheProgramArePassedOn() throws {
    let run = try Batch(
      commands: ["run"], program: ["printf", "<%s>", "--batch", "-ex", "two words", "$HOME", "*", ""], in: sandbox)
    #expect(run.output.contains("<--batch><-ex><two words><$HOME><*><>"))
  }

  @Test func directoryEnvironmentAndInput() throws {
    _ = try sandbox.file("input", "a line\nbye\n")
    let folder = try Batch(
      commands: ["run"], options: ["--cwd", sandbox.folder.path()], program: ["pwd"], in: sandbox)
    #expect(folder.output.contains(sandbox.folder.lastPathComponent))
    let environment = try Batch(
      commands: ["run"], options: ["--env", "COLOUR=green=blue"], program: ["printenv", "COLOUR"], in: sandbox)
    #expect(environment.output.contains("green=blue"))
    let input = try Batch(
      commands: ["run"], options: ["--stdin", sandbox.path("input")],
      program: [try sandbox.program("echo.c", as: "echo")], in: sandbox)
    #expect(input.output.contains("line 1 was [a line]"))
  }

  @Test func redirectionsOfRun() throws {
    _ = try sandbox.file("lines", "first\nbye\n")
    let program = try sandbox.program("echo.c", as: "echo")
    let run = try Batch(commands: ["run < lines > answers"], program: [program], in: sandbox)
    #expect(run.output.contains("exited with code 03"))
    #expect(!run.output.contains("say something"))
    #expect(try sandbox.read("answers").contains("line 1 was [first]"))
  }

  @Test func commandsRunInTheOrderGiven() throws {
    let file = try sandbox.file("commands", "# a comment\nprint 2\nprint 3\n")
    let run = try Batch(
      ["--batch", "-ex", "print 1", "-x", file, "-ex", "print 4", "-iex", "print 0"], in: sandbox)
    #expect(run.status == 0)
    let values = run.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    #expect(values == ["0", "1", "2", "3", "4"])
  }

  @Test func initFileIsReadUnlessToldOtherwise() throws {
    let settings = sandbox.folder.appending(path: "config/sdb")
    try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
    try "print 4242\n".write(to: settings.appending(path: "init"), atomically: true, encoding: .utf8)
    #expect(try Batch(["--batch", "-ex", "print 1"], in: sandbox).output.contains("4242"))
    #expect(!(try Batch(["--batch", "-nx", "-ex", "print 1"], in: sandbox).output.contains("4242")))
  }
}
