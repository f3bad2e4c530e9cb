/// Lines of commands with their blocks resolved.
package enum Statement: Sendable, Equatable {
  /// `number` counts the script's lines from 1.
  case command(String, number: Int)
  case define(name: String, body: [String])
  case document(name: String, text: [String])
  /// `commands 1 2`: what is done at a breakpoint's stops.
  case commands(breakpoints: String, body: [String], number: Int)
  case branch(condition: String, then: [Statement], otherwise: [Statement], number: Int)
  case loop(condition: String, body: [Statement], number: Int)
}

/// A parser for scripts: `define NAME … end`, `document NAME … end`, `commands N … end`, `if … else … end`, `while … end`.
package struct ScriptParser {
  private let lines: [String]
  private var index = 0

  package init(_ lines: [String]) { self.lines = lines }

  /// Nests the lines' blocks; throws where an `end` is missing.
  package static func parse(_ lines: [String]) throws(CommandError) -> [Statement] {
    var parser = ScriptParser(lines)
    var (statements, terminator) = try parser.statements(depth: 0)
    while let misplaced = terminator {
      // Wrong when its turn comes: what stands before it is carried out.
      statements.append(.command(misplaced, number: parser.index))
      let (rest, next) = try parser.statements(depth: 0)
      statements += rest
      terminator = next
    }
    return statements
  }

  /// The block that a line opens, by the line's first word; nil where it opens none.
  package static func opens(_ line: String) -> (keyword: String, argument: String)? {
    guard let parsed = CommandLine(line) else { return nil }
    if ["define", "document", "if", "while"].contains(parsed.name) { return (parsed.name, parsed.rest) }
    // The shortest that is no other command's.
    let isCommands = parsed.name.count >= 5 && "commands".hasPrefix(parsed.name)
    return isCommands ? ("commands", parsed.rest) : nil
  }

  /// A script's lines, those in blocks further to the right.
  package static func indented(_ lines: [String]) -> [String] {
    var depth = 0
    return lines.map { line in
      let line = line.trimmed
      if line == "end" || line == "else" { depth = max(0, depth - 1) }
      defer { if line == "else" || opens(line) != nil { depth += 1 } }
      return String(repeating: "  ", count: depth) + line
    }
  }

  /// How many `end`s the lines still want.
  package static func openBlocks(in lines: [String]) -> Int {
    var depth = 0
    var isDocument = false
    for line in lines {
      if line.trimmed == "end" {
        depth = max(0, depth - 1)
        isDocument = false
      } else if !isDocument, let block = opens(line) {
        depth += 1
        isDocument = block.keyword == "document"
      }
    }
    return depth
  }

  /// Statements up to `end`, `else` or the last line, with what ended them.
  private mutating func statements(depth: Int) throws(CommandError) -> ([Statement], String?) {
    if depth > 100 { throw CommandError("Control nesting too deep!") }
    var statements: [Statement] = []
    while index < lines.count {
      let line = lines[index].trimmed
      index += 1
      let number = index
      if line == "end" || line == "else" { return (statements, line) }
      guard let block = Self.opens(line) else {
        if CommandLine(line) != nil { statements.append(.command(line, number: number)) }
        continue
      }
      switch block.keyword {
      case "define": statements.append(.define(name: block.argument, body: try rawBody()))
      case "commands": statements.append(.commands(breakpoints: block.argument, body: try rawBody(), number: number))
      case "document": statements.append(.document(name: block.argument, text: try rawBody()))
      default: statements.append(try controlBlock(block.keyword, block.argument, number: number, depth: depth))
      }
    }
    return (statements, nil)
  }

  private mutating func controlBlock(_ keyword: String, _ condition: String, number: Int, depth: Int)
    throws(CommandError) -> Statement
  {
    guard !condition.isEmpty else { throw CommandError("if/while commands require arguments.") }
    var (body, terminator) = try statements(depth: depth + 1)
    var otherwise: [Statement] = []
    if keyword == "if", terminator == "else" {
      (otherwise, terminator) = try statements(depth: depth + 1)
    }
    guard terminator == "end" else { throw CommandError("A block of \"\(keyword)\" has no \"end\".") }
    return keyword == "if"
      ? .branch(condition: condition, then: body, otherwise: otherwise, number: number)
      : .loop(condition: condition, body: body, number: number)
  }

  /// Lines as they are, up to the `end` that closes them.
  private mutating func rawBody() throws(CommandError) -> [String] {
    let opening = lines[index - 1]
    var body: [String] = []
    while index < lines.count {
      body.append(lines[index])
      index += 1
      if ScriptParser.openBlocks(in: [opening] + body) == 0 { return body.dropLast() }
    }
    throw CommandError("A definition has no \"end\".")
  }
}
