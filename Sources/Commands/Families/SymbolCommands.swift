import DebugInfo
import Debugger

/// What the program declares, and where: lists by pattern, scopes, addresses.
enum SymbolCommands {
  private static let patternDetails =
    "REGEXP is matched anywhere in the name; its syntax is that of grep: . * [] ^ $ and \\| \\+ \\? \\( \\) \\{ \\}.\n"
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
      details: patternDetails, arguments: [.symbol], handler: { try await list($0, .type, "types") }),
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
      await context.session.symbols(search), heading: options.contains("-q") ? nil : escapedName(heading))
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

  private static func sources(_ context: CommandContext) async throws -> any CommandResult {
    let chosen = context.arguments.isEmpty ? nil : try pattern(context.arguments)
    return SourceFileList(files: await context.session.sourceFiles(matching: chosen))
  }
}
