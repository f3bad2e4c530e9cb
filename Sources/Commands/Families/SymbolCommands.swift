import DebugInfo
import Debugger

/// What the program declares, and where: lists by pattern, scopes, addresses.
enum SymbolCommands {
  /// More than anybody wants to have set at once.
  static let mostBreakpoints = 2000

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "rbreak", ["rb"], .breakpoints, "rbreak [FILE:]REGEXP", "Set a breakpoint for all functions matching REGEXP.",
      details: "With FILE, only functions of that source file are looked at.\n" + patternDetails, arguments: [.symbol],
      handler: breakAll),
    CommandDescriptor(
      "demangle", ["dem"], .support, "demangle [--] NAME…", "Demangle a mangled name.",
      details: "The names that compilers of C++, Rust and Swift give to linkers.", arguments: [.text],
      handler: demangle),
  ]

  private static let syntaxDetails =
    "REGEXP is matched anywhere in the name; its syntax is that of grep: . * [] ^ $ and \\| \\+ \\? \\( \\) \\{ \\}.\n"
  static let localDetails =
    syntaxDetails + "-t TYPE chooses by the text of the type, -q says nothing where there is none."
  private static let patternDetails =
    syntaxDetails
    + "-t TYPE chooses by the text of the type, -n leaves symbols without debug information out, -q says less."

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "functions", ["fu", "fun"], .status, "info functions [-q] [-n] [-t TYPE] [REGEXP]",
      "All function names or those matching REGEXPs.",
      details: patternDetails, arguments: [.symbol], handler: { try await list($0, .function, "functions") }),
    CommandDescriptor(
      "variables", ["va", "var"], .status, "info variables [-q] [-n] [-t TYPE] [REGEXP]",
      "All global and static variable names or those matching REGEXPs.", details: patternDetails,
      arguments: [.symbol], handler: { try await list($0, .variable, "variables") }),
    CommandDescriptor(
      "types", ["ty"], .status, "info types [-q] [REGEXP]", "All type names, or those matching REGEXP.",
      details: patternDetails, arguments: [.type], handler: { try await list($0, .type, "types") }),
    CommandDescriptor(
      "scope", ["sc"], .status, "info scope LOCATION", "List the variables local to a scope.", arguments: [.location],
      handler: scope),
    CommandDescriptor(
      "address", ["ad"], .status, "info address SYMBOL", "Describe where symbol SYM is stored.",
      arguments: [.expression],
      handler: {
        AddressDescription(symbol: try await $0.session.place(ofName: try $0.required("a symbol's name")))
      }),
    CommandDescriptor(
      "sources", [], .status, "info sources [REGEXP]", "All source files in the program or those matching REGEXP.",
      arguments: [.symbol], handler: sources),
  ]

  private static func pattern(_ text: String) throws(CommandError) -> NamePattern {
    do throws(NamePattern.Failure) {
      return try NamePattern(text)
    } catch {
      throw CommandError("Invalid regexp: \(error.reason)")
    }
  }

  /// `info locals` and `info args`: what the patterns leave.
  static func filter(
    _ variables: [VariableSnapshot], _ noun: String, _ context: CommandContext
  ) throws -> VariableList {
    let (options, typed, rest) = options(context.arguments, isForTypes: false)
    let type = try typed.map(pattern)
    let name = rest.isEmpty ? nil : try pattern(rest)
    let chosen = variables.filter { row in
      (name?.matches(row.name) ?? true) && (type?.matches(row.type) ?? true)
    }
    let isFiltered = type != nil || name != nil
    return VariableList(
      chosen, ifEmpty: options.contains("-q") ? "" : isFiltered ? "No matching \(noun)." : "No \(noun).")
  }

  private static func list(
    _ context: CommandContext, _ kind: SymbolEntry.Kind, _ noun: String
  ) async throws -> any CommandResult {
    var search = DebugSession.SymbolSearch(kind)
    let (options, typed, rest) = options(context.arguments, isForTypes: kind == .type)
    if options.contains("-n") { search.includesUndescribed = false }
    search.type = try typed.map(pattern)
    search.name = rest.isEmpty ? nil : try pattern(rest)
    let by = typed.map { " with type matching regular expression \"\($0)\"" } ?? ""
    let heading =
      rest.isEmpty ? "All defined \(noun)\(by):" : "All \(noun) matching regular expression \"\(rest)\"\(by):"
    return SymbolListing(
      try await context.session.symbols(search), heading: options.contains("-q") ? nil : escapedName(heading))
  }

  /// The options in front, `-t`'s argument, and the pattern, which what is no option begins.
  private static func options(
    _ text: String, isForTypes: Bool
  ) -> (options: Set<String>, type: String?, pattern: String) {
    var options: Set<String> = []
    var type: String?
    var rest = text
    while true {
      let (word, after) = rest.firstWord
      switch word {
      case "-q": options.insert(word)
      case "-n" where !isForTypes: options.insert(word)
      case "-t" where !isForTypes:
        let (text, further) = after.firstWord
        type = text
        rest = further
        continue
      case "--": return (options, type, after)
      default: return (options, type, rest)
      }
      rest = after
    }
  }

  private static func breakAll(_ context: CommandContext) async throws -> any CommandResult {
    var made: [FunctionBreakpoints.Row] = []
    for match in try await functions(matching: context.arguments, context) where made.count < mostBreakpoints {
      guard let breakpoint = try? await context.session.addBreakpoint(match.place) else { continue }
      made.append(FunctionBreakpoints.Row(breakpoint: breakpoint, declaration: match.declaration))
    }
    return FunctionBreakpoints(breakpoints: made)
  }

  /// The functions that `[FILE:]REGEXP` is about.
  static func functions(matching text: String, _ context: CommandContext) async throws -> [(
    place: LocationSpecification, declaration: String
  )] {
    var search = DebugSession.SymbolSearch(.function)
    var text = text
    var file: String?
    if let colon = fileColon(text) {
      file = text[..<colon].trimmed
      text = text[text.index(after: colon)...].trimmed
    }
    if !text.isEmpty { search.name = try pattern(text) }
    search.includesUndescribed = file == nil
    let found = try await context.session.symbols(search)
    var places: [(place: LocationSpecification, declaration: String)] = []
    for group in found.files where file.map({ group.file == $0 || group.file.hasSuffix("/" + $0) }) ?? true {
      for row in group.symbols {
        places.append((.fileFunction(file: group.file, function: row.name), row.declaration))
      }
    }
    return places + found.undescribed.map { (.function($0.name), "<function, no debug info> \($0.name);") }
  }

  /// The colon behind a file's name: not one of `::`.
  private static func fileColon(_ text: String) -> String.Index? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let next = text.index(after: colon)
    return next < text.endIndex && text[next] == ":" ? nil : colon
  }

  private static func demangle(_ context: CommandContext) async throws -> any CommandResult {
    var text = context.arguments
    if text.hasPrefix("-- ") { text = text.dropFirst(3).trimmed }
    guard !text.isEmpty else { throw CommandError("Usage: demangle [-l LANGUAGE] [--] NAME") }
    guard let name = FunctionName.demangled(text) else { throw CommandError("Can't demangle \"\(text)\"") }
    return Message(escapedName(name))
  }

  private static func scope(_ context: CommandContext) async throws -> any CommandResult {
    guard !context.arguments.isEmpty else {
      throw CommandError("requires an argument (function, line or *addr) to define a scope")
    }
    let place = try LocationSpecification(parsing: context.arguments)
    return ScopeListing(scope: context.arguments, symbols: try await context.session.scopePlaces(place))
  }

  private static func sources(_ context: CommandContext) async throws -> any CommandResult {
    let chosen = context.arguments.isEmpty ? nil : try pattern(context.arguments)
    return SourceFileList(
      images: try await context.session.sourceFiles(matching: chosen).map { .init(image: $0.image, files: $0.files) })
  }
}
