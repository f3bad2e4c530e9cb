import Debugger
import Glibc
import HostFiles

/// Which files are debugged, and where what belongs to them is looked for.
enum FileCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "file", [], .files, "file PROGRAM", "Use FILE as program to be debugged.", arguments: [.file], handler: file),
    CommandDescriptor(
      "exec-file", [], .files, "exec-file PROGRAM", "Use FILE as program for getting contents of pure memory.",
      details: "It is what is run; symbols stay those of the file that \"symbol-file\" or \"file\" named.",
      arguments: [.file],
      handler: { context in
        try await context.session.setExecutable(HostPath.expandingHome(try context.required("program's file name")))
        return Done()
      }),
    CommandDescriptor(
      "symbol-file", [], .files, "symbol-file FILE", "Load symbol table from executable file FILE.",
      details: "FILE is the program before it was stripped, or its separate debug file.", arguments: [.file],
      handler: symbolFile),
    CommandDescriptor(
      "add-symbol-file", [], .files, "add-symbol-file FILE [ADDRESS] [-o OFFSET]",
      "Load symbols from FILE, assuming FILE has been dynamically loaded.",
      details: "ADDRESS is where its .text begins; OFFSET is added to all of its addresses instead.",
      arguments: [.file, .expression], handler: addSymbolFile),
    CommandDescriptor(
      "directory", ["dir"], .files, "directory [DIRECTORY…]",
      "Add directory DIR to beginning of search path for source files.",
      details: "$cdir stands for the folder that the compiler ran in, $cwd for the working directory.\n"
        + "Without an argument, the path is $cdir:$cwd again.", arguments: [.directory], handler: directory),
  ]

  private static func file(_ context: CommandContext) async throws -> any CommandResult {
    let path = HostPath.expandingHome(try context.required("program's file name"))
    if await context.session.state != .none {
      guard await context.confirms("A program is being debugged already.\nAre you sure you want to change the file?")
      else { throw CommandError("File not changed.") }
      try await context.session.kill()
    }
    var remarks = await context.interpreter.saveSession().map { [$0] } ?? []
    try await context.session.load(program: path)
    await context.interpreter.update { $0.listing = ListCursor() }
    // Those of another program stay, as in gdb: then the next one's would only be in between.
    if await context.session.breakpoints().isEmpty { remarks += await context.interpreter.restoreSession() }
    remarks = await context.interpreter.loadFormatters() + remarks
    return Message((await reading(path, context) + remarks.map(escapedName)).joined(separator: "\n"))
  }

  /// What gdb says of a file whose symbols it reads.
  private static func reading(_ path: String, _ context: CommandContext) async -> [String] {
    let name = escapedName(path)
    let first = "Reading symbols from \(name)..."
    guard await context.session.hasDebugInfo else { return [first, "(No debugging symbols found in \(name))"] }
    let separate = await context.session.separateDebugFile.map { "Reading symbols from \(escapedName($0))..." }
    return [first] + (separate.map { [$0] } ?? [])
  }

  private static func symbolFile(_ context: CommandContext) async throws -> any CommandResult {
    let path = HostPath.expandingHome(try context.required("symbol file's name"))
    try await context.session.setSymbolFile(path)
    await context.interpreter.update { $0.listing = ListCursor() }
    let first = "Reading symbols from \(escapedName(path))..."
    let isEmpty = await !context.session.hasDebugInfo
    return Message(isEmpty ? first + "\n(No debugging symbols found in \(escapedName(path)))" : first)
  }

  private static func addSymbolFile(_ context: CommandContext) async throws -> any CommandResult {
    var words = context.arguments.words
    guard !words.isEmpty else { throw CommandError("add-symbol-file takes a file name and an address") }
    let path = HostPath.absolute(HostPath.expandingHome(words.removeFirst()))
    var text: UInt64?
    var offset: UInt64?
    while !words.isEmpty {
      let word = words.removeFirst()
      guard word == "-o" else {
        guard !word.hasPrefix("-"), text == nil else { throw CommandError("Unrecognized argument \"\(word)\"") }
        text = UInt64(bitPattern: try await context.integer(word))
        continue
      }
      guard !words.isEmpty else { throw CommandError("Missing argument to \"-o\"") }
      offset = UInt64(bitPattern: try await context.integer(words.removeFirst()))
    }
    let place =
      text.map { " at\n\t.text_addr = 0x\(String($0, radix: 16))" }
      ?? offset.map { " with all sections offset by 0x\(String($0, radix: 16))" } ?? ""
    guard await context.confirms("add symbol table from file \"\(path)\"\(place)\n") else {
      throw CommandError("Not confirmed.")
    }
    try await context.session.addSymbolFile(path, textAt: text, offset: offset ?? 0)
    return Message("add symbol table from file \"\(escapedName(path))\"\(place)")
  }

  // MARK: Sources

  private static func directory(_ context: CommandContext) async throws -> any CommandResult {
    let folders = folders(context.arguments)
    await context.session.update { settings in
      if folders.isEmpty { settings.sources.directories = SourceSearch.defaultDirectories }
      settings.sources.add(folders)
    }
    return await shownDirectories(context)
  }

  private static func folders(_ text: String) -> [String] {
    text.split(whereSeparator: { $0.isWhitespace || $0 == ":" }).map { folder in
      folder.hasPrefix("$") ? String(folder) : HostPath.absolute(HostPath.expandingHome(String(folder)))
    }
  }

  static func shownDirectories(_ context: CommandContext) async -> Message {
    let all = await context.session.settings.sources.directories
    return Message("Source directories searched: \(all.joined(separator: ":"))")
  }

  /// `set directories`: the whole path; the two that are always searched stay.
  static func setDirectories(_ text: String, _ context: CommandContext) async -> any CommandResult {
    let folders = folders(text)
    await context.session.update { settings in
      settings.sources.directories = SourceSearch.defaultDirectories
      settings.sources.add(folders)
    }
    return Done()
  }

  /// `set substitute-path FROM TO`.
  static func substitute(_ text: String, _ context: CommandContext) async throws -> any CommandResult {
    let words = text.words
    guard words.count == 2 else { throw CommandError("Incorrect usage, too many or too few arguments in command") }
    await context.session.update { $0.sources.substitute(words[0], by: words[1]) }
    return Done()
  }

  /// `unset substitute-path [FROM]`.
  static func removeSubstitutions(_ text: String, _ context: CommandContext) async throws -> any CommandResult {
    let from = text.trimmed
    if from.isEmpty {
      guard await context.confirms("Delete all source path substitution rules?") else {
        throw CommandError("Not confirmed.")
      }
    } else if await !context.session.settings.sources.substitutions.contains(where: { $0.from == from }) {
      throw CommandError("No substitution rule defined for `\(from)'")
    }
    await context.session.update { settings in
      settings.sources.substitutions.removeAll { from.isEmpty || $0.from == from }
    }
    return Done()
  }

  /// `show substitute-path`.
  static func shownSubstitutions(_ context: CommandContext) async -> any CommandResult {
    let rules = await context.session.settings.sources.substitutions
    return Lines(["List of all source path substitution rules:"] + rules.map { "  `\($0.from)' -> `\($0.to)'." })
  }
}
