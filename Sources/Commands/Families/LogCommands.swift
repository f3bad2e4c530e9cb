package import Debugger

/// Lines that the program's passing a place prints, without a stop.
enum LogCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "dprintf", [], .breakpoints, "dprintf LOCATION,\"FORMAT\",ARGUMENT…",
      "Set a dynamic printf at specified location.",
      details:
        "Prints the arguments by the format, as \"printf\" does, each time the program comes there, and lets it go on.",
      arguments: [.location, .expression], handler: printf),
    CommandDescriptor(
      "logpoint", ["lp"], .breakpoints,
      "logpoint LOCATION \"TEXT {EXPRESSION} {EXPRESSION:x}\" [level=LEVEL] [logger=NAME] [thread N] [if CONDITION]",
      "Print a line each time the program comes to a location, and let it go on.",
      details: "Between braces stand expressions, behind a colon the letter of a format of \"print\"; {{ is a brace.\n"
        + "Levels are debug, info, warning, error and critical. Loggers form a hierarchy by dots in their names; \"log level\"\n"
        + "says which levels are printed.",
      arguments: [.location, .expression], handler: logpoint),
  ]

  private static func printf(_ context: CommandContext) async throws -> any CommandResult {
    let text = try context.required("location, format and arguments")
    guard let comma = separator(in: text) else { throw CommandError("Format string required") }
    let place = String(text[..<comma])
    let source = text[text.index(after: comma)...].trimmed
    let format = try PrintfFormat(parsing: source)
    let line = LogLine(format.linePieces, source: "printf \(source)", isFragment: true)
    return try await BreakpointCommands.add(try BreakpointArguments(parsing: place), log: line, context)
  }

  /// The comma before the format: a place may have some of its own, in parentheses.
  private static func separator(in text: String) -> String.Index? {
    var depth = 0
    return text.indices.first { index in
      switch text[index] {
      case "(", "<": depth += 1
      case ")", ">": depth -= 1
      default: break
      }
      return text[index] == "," && depth <= 0
    }
  }

  private static func logpoint(_ context: CommandContext) async throws -> any CommandResult {
    let text = try context.required("location and text")
    guard let opening = text.firstIndex(of: "\"") else { throw CommandError("A text in quotes is required.") }
    var body = ""
    var rest = text[text.index(after: opening)...]
    while let character = rest.first, character != "\"" {
      rest = rest.dropFirst()
      body.append(character)
      if character == "\\", let next = rest.popFirst() { body.append(next) }
    }
    guard rest.first == "\"" else { throw CommandError("The text has no closing quote.") }
    let (words, condition) = BreakpointArguments.splitCondition(rest.dropFirst().trimmed)
    var (level, logger, others) = (LogLevel.info, "", "")
    for word in words.words {
      if let name = word.value(of: "level=") {
        level = try LogLevel(named: name)
      } else if let name = word.value(of: "logger=") {
        logger = name
      } else {
        others += " " + word
      }
    }
    let arguments = try BreakpointArguments(
      parsing: text[..<opening].trimmed + others + (condition.map { " if \($0)" } ?? ""))
    let options = (level == .info ? "" : " level=\(level)") + (logger.isEmpty ? "" : " logger=\(logger)")
    let line = LogLine(try pieces(of: body), source: "log \"\(body)\"\(options)", logger: logger, level: level)
    return try await BreakpointCommands.add(arguments, log: line, context)
  }

  private static func pieces(of body: String) throws -> [LogLine.Piece] {
    var pieces: [LogLine.Piece] = []
    var literal = ""
    var rest = body[...]
    func flush() {
      if !literal.isEmpty { pieces.append(.text(CEscapes.decode(literal))) }
      literal = ""
    }
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        rest = rest.dropFirst()
        literal.append(character)
      } else if character == "{" {
        flush()
        pieces.append(try value(&rest))
      } else {
        literal.append(character)
      }
    }
    flush()
    return pieces
  }

  /// `EXPRESSION}` or `EXPRESSION:x}`; braces within it come in pairs.
  private static func value(_ rest: inout Substring) throws -> LogLine.Piece {
    var expression = ""
    var depth = 0
    while let character = rest.popFirst() {
      if character == "}", depth == 0 {
        var format = ValueFormat.natural
        // One letter behind the last colon, but for a scope's.
        if expression.count > 2, expression.dropLast().last == ":", expression.dropLast(2).last != ":",
          let letter = expression.last
        {
          format = ValueFormat(try FormatSuffix(String(letter)).letter ?? .natural)
          expression = String(expression.dropLast(2))
        }
        guard !expression.trimmed.isEmpty else { throw CommandError("There is no expression between the braces.") }
        return .value(expression.trimmed, .natural(format))
      }
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      expression.append(character)
    }
    throw CommandError("A brace is not closed: \"{\(expression)\".")
  }
}

extension LogLevel {
  /// By its name, in letters of any case.
  package init(named name: String) throws(CommandError) {
    guard let level = LogLevel(rawValue: name.lowercased()) else {
      throw CommandError("\"\(name)\" is no level: \(Self.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    self = level
  }
}

extension String {
  fileprivate func value(of key: String) -> String? { hasPrefix(key) ? String(dropFirst(key.count)) : nil }
}

extension PrintfFormat {
  /// The same as a log line has it.
  var linePieces: [LogLine.Piece] {
    var expressions = arguments[...]
    return pieces.compactMap { piece in
      switch piece {
      case .text(let literal): return .text(literal)
      case .conversion(let conversion):
        guard let expression = expressions.popFirst() else { return nil }
        return .value(expression, conversion.form)
      }
    }
  }
}

extension PrintfFormat.Conversion {
  var form: LogLine.Form {
    switch letter {
    case "s": .text { format(text: $0 ?? "(null)") }
    case "f", "F", "e", "E", "g", "G", "a", "A": .floating { format(number: $0) }
    // A pointer or a floating-point number is converted, as C's printf could not.
    default: .integer { format(integer: $0) }
    }
  }
}
