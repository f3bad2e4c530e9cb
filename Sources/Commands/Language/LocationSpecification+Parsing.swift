package import Debugger

extension LocationSpecification {
  /// Reads a place as users write it: `12`, `+3`, `file.c:12`, `Class::method(int)`, `file.c:function`, `*0x401136`;
  /// nothing at all is `.here`.
  package init(parsing text: String) throws(CommandError) {
    let text = text.trimmed
    guard let first = text.first else {
      self = .here
      return
    }
    if first == "*" {
      let expression = text.dropFirst().trimmed
      guard !expression.isEmpty else { throw CommandError("Argument required (address expression).") }
      self = .address(expression)
    } else if let option = try Self.explicit(text) {
      self = option
    } else if first == "+" || first == "-" {
      guard let offset = Self.lineNumber(text.dropFirst().trimmed) else {
        throw CommandError("malformed linespec error: unexpected string, \"\(text.dropFirst())\".")
      }
      self = .offset(first == "-" ? -offset : offset)
    } else if text.allSatisfy({ ("0"..."9").contains($0) }) {
      guard let line = Self.lineNumber(text) else { throw CommandError("Line number \(text) is too large.") }
      self = .line(line)
    } else if let colon = Self.fileColon(in: text) {
      let file = Self.unquoted(text[..<colon])
      let place = text[text.index(after: colon)...].trimmed
      guard !place.isEmpty else { throw CommandError("malformed linespec error: unexpected end of input") }
      self =
        Self.lineNumber(place).map { .fileLine(file: file, line: $0) } ?? .fileFunction(file: file, function: place)
    } else {
      self = .function(Self.unquoted(text[...]))
    }
  }

  /// A line, or a distance in lines; nil beyond what a compiler counts, so that sums of a few stay numbers.
  private static func lineNumber(_ text: String) -> Int? { Int32(text).map(Int.init) }

  /// gdb's explicit form: `-function NAME -source FILE -line N`.
  private static func explicit(_ location: String) throws(CommandError) -> LocationSpecification? {
    guard location.hasPrefix("-"), location.dropFirst().first?.isLetter == true else { return nil }
    var values: [String: String] = [:]
    var isQualified = false
    func anchored(_ name: String) -> String { isQualified && !name.hasPrefix("::") ? "::" + name : name }
    var words = location.words[...]
    while let option = words.popFirst() {
      if option.count > 1, "-qualified".hasPrefix(option) {
        isQualified = true
        guard !words.isEmpty, words.first?.hasPrefix("-") == false, values.isEmpty else { continue }
        return .function(anchored(words.joined(separator: " ")))
      }
      let names = ["-function", "-source", "-line", "-label"]
      guard let name = names.first(where: { option.count > 1 && $0.hasPrefix(option) }) else {
        throw CommandError("invalid explicit location argument, \"\(option)\"")
      }
      guard let value = words.popFirst() else { throw CommandError("missing argument for \"\(option)\"") }
      // A name may have blanks: those of parameters.
      var text = value
      while name == "-function", let more = words.first, !more.hasPrefix("-") {
        text += " " + more
        words.removeFirst()
      }
      values[name] = unquoted(text[...])
    }
    let function = values["-function"].map(anchored)
    if let label = values["-label"] { return .label(function: function, label: label) }
    switch (values["-source"], function, values["-line"].map(lineNumber)) {
    // Beside a function, a line says no more.
    case (let file?, let function?, _): return .fileFunction(file: file, function: function)
    case (nil, let function?, _): return .function(function)
    case (let file?, nil, .some(let line?)): return .fileLine(file: file, line: line)
    case (nil, nil, .some(.some)) where values["-line"]?.first == "+" || values["-line"]?.first == "-":
      return .offset(values["-line"].flatMap(lineNumber) ?? 0)
    case (nil, nil, .some(let line?)): return .line(line)
    default: throw CommandError("Source filename requires function, label, or line offset.")
    }
  }

  /// The single colon that ends a file's name: not one of `::`, not in quotes, parentheses or template arguments.
  private static func fileColon(in text: String) -> String.Index? {
    var depth = 0
    var quote: Character?
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "(<[".contains(character) {
        depth += 1
      } else if ")>]".contains(character) {
        depth -= 1
      } else if character == ":", depth <= 0 {
        guard next < text.endIndex, text[next] == ":" else { return index }
        index = text.index(after: next)
        continue
      }
      index = next
    }
    return nil
  }

  private static func unquoted(_ text: Substring) -> String {
    let text = text.trimmed
    guard text.count > 1, let first = text.first, "\"'".contains(first), text.last == first else { return text }
    return String(text.dropFirst().dropLast())
  }
}

/// `LOCATION [thread N] [if CONDITION]`, as `break` takes it.
package struct BreakpointArguments: Sendable, Equatable {
  package let location: LocationSpecification
  package let condition: String?
  /// The number of the one thread that is to stop there.
  package let thread: Int?

  package init(parsing text: String) throws(CommandError) {
    let (place, condition) = Self.splitCondition(text)
    if text.trimmed.hasSuffix(" if") { throw CommandError("Argument required (expression to compute).") }
    var words = place.words
    if let index = words.lastIndex(of: "thread"), index > 0 || words.count > 1 {
      guard index == words.count - 2 else { throw CommandError("Junk after thread keyword.") }
      guard let number = Int(words[index + 1]), number > 0 else {
        throw CommandError("Invalid thread ID: \(words[index + 1])")
      }
      thread = number
      words.removeLast(2)
      location = try LocationSpecification(parsing: words.joined(separator: " "))
    } else {
      thread = nil
      location = try LocationSpecification(parsing: place)
    }
    self.condition = condition
  }

  /// Parts `text` at the word `if` outside of quotes.
  package static func splitCondition(_ text: String) -> (place: String, condition: String?) {
    let text = text.trimmed
    if text.hasPrefix("if ") || text.hasPrefix("if(") { return ("", text.dropFirst(2).trimmed) }
    var quote: Character?
    var previous: Character = "x"
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "i", previous.isWhitespace, text[index...].hasPrefix("if") {
        let after = text.index(index, offsetBy: 2)
        if after < text.endIndex, text[after].isWhitespace || text[after] == "(" {
          return (text[..<index].trimmed, text[after...].trimmed)
        }
      }
      previous = character
      index = text.index(after: index)
    }
    return (text, nil)
  }
}
