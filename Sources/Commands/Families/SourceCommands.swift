import DebugInfo
import Debugger
import HostFiles
import MachineModel

/// Source text, lines and code.
enum SourceCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "list", ["l"], .files, "list [LINE | FUNCTION | FILE:LINE | FIRST,LAST | *ADDRESS | + | -]",
      "List specified function or line.",
      details: "With no argument, lists ten more lines after or around previous listing.\n"
        + "\"list -\" lists the ten lines before the last ones. FIRST, and ,LAST leave an end open.",
      arguments: [.location], repetition: .withoutArguments, handler: list),
    CommandDescriptor(
      "disassemble", ["disas"], .data, "disassemble[/MODIFIERS] [ADDRESS | START,END | START,+LENGTH]",
      "Disassemble a specified section of memory.",
      details: "Default is the function surrounding the pc of the selected frame.\n"
        + "Modifiers: /s (or /m) source lines among the instructions, /r raw bytes too.",
      arguments: [.expression], handler: disassemble),
  ]

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "line", ["li"], .status, "info line [LOCATION]", "Core addresses of the code for a source line.",
      arguments: [.location],
      handler: { context in
        var place = try LocationSpecification(parsing: context.arguments)
        let listing = await context.interpreter.state.listing
        // What was listed last comes before where the program is.
        if place == .here, listing.center == nil, let file = listing.file, let shown = listing.shown {
          place = .fileLine(file: file, line: shown.lowerBound)
        }
        let lines = try await context.session.lineAddresses(place)
        // `x` alone goes on with the line's instructions.
        if lines.first?.start != nil, let suffix = try? FormatSuffix("i") {
          await context.interpreter.update { state in
            _ = state.examining.complete(suffix)
            state.examinedCount = 1
          }
        }
        return LineResult(lines)
      }),
    CommandDescriptor(
      "source", ["so"], .status, "info source", "Information about the current source file.", handler: source),
  ]

  // MARK: list

  private static func list(_ context: CommandContext) async throws -> any CommandResult {
    let size = max(1, await context.session.settings.listSize)
    let cursor = await context.interpreter.state.listing
    switch try ListArguments(parsing: context.arguments) {
    case .more:
      if let shown = cursor.shown, let file = cursor.file {
        return try await lines(shown.upperBound + 1, shown.upperBound + size, of: file, context)
      }
      if let center = cursor.center, let file = cursor.file {
        return try await around(center, of: file, size, context)
      }
      guard let start = await context.session.defaultSourceLocation() else {
        throw SessionError.noSymbolTable
      }
      // gdb begins so that `main` is near the end of the first lines; a frame's line is in their middle.
      let isFrame = (try? await context.session.selectedFrame()) != nil
      return try await around(isFrame ? start.line : max(1, start.line - (size - 1)), of: start.file, size, context)
    case .before:
      guard let file = cursor.file, let first = cursor.shown?.lowerBound ?? cursor.center.map({ $0 - size / 2 }) else {
        return try await around(1, of: try await defaultFile(context), size, context)
      }
      guard first > 1 else { throw CommandError("Already at the start of \(escapedName(SourceName.base(file))).") }
      return try await lines(max(1, first - size), first - 1, of: file, context)
    case .around(let place):
      let (file, line, heading) = try await position(of: place, context)
      return try await around(line, of: file, size, heading: heading, context)
    case .from(let place):
      let (file, line, _) = try await position(of: place, context)
      return try await lines(line, line + size - 1, of: file, context)
    case .upTo(let place):
      let (file, line, _) = try await position(of: place, context)
      return try await lines(max(1, line - size + 1), line, of: file, context)
    case .between(let first, let last):
      let (file, start, _) = try await position(of: first, context)
      let end: Int
      switch last {
      case .line(let number): end = number
      // It counts from the first line.
      case .offset(let offset): end = start &+ offset
      default: end = try await position(of: last, context).line
      }
      guard end >= start else { throw CommandError("Second line is before the first one.") }
      return try await lines(start, end, of: file, context)
    }
  }

  private static func defaultFile(_ context: CommandContext) async throws -> String {
    if let file = await context.interpreter.state.listing.file { return file }
    guard let place = await context.session.defaultSourceLocation() else {
      throw SessionError.noSymbolTable
    }
    return place.file
  }

  /// The file and line that a place names, and `0x… is in f (file:line).` for an address.
  private static func position(of place: LocationSpecification, _ context: CommandContext) async throws
    -> (file: String, line: Int, heading: String?)
  {
    if case .line(let line) = place { return (try await defaultFile(context), line, nil) }
    if case .offset(let offset) = place, let shown = await context.interpreter.state.listing.shown {
      let base = offset < 0 ? shown.lowerBound : shown.upperBound
      return (try await defaultFile(context), max(1, base &+ offset), nil)
    }
    if case .fileLine(let name, let line) = place {
      return (try await context.session.sourceText(name).path, line, nil)
    }
    let places: [CodeLocation]
    do {
      places = try await context.session.resolveStart(place)
    } catch {
      guard case .function(let name) = place, let type = await context.session.declaration(ofType: name) else {
        throw error
      }
      return (type.file, type.line, nil)
    }
    guard let found = places.first else { throw CommandError("No code there.") }
    guard let source = found.source else { throw CommandError("No line number known for \(found.address).") }
    var heading: String?
    if case .address = place {
      let function = found.function.map { " in \(escapedName($0.qualified))" } ?? ""
      heading = "\(found.address) is\(function) (\(escapedName(SourceName.display(source.file))):\(source.line))."
    }
    return (source.file, source.line, heading)
  }

  private static func around(
    _ line: Int, of file: String, _ size: Int, heading: String? = nil, _ context: CommandContext
  ) async throws -> any CommandResult {
    let first = max(1, line - size / 2)
    return try await lines(first, first + size - 1, of: file, heading: heading, context)
  }

  private static func lines(
    _ first: Int, _ last: Int, of file: String, heading: String? = nil, _ context: CommandContext
  ) async throws -> any CommandResult {
    let cursor = await context.interpreter.state.listing
    let name = escapedName(cursor.file == file ? cursor.name ?? SourceName.display(file) : SourceName.display(file))
    guard let source = try? await context.session.sourceText(file) else {
      let isFirst = await context.interpreter.update { $0.missingSources.insert(file).inserted }
      throw CommandError(isFirst ? "\(first)\t\(name): No such file or directory." : "\(first)\tin \(name)")
    }
    let count = source.lines.count
    guard first <= count else {
      throw CommandError("Line number \(first) out of range; \(name) has \(count) lines.")
    }
    let end = min(last, count)
    await context.interpreter.update { state in
      state.listing.file = file
      state.listing.shown = first...max(first, end)
      state.listing.center = nil
    }
    let frame = try? await context.session.selectedFrame()
    let current = frame?.file == file ? frame?.line : nil
    let slice = SourceSlice(
      file: file, firstLine: first, lines: Array(source.lines[(first - 1)..<end]), currentLine: current,
      doubt: source.doubt)
    return Listing(slice, heading: heading)
  }

  // MARK: The others

  private static func disassemble(_ context: CommandContext) async throws -> any CommandResult {
    var style = DisassemblyListing.Style()
    var range = context.arguments
    while let split = CommandLine.splitFormat(range) {
      for letter in split.format {
        switch letter {
        case "r", "b": style.showsBytes = true
        case "s": style.source = .withFiles
        case "m": style.source = .linesOnly
        default: throw CommandError("Invalid disassembly modifier.")
        }
      }
      range = split.rest
    }
    let rows = try await context.session.disassemble(range.isEmpty ? nil : range)
    var sources: [String: [Int: String]] = [:]
    if style.source != .none {
      for file in Set(rows.compactMap(\.file)) {
        guard let text = try? await context.session.sourceText(file) else { continue }
        let wanted = Set(rows.lazy.filter { $0.file == file }.compactMap(\.line))
        for line in wanted where text.lines.indices.contains(line - 1) {
          sources[file, default: [:]][line] = text.lines[line - 1]
        }
      }
    }
    var end: VirtualAddress?
    if let comma = range.lastIndex(of: ","), let first = rows.first {
      let text = range[range.index(after: comma)...].trimmed
      if let length = UInt64(text.drop { $0 == "+" }) { end = text.hasPrefix("+") ? first.address + length : nil }
    }
    return DisassemblyListing(rows, style: style, isRange: range.contains(","), end: end, sources: sources)
  }

  private static func source(_ context: CommandContext) async throws -> any CommandResult {
    guard let file = await context.interpreter.state.listing.file else { throw CommandError("No current source file.") }
    let text = try? await context.session.sourceText(file)
    return SourceDescription(
      file: file, foundAt: text.map { HostPath.absolute($0.path) }, lineCount: text?.lines.count,
      compilation: try await context.session.compilation(of: file))
  }
}
