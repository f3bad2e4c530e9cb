import DebugInfo

/// The names that types go by inside of a class, where `ptype` shows it: its template's parameters and its own typedefs.
struct LocalTypeNames {
  /// What a template parameter stands for, by the type's name without spaces.
  private var parameters: [String: String] = [:]
  /// The last names of typedefs, by their qualified names.
  private var typedefs: [String: String] = [:]
  /// Names that a library gives its own types, where its scripts are in force.
  var library: LibraryTypeNames?
  /// How deep template arguments are looked into.
  private static let depthLimit = 32
  /// How many classes' typedefs are collected.
  private static let baseLimit = 64

  /// None: in C, and outside of classes.
  init() {}

  /// These, and the parameters of a class template's instance; a type that two stand for goes by the first's name.
  func adding(parametersOf type: DataType) -> LocalTypeNames {
    var names = self
    let printer = TypePrinter(language: .cpp)
    for argument in type.templateArguments where argument.isType {
      guard let name = argument.name, let type = argument.type else { continue }
      // `const T` is shown of a `T` that is constant itself.
      let key = Self.key(printer.name(type.unqualified))
      if names.parameters[key] == nil { names.parameters[key] = name }
    }
    return names
  }

  /// These, and the typedefs of a class and of what it inherits from.
  func adding(typedefsOf type: DataType) -> LocalTypeNames {
    var names = self
    var pending = [type]
    var visited = 0
    while !pending.isEmpty, visited < Self.baseLimit {
      let type = pending.removeFirst()
      visited += 1
      for typedef in type.typedefs {
        guard let full = typedef.type.name, names.typedefs[full] == nil else { continue }
        names.typedefs[full] = typedef.name
      }
      pending += type.members.lazy.filter(\.isBase).map(\.type.stripped)
    }
    return names
  }

  /// True for a type that goes by another name here.
  func holds(_ type: DataType) -> Bool { type.name.map { parameters[Self.key($0)] != nil } ?? false }

  /// What a named type goes by here.
  func name(of type: DataType, _ full: String) -> String {
    if case .typedef = type.kind, let name = type.name, let local = typedefs[name] { return local }
    return parameters[Self.key(full)] ?? library?.short(full) ?? substituting(full)
  }

  /// The template parameter that a type without a name of its own (`T` of `int *`) was given for.
  func parameter(for type: DataType) -> String? {
    let plain = type.unqualified
    guard !parameters.isEmpty, plain.name == nil,
      let name = parameters[Self.key(TypePrinter(language: .cpp).name(plain))]
    else { return nil }
    var (words, current) = ("", type)
    for _ in 0..<Self.depthLimit {
      switch current.kind {
      case .const: words += "const "
      case .volatile: words += "volatile "
      default: return words + name
      }
      current = current.target ?? .void
    }
    return words + name
  }

  /// `text` with the parameters in place of what they stand for and with the library's short names, template arguments
  /// included. gdb takes no name apart that has a function's type in it as GCC writes it (`int(char)`).
  func substituting(_ text: String) -> String {
    guard !parameters.isEmpty || library != nil, !Self.holdsFunction(text.utf8) else { return text }
    return substituting(text.utf8[...], depth: 0)
  }

  private func substituting(_ text: Substring.UTF8View, depth: Int) -> String {
    var result = ""
    var rest = text
    while let byte = rest.first {
      guard isIdentifier(byte), depth < Self.depthLimit else {
        result.unicodeScalars.append(Unicode.Scalar(byte))
        rest.removeFirst()
        continue
      }
      let end = Self.endOfName(rest)
      let name = rest[..<end]
      rest = rest[end...]
      let full = String(name) ?? ""
      if let short = parameters[Self.key(full)] ?? library?.short(full) {
        result += short
      } else {
        result += arguments(of: name, depth: depth)
      }
    }
    return result
  }

  /// A qualified name with its template arguments substituted.
  private func arguments(of name: Substring.UTF8View, depth: Int) -> String {
    var result = ""
    var rest = name
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      let close = Self.closing(rest, from: open)
      result += String(decoding: rest[...open], as: UTF8.self)
      var inner = substituting(rest[rest.index(after: open)..<close], depth: depth + 1)
      // Only two closing brackets are kept apart.
      if inner.hasSuffix(" "), !inner.hasSuffix("> ") { inner.removeLast() }
      result += inner
      rest = rest[close...]
      if rest.popFirst() != nil { result += ">" }
    }
    return result + String(decoding: rest, as: UTF8.self)
  }

  /// Past a name with its scopes and template arguments: `std::vector<int>::size_type`, `unsigned long`.
  private static func endOfName(_ text: Substring.UTF8View) -> String.Index {
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      if isIdentifier(byte) || byte == UInt8(ascii: ":") {
        at = text.index(after: at)
      } else if byte == UInt8(ascii: "<") {
        at = closing(text, from: at)
        if at < text.endIndex { at = text.index(after: at) }
      } else if byte == UInt8(ascii: " "), isIntegerWord(text[text.startIndex..<at]) {
        let next = text[text.index(after: at)...].prefix { isIdentifier($0) }
        guard isIntegerWord(next) else { return at }
        at = next.endIndex
      } else {
        return at
      }
    }
    return at
  }

  private static func holdsFunction(_ text: String.UTF8View) -> Bool {
    zip(text, text.dropFirst()).contains { previous, next in
      next == UInt8(ascii: "(") && (isIdentifier(previous) || previous == UInt8(ascii: ">"))
    }
  }

  private static func isIntegerWord(_ text: Substring.UTF8View) -> Bool {
    let last = text.reversed().prefix { isIdentifier($0) }.reversed()
    return ["unsigned", "signed", "long", "short", "int", "char", "double"].contains { $0.utf8.elementsEqual(last) }
  }

  /// Where the bracket at `open` is closed; the end where it is not.
  private static func closing(_ text: Substring.UTF8View, from open: String.Index) -> String.Index {
    var depth = 0
    var at = open
    while at < text.endIndex {
      if text[at] == UInt8(ascii: "<") { depth += 1 }
      if text[at] == UInt8(ascii: ">") {
        depth -= 1
        if depth == 0 { return at }
      }
      at = text.index(after: at)
    }
    return at
  }

  private static func key(_ name: String) -> String { name.filter { $0 != " " } }
}

private func isIdentifier(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
    true
  default: false
  }
}
