/// A type of Swift by the name that its demangler writes, taken apart.
indirect enum SwiftTypeName: Equatable {
  case nominal(String, arguments: [SwiftTypeName])
  case tuple([Element])
  case function(String)
  /// A type of a kind that has no known layout, as it was written.
  case other(String)

  struct Element: Equatable {
    let label: String?
    let type: SwiftTypeName
  }

  /// Never nil: what is not understood is `.other`.
  init(_ text: String) {
    var parser = Parser(rest: text[...])
    let parsed = parser.type(depth: 0)
    if let parsed, parser.rest.isEmpty {
      self = parsed
    } else {
      self = text.contains(" -> ") ? .function(text) : .other(text)
    }
  }

  /// In the words of the language: `[Int]`, `String?`, `zoo.Dog`.
  var text: String { text(depth: 0) }

  private func text(depth: Int) -> String {
    guard depth < 32 else { return "..." }
    func name(_ type: SwiftTypeName) -> String { type.text(depth: depth + 1) }
    switch self {
    case .nominal("Swift.Array", let arguments) where arguments.count == 1: return "[\(name(arguments[0]))]"
    case .nominal("Swift.Dictionary", let arguments) where arguments.count == 2:
      return "[\(name(arguments[0])) : \(name(arguments[1]))]"
    case .nominal("Swift.Optional", let arguments) where arguments.count == 1:
      if case .function(let text) = arguments[0] { return "(\(text))?" }
      return name(arguments[0]) + "?"
    case .nominal(let full, let arguments):
      let plain = full.hasPrefix("Swift.") ? String(full.dropFirst(6)) : full
      return arguments.isEmpty ? plain : plain + "<" + arguments.map(name).joined(separator: ", ") + ">"
    case .tuple(let elements):
      return "(" + elements.map { ($0.label.map { $0 + ": " } ?? "") + name($0.type) }.joined(separator: ", ") + ")"
    case .function(let text), .other(let text): return text
    }
  }

  /// With a generic type's parameters (`A`, `B` … in their order) replaced by its arguments.
  func substituting(_ arguments: [SwiftTypeName], depth: Int = 0) -> SwiftTypeName {
    guard !arguments.isEmpty, depth < 32 else { return self }
    func substituted(_ type: SwiftTypeName) -> SwiftTypeName { type.substituting(arguments, depth: depth + 1) }
    switch self {
    case .nominal(let name, arguments: []):
      guard name.utf8.count == 1, let letter = name.utf8.first, letter >= UInt8(ascii: "A"),
        Int(letter - UInt8(ascii: "A")) < arguments.count
      else { return self }
      return arguments[Int(letter - UInt8(ascii: "A"))]
    case .nominal(let name, let own): return .nominal(name, arguments: own.map(substituted))
    case .tuple(let elements):
      return .tuple(elements.map { Element(label: $0.label, type: substituted($0.type)) })
    case .function, .other: return self
    }
  }

  private struct Parser {
    var rest: Substring

    private mutating func take(_ prefix: String) -> Bool {
      guard rest.hasPrefix(prefix) else { return false }
      rest = rest.dropFirst(prefix.count)
      return true
    }

    /// nil where it is not understood.
    mutating func type(depth: Int) -> SwiftTypeName? {
      guard depth < 32, var type = primary(depth: depth) else { return nil }
      while take("?") { type = .nominal("Swift.Optional", arguments: [type]) }
      return type
    }

    private mutating func primary(depth: Int) -> SwiftTypeName? {
      if take("(") { return tuple(depth: depth) }
      if take("[") {
        guard let first = type(depth: depth + 1) else { return nil }
        if take("]") { return .nominal("Swift.Array", arguments: [first]) }
        guard take(" : ") || take(": "), let second = type(depth: depth + 1), take("]") else { return nil }
        return .nominal("Swift.Dictionary", arguments: [first, second])
      }
      return nominal(depth: depth)
    }

    private mutating func tuple(depth: Int) -> SwiftTypeName? {
      var elements: [Element] = []
      while !take(")") {
        if !elements.isEmpty, !take(", ") { return nil }
        var label: String?
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if !word.isEmpty, rest.dropFirst(word.count).hasPrefix(": ") {
          label = String(word)
          rest = rest.dropFirst(word.count + 2)
        }
        guard elements.count < 256, let type = type(depth: depth + 1) else { return nil }
        elements.append(Element(label: label, type: type))
      }
      return elements.count == 1 && elements[0].label == nil ? elements[0].type : .tuple(elements)
    }

    private mutating func nominal(depth: Int) -> SwiftTypeName? {
      var name = ""
      var arguments: [SwiftTypeName] = []
      repeat {
        if !name.isEmpty { name += "." }
        if rest.hasPrefix("("), let end = rest.firstIndex(of: ")") {
          // `(Hidden in _0123…)`: of a file.
          let inner = rest[rest.index(after: rest.startIndex)..<end]
          name += inner.prefix { $0 != " " }
          rest = rest[rest.index(after: end)...]
        } else {
          let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
          guard !word.isEmpty else { return nil }
          name += word
          rest = rest.dropFirst(word.count)
        }
        if take("<") {
          repeat {
            guard arguments.count < 64, let argument = type(depth: depth + 1) else { return nil }
            arguments.append(argument)
          } while take(", ")
          guard take(">") else { return nil }
        }
      } while take(".")
      return .nominal(name, arguments: arguments)
    }
  }
}
