import ArgumentParser
import Commands
import Debugger
import Glibc
import HostFiles

#if !arch(x86_64) || !os(Linux)
  #error("sdb debugs programs of Linux on x86-64, and is built there.")
#endif

/// The command line: options, then the program and its arguments.
@main
struct Sdb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sdb", abstract: "A debugger for Linux programs in the terminal.",
    usage: """
      sdb [options] [program [arguments…]]
      sdb [options] --args program arguments…
      sdb [options] program core|PID
      """,
    discussion: """
      Options end where the program's name begins; what follows are the program's own arguments. The program is \
      searched in PATH where its name has no slash. Exit status: 0; 1 if a command failed in batch mode; 2 if the \
      program could not be opened; 64 for wrong usage.
      """,
    version: SdbVersion.text)

  @Option(name: .shortAndLong, help: ArgumentHelp("Attach to a running process.", valueName: "pid"))
  var pid: Int32?

  @Option(name: .shortAndLong, help: ArgumentHelp("Look at a core file.", valueName: "file"), completion: .file())
  var core: String?

  @Flag(name: [.long, .customLong("batch", withSingleDash: true)], help: "Run the commands given, then exit.")
  var batch = false

  @Flag(name: .long, help: "With --batch: print one JSON object a line.")
  var json = false

  @Option(
    name: [.customLong("ex", withSingleDash: true), .customLong("ex")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Execute a command; may be repeated.", valueName: "command"), transform: BatchItem.command)
  var commands: [BatchItem] = []

  @Option(
    name: .customShort("x"), help: ArgumentHelp("Execute the commands of a file; may be repeated.", valueName: "file"),
    completion: .file(), transform: BatchItem.file)
  var files: [BatchItem] = []

  @Option(
    name: .customLong("iex", withSingleDash: true), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Execute a command before the program is opened.", valueName: "command"),
    transform: BatchItem.command)
  var earlyCommands: [BatchItem] = []

  @Flag(name: .customLong("nx", withSingleDash: true), help: "Read no init file.")
  var noInit = false

  @Option(help: ArgumentHelp("The terminal that the program uses.", valueName: "path"), completion: .file())
  var tty: String?

  @Option(help: ArgumentHelp("The directory that the program starts in.", valueName: "dir"), completion: .directory)
  var cwd: String?

  @Option(help: ArgumentHelp("Set an environment variable of the program.", valueName: "name=value"))
  var env: [String] = []

  @Option(help: ArgumentHelp("The program's standard input.", valueName: "file"), completion: .file())
  var stdin: String?

  @Flag(help: "Start the program, and stop at its first instruction.")
  var stopAtEntry = false

  @Option(help: ArgumentHelp("The colours of the interface.", valueName: "name"))
  var theme: String?

  @Option(help: ArgumentHelp("A settings file instead of the user's own.", valueName: "file"), completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("What sdb logs of itself, in its folder of states: debug … critical.", valueName: "level"))
  var logLevel: LogLevel?

  @Flag(
    name: [.customLong("args"), .customLong("args", withSingleDash: true)],
    help: "The program and its arguments follow.")
  var args = false

  @Flag(name: [.short, .customLong("quiet")], help: .hidden)
  var quiet = false

  @Argument(parsing: .captureForPassthrough, help: "The program and its arguments.", completion: .file())
  var program: [String] = []

  func validate() throws {
    // What passes arguments through takes even these, and unknown options, for arguments.
    switch program.first {
    case "--help"?, "-h"?, "-help"?: throw CleanExit.helpRequest(self)
    case "--version"?, "-version"?, "-v"?: throw CleanExit.message(SdbVersion.text)
    case let first? where first.hasPrefix("-") && first != "--": throw ValidationError("Unknown option '\(first)'")
    default: break
    }
    if json, !batch { throw ValidationError("--json needs --batch.") }
    if pid != nil, core != nil { throw ValidationError("--pid and --core exclude each other.") }
    if args, program.isEmpty { throw ValidationError("--args needs a program.") }
    for change in env where !change.dropFirst().contains("=") {
      throw ValidationError("--env wants NAME=VALUE, not '\(change)'.")
    }
  }

  func run() async throws {
    let status = await start()
    if status != 0 { throw ExitCode(status) }
  }

  private func start() async -> Int32 {
    var options = frontEndOptions
    options.process = pid
    if let core { return refuse("\(core): looking at core files is not possible yet.") }
    if options.arguments.count == 1, !args, let second = options.arguments.first {
      if let number = Int32(second), Glibc.kill(number, 0) == 0 || errno == EPERM {
        options.process = number
        options.arguments = []
      }
      if options.process == nil, isCoreFile(second) {
        return refuse("\(second): looking at core files is not possible yet.")
      }
    }
    if batch { await BatchFrontEnd(options).run() }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      // What is wrong with the program comes first: --batch would not help there.
      do {
        if let program = options.program { try await DebugSession().load(program: program) }
      } catch {
        return refuse(error.description)
      }
      return refuse("standard input and output are not a terminal; use --batch.")
    }
    return await runInteractive(options)
  }

  private var frontEndOptions: FrontEndOptions {
    var options = FrontEndOptions()
    let words = program.first == "--" ? Array(program.dropFirst()) : program
    options.program = words.first
    options.arguments = Array(words.dropFirst())
    options.items = (commands + files).sorted { $0.position < $1.position }
    options.earlyItems = earlyCommands
    options.readsInitFile = !noInit
    options.printsJSON = json
    options.terminal = tty
    options.directory = cwd
    options.environment = env
    options.standardInput = stdin
    options.stopsAtEntry = stopAtEntry
    options.theme = theme
    options.configurationFile = config
    options.logLevel = logLevel
    return options
  }

  /// Says why nothing can be debugged.
  private func refuse(_ reason: String) -> Int32 {
    Output.error("sdb: \(escaped(reason))\n")
    return 2
  }
}

/// True for an ELF file of type ET_CORE (elf(5)).
private func isCoreFile(_ path: String) -> Bool {
  guard let header = try? HostFile.beginning(of: path, count: 18), header.count == 18 else { return false }
  return header.starts(with: [0x7F, 0x45, 0x4C, 0x46]) && header[16] == UInt8(ET_CORE) && header[17] == 0
}
