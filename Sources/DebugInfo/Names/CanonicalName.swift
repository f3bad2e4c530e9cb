/// C++ names with template arguments, the way that demanglers write them: `pair<int const, unsigned long>`, where compilers
/// record `pair<const int, long unsigned int>`.
enum CanonicalName {
  private static let depthLimit = 32

  /// A name that has a lambda's in it (`<lambda(int)>`) is no C++, and stays as the compiler wrote it, as with gdb.
  static func of(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "<")), !name.hasPrefix("operator"), isWorthwhile(name),
      !name.contains("<lambda(")
    else { return name }
    return arguments(of: name.utf8[...], depth: 0)
  }

  private static func isWorthwhile(_ name: String) -> Bool {
    ["const ", "volatile ", "long ", "short ", "unsigned", "'", ")[", "(& ", " *", " &", "UL", "U>", "L>", "U,", "L,"]
      .contains { name.contains($0) }
  }

  /// A name with each of its template arguments rewritten.
  private static func arguments(of name: Substring.UTF8View, depth: Int) -> String {
    var result = ""
    var rest = name
    while depth < depthLimit, let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      let (arguments, end) = split(rest[rest.index(after: open)...])
      result += String(decoding: rest[...open], as: UTF8.self)
      result += arguments.map { type($0, depth: depth + 1) }.joined(separator: ", ")
      // Two closing brackets are kept apart.
      result += result.hasSuffix(">") ? " >" : ">"
      rest = rest[end...]
    }
    return result + String(decoding: rest, as: UTF8.self)
  }

  /// Template arguments without the blanks around them, and past their closing bracket.
  private static func split(_ text: Substring.UTF8View) -> (arguments: [Substring.UTF8View], end: String.Index) {
    var arguments: [Substring.UTF8View] = []
    var level = 0
    var start = text.startIndex
    func finish(_ end: String.Index) {
      var argument = text[start..<end].drop { $0 == UInt8(ascii: " ") }
      while argument.last == UInt8(ascii: " ") { argument.removeLast() }
      arguments.append(argument)
    }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): level += 1
      case UInt8(ascii: ">") where level == 0:
        finish(index)
        return (arguments, text.index(after: index))
      case UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"): level -= 1
      case UInt8(ascii: ",") where level == 0:
        finish(index)
        start = text.index(after: index)
      default: break
      }
    }
    finish(text.endIndex)
    return (arguments, text.endIndex)
  }

  /// `const char*` as `char const*`, `long unsigned int` as `unsigned long`.
  private static func type(_ text: Substring.UTF8View, depth: Int) -> String {
    var rest = text
    if let first = rest.first, (0x30...0x39).contains(first) {
      return String(decoding: rest, as: UTF8.self).lowercased()
    }
    // `(& x)`, the address of a variable.
    if rest.starts(with: "(& ".utf8), rest.last == UInt8(ascii: ")") {
      return "&" + String(decoding: rest.dropFirst(3).dropLast(), as: UTF8.self)
    }
    if rest.first == UInt8(ascii: "'") { return "(char)" + String(decoding: rest, as: UTF8.self) }
    var qualifiers: [String] = []
    while let word = ["const", "volatile"].first(where: { rest.starts(with: ($0 + " ").utf8) }) {
      qualifiers.append(word)
      rest = rest.dropFirst(word.utf8.count + 1)
    }
    let base = endOfBase(rest)
    var name = arguments(of: rest[..<base], depth: depth)
    let isSpaced = name.last == " "
    if isSpaced { name.removeLast() }
    while let word = ["const", "volatile"].first(where: { name.hasSuffix(" " + $0) }) {
      qualifiers.append(word)
      name.removeLast(word.utf8.count + 1)
    }
    let words = ([shortIntegerName(name)] + qualifiers).joined(separator: " ")
    let declarator = String(decoding: rest[base...], as: UTF8.self)
    let keepsApart = isSpaced && !declarator.hasPrefix("*") && !declarator.hasPrefix("&")
    return words + (keepsApart ? " " : "") + declarator.replacing(")[", with: ") [")
  }

  /// Where pointers, references, brackets or parameters begin.
  private static func endOfBase(_ text: Substring.UTF8View) -> String.Index {
    var level = 0
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "<"): level += 1
      case UInt8(ascii: ">"): level -= 1
      case UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "["): if level == 0 { return index }
      case UInt8(ascii: "("):
        let isAnonymous = text[index...].starts(with: "(anonymous namespace)".utf8)
        if level == 0, !isAnonymous { return index }
      default: break
      }
    }
    return text.endIndex
  }
}
