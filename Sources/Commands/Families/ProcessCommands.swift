import Debugger
import Glibc
import HostFiles
import MachineModel

/// The process and its files, as the system sees them.
enum ProcessCommands {
  /// The kernel takes 6 MiB of arguments at most (execve(2), "Limits on size of arguments and environment").
  private static let largestCommandLine = 8 << 20

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "sharedlibrary", ["sh", "dll"], .status, "info sharedlibrary", "Status of loaded shared object libraries.",
      handler: libraries),
    CommandDescriptor(
      "auxv", [], .status, "info auxv", "Display the inferior's auxiliary vector.",
      withoutProcess: "The program has no auxiliary information now.", handler: auxiliaryVector),
    CommandDescriptor(
      "proc", [], .status, "info proc [mappings|cmdline|cwd|exe|all]",
      "Show additional information about a process.", arguments: [.word(["mappings", "cmdline", "cwd", "exe", "all"])],
      withoutProcess: "No current process: you must name one.", handler: process),
    CommandDescriptor(
      "files", ["target"], .status, "info files", "Names of targets and files being debugged.", handler: files),
    CommandDescriptor(
      "program", [], .status, "info program", "Execution status of the program.",
      withoutProcess: "The program being debugged is not being run.", handler: program),
  ]

  private static func libraries(_ context: CommandContext) async throws -> any CommandResult {
    let program = await context.session.program
    let images = await context.session.images()
    return LibraryTable(libraries: images.filter { $0.path != program && !$0.path.hasPrefix("[") })
  }

  private static func auxiliaryVector(_ context: CommandContext) async throws -> any CommandResult {
    var rows: [AuxiliaryVector.Row] = []
    for (type, value) in try await context.session.auxiliaryVector() {
      var text: String?
      if AuxiliaryVector.form(of: type) == .string {
        let dump = try? await context.session.examine(
          "\(VirtualAddress(value))", count: 1, format: ValueFormat(.string))
        text = dump?.rows.first?.values.first
      }
      rows.append(AuxiliaryVector.Row(type: type, value: VirtualAddress(value), string: text))
    }
    return AuxiliaryVector(entries: rows)
  }

  private static func process(_ context: CommandContext) async throws -> any CommandResult {
    guard let pid = await context.session.state.process else { throw SessionError.notRunning }
    let (word, _) = context.arguments.firstWord
    func wants(_ topic: String) -> Bool { !word.isEmpty && topic.hasPrefix(word) }
    let isMinimal = word.isEmpty || word == "all"
    guard isMinimal || ["mappings", "cmdline", "cwd", "exe"].contains(where: wants) else {
      throw CommandError("Too many parameters: \(context.arguments)")
    }
    let folder = "/proc/\(pid)/"
    var result = ProcessDescription(pid: pid)
    if isMinimal || wants("cmdline") {
      // The arguments are separated by zero bytes (proc(5)).
      let bytes = try HostFile.contents(of: folder + "cmdline", limit: largestCommandLine).split(separator: 0)
      result.commandLine = bytes.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    if isMinimal || wants("cwd") { result.directory = HostPath.linkTarget(folder + "cwd") }
    if isMinimal || wants("exe") { result.executable = HostPath.linkTarget(folder + "exe") }
    if word == "all" || wants("mappings") { result.mappings = try await context.session.regions().map(Mapping.init) }
    return result
  }

  private static func files(_ context: CommandContext) async throws -> any CommandResult {
    guard let program = await context.session.program else { return Lines([]) }
    return FileReport(
      program: program, process: await context.session.state.process, images: await context.session.imageSections())
  }

  private static func program(_ context: CommandContext) async throws -> any CommandResult {
    guard let pid = await context.session.state.process else { throw SessionError.notRunning }
    let frame = try await context.session.selectedFrame()
    return Lines([
      "\tUsing the running image of child process \(pid).", "Program stopped at \(frame.address).",
    ])
  }
}

/// A mapping of the process.
struct Mapping: Encodable, Sendable, Equatable {
  let start: VirtualAddress
  let end: VirtualAddress
  let offset: String
  let permissions: String
  let file: String?

  init(_ region: MemoryRegion) {
    start = region.range.lowerBound
    end = region.range.upperBound
    offset = region.offset.description
    permissions =
      (region.isReadable ? "r" : "-") + (region.isWritable ? "w" : "-") + (region.isExecutable ? "x" : "-") + "p"
    file = region.path
  }

  fileprivate var text: String {
    rightAligned("\(start)", 20) + " " + rightAligned("\(end)", 18) + " " + rightAligned(hexadecimal(end - start), 10)
      + " " + rightAligned(offset, 10) + "  \(permissions)   " + escapedName(file ?? "")
  }
}

/// `info proc`.
struct ProcessDescription: CommandResult, Equatable {
  let pid: ProcessID
  var commandLine: String?
  var directory: String?
  var executable: String?
  var mappings: [Mapping]?

  var text: String {
    var lines = ["process \(pid)"]
    if let commandLine { lines.append("cmdline = '\(escapedName(commandLine))'") }
    if let directory { lines.append("cwd = '\(escapedName(directory))'") }
    if let executable { lines.append("exe = '\(escapedName(executable))'") }
    if let mappings {
      lines.append("Mapped address spaces:\n")
      lines.append("          Start Addr           End Addr       Size     Offset  Perms  objfile")
      lines += mappings.map(\.text)
    }
    return lines.joined(separator: "\n")
  }
}
