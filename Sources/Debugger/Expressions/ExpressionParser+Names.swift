import DebugInfo

/// Names: of variables, scopes and types.
extension ExpressionParser {
  // MARK: Values' names

  /// A name in any of its forms: `x`, `::x`, `zoo::Dog::count`, `Box<int, 2>::made`, `'tour.c'::depth`, `f::local`,
  /// `static_cast<T>(x)`, or a type's.
  mutating func name() throws(ExpressionError) -> Expression {
    if case .quotedName(let quoted) = current {
      advance()
      guard accept("::") else { return .name(quoted, file: nil) }
      guard case .identifier = current else { throw syntaxError() }
      return qualified(quoted, path())
    }
    if case .identifier(let word) = current, let special = try keyword(word) { return special }
    let start = index
    if !isValue(at: start), let type = try typeName(), !isFunctionToo(type, from: start) {
      if isRust, let record = try record(of: type, named: source(from: start, to: index)) { return record }
      return .type(type)
    }
    rewind(to: start)
    let isGlobal = accept("::")
    guard case .identifier = current else { throw syntaxError() }
    let written = path()
    let name = isFortran ? folded(written) : isRust ? try absolute(written, isGlobal: isGlobal) : written
    names.append(name)
    if !isGlobal, let (scope, last) = Self.split(name), self.scope.global(named: name, inFile: nil) == nil,
      self.scope.variable(named: last, inFunction: scope) != nil
    {
      return .scoped(function: scope, name: last)
    }
    return .name(name, file: nil)
  }

  /// What a quoted scope is: a source file's name, or else a function's.
  private func qualified(_ scope: String, _ name: String) -> Expression {
    let isFile = scope.contains(".") || scope.contains("/")
    return isFile ? .name(name, file: scope) : .scoped(function: scope, name: name)
  }

  private mutating func keyword(_ word: String) throws(ExpressionError) -> Expression? {
    switch word {
    case "static_cast", "reinterpret_cast", "const_cast", "dynamic_cast":
      advance()
      try expect("<")
      guard let type = try typeName() else { throw syntaxError() }
      try expect(">")
      try expect("(")
      let operand = try assignment()
      try expect(")")
      switch word {
      case "dynamic_cast": return .dynamicCast(type, operand)
      case "reinterpret_cast": return .reinterpretCast(type, operand)
      default: return .cast(type, operand)
      }
    case "true", "false":
      guard scope.variable(named: word) == nil else { return nil }
      advance()
      return .boolean(word == "true")
    case "nil" where isSwift:
      advance()
      return .nullPointer
    case "nullptr", "NULL":
      guard scope.variable(named: word) == nil, scope.global(named: word, inFile: nil) == nil else { return nil }
      advance()
      return .nullPointer
    default: return nil
    }
  }

  /// `(anonymous namespace)::name`; nil where the parenthesis is another.
  mutating func anonymousName() throws(ExpressionError) -> Expression? {
    guard peek(1) == .identifier("anonymous"), peek(2) == .identifier("namespace"), peek(3) == .symbol(")"),
      peek(4) == .symbol("::")
    else { return nil }
    for _ in 0..<5 { advance() }
    guard case .identifier = current else { throw syntaxError() }
    return .name("(anonymous namespace)::" + path(), file: nil)
  }

  /// `a::b<c>::d`, as one text. The current token is its first name.
  private mutating func path() -> String {
    var text = ""
    while case .identifier(let word) = current {
      if word == "operator", scope.language == .cpp, let name = operatorName() { return text + name }
      advance()
      text += word
      text += templateArguments(after: text) ?? ""
      guard current == .symbol("::") else { break }
      if peek(1) == .symbol("~"), case .identifier(let name) = peek(2) {
        for _ in 0..<3 { advance() }
        return text + "::~" + name
      }
      guard case .identifier = peek(1) else { break }
      advance()
      text += "::"
    }
    return text
  }

  /// `operator+`, `operator()`, `operator new[]`, `operator bool`; nil, without a step further, where it is none.
  private mutating func operatorName() -> String? {
    let start = index
    advance()
    switch current {
    case .symbol(let symbol):
      advance()
      guard symbol == "(" || symbol == "[" else {
        // `<=>` comes as two symbols.
        return "operator" + symbol + (symbol == "<=" && accept(">") ? ">" : "")
      }
      if accept(symbol == "(" ? ")" : "]") { return "operator" + symbol + (symbol == "(" ? ")" : "]") }
    case .identifier(let word) where word == "new" || word == "delete":
      advance()
      let isArray = current == .symbol("[") && peek(1) == .symbol("]")
      if isArray { for _ in 0..<2 { advance() } }
      return "operator " + word + (isArray ? "[]" : "")
    case .identifier:
      if let type = try? typeName() { return "operator " + TypePrinter(language: .cpp).name(type) }
    default: break
    }
    rewind(to: start)
    return nil
  }

  /// `<…>` where it makes a known name of a template's; nil (and no step further) where `<` compares.
  private mutating func templateArguments(after name: String) -> String? {
    guard current == .symbol("<") else { return nil }
    let start = index
    var depth = 0
    for _ in 0..<200 {
      switch current {
      case .symbol("<"): depth += 1
      case .symbol(">"): depth -= 1
      case .symbol(">>"): depth -= 2
      case .end: depth = .min / 2
      default: break
      }
      guard depth > .min / 4 else { break }
      advance()
      guard depth <= 0 else { continue }
      let arguments = source(from: start, to: index)
      if scope.type(named: name + arguments) != nil || scope.function(named: name + arguments, inFile: nil) != nil {
        return arguments
      }
      break
    }
    rewind(to: start)
    return nil
  }

  /// At the last `::`: the scope and the name in it.
  static func split(_ name: String) -> (scope: String, name: String)? {
    guard let scope = DataType.scope(of: name) else { return nil }
    return (scope, String(name.dropFirst(scope.count + 2)))
  }

  /// True where the name there is a variable's, which hides a type of that name.
  private func isValue(at position: Int) -> Bool {
    guard case .identifier(let word) = peek(position - index) else { return false }
    return scope.variable(named: word) != nil
  }

  /// True for a namespace by the name of a function, whose items Rust keeps in it.
  private func isFunctionToo(_ type: DataType, from start: Int) -> Bool {
    guard type.kind == .namespace, isRust, let name = try? absolute(source(from: start, to: index), isGlobal: false)
    else { return false }
    return scope.function(named: name, inFile: nil) != nil
  }

  // MARK: Types' names

  private static let qualifiers: Set = ["const", "volatile", "restrict", "_Atomic"]
  private static let basic: Set = [
    "void", "bool", "_Bool", "char", "short", "int", "long", "signed", "unsigned", "float", "double", "__int128",
    "wchar_t", "char8_t", "char16_t", "char32_t",
  ]
  private static let keywords: Set = ["struct", "class", "union", "enum"]

  /// A type with its declarator (`const struct point *[3]`); nil, without a step further, where there is none.
  mutating func typeName() throws(ExpressionError) -> DataType? {
    if isRust, let type = try rustTypeName() { return type }
    if isFortran { return try fortranTypeName(isCast: false) }
    let start = index
    guard let base = try baseType() else {
      rewind(to: start)
      return nil
    }
    return try declarator(base)
  }

  private mutating func baseType() throws(ExpressionError) -> DataType? {
    var qualifiers: [String] = []
    func takeQualifiers(_ parser: inout Self) {
      while case .identifier(let word) = parser.current, Self.qualifiers.contains(word) {
        qualifiers.append(word)
        parser.advance()
      }
    }
    takeQualifiers(&self)
    var type: DataType?
    if case .identifier(let word) = current, Self.keywords.contains(word) {
      type = try keywordType(word)
    } else if case .identifier(let word) = current, Self.basic.contains(word) {
      type = basicType(&qualifiers)
    } else {
      type = namedType()
    }
    guard var type else { return nil }
    takeQualifiers(&self)
    for word in qualifiers { type = Self.qualify(type, word) }
    return type
  }

  private static func qualify(_ type: DataType, _ word: String) -> DataType {
    let kind: DataType.Kind =
      switch word {
      case "const": .const
      case "volatile": .volatile
      case "restrict": .restrict
      default: .atomic
      }
    return type.kind == kind ? type : DataType(kind, byteSize: type.size, target: type)
  }

  private mutating func keywordType(_ keyword: String) throws(ExpressionError) -> DataType? {
    advance()
    guard case .identifier = current else { return nil }
    let name = path()
    if let found = scope.type(named: keyword + " " + name) { return found }
    let found = scope.type(named: name)
    // What a typedef names for the linker's purposes has that name itself.
    let named = found?.kind == .typedef && found?.stripped.name == name ? found?.stripped : found
    guard let named, named.isAggregate || named.isEnumeration else {
      throw ExpressionError("No \(keyword) type named \(name).")
    }
    let word = keyword == "class" ? "struct" : keyword
    let kind: String
    switch named.kind {
    case .aggregate(.union): kind = "union"
    case .enumeration: kind = "enum"
    default: kind = "struct"
    }
    guard kind != word else { return named }
    let others = ["struct": "class, union or enum", "union": "class, struct or enum", "enum": "class, union or struct"]
    throw ExpressionError(
      "This context has \(others[word] ?? "another type") \(name), not a\(word == "enum" ? "n" : "") \(word).")
  }

  private mutating func basicType(_ qualifiers: inout [String]) -> DataType? {
    var words: [String] = []
    while case .identifier(let word) = current, Self.basic.contains(word) || Self.qualifiers.contains(word) {
      if Self.basic.contains(word) { words.append(word) } else { qualifiers.append(word) }
      advance()
    }
    // The program's own type of that name knows its exact encoding.
    let basic = DataType.basic(words: words)
    return words.count == 1 ? scope.type(named: words[0]) ?? basic : basic
  }

  mutating func namedType() -> DataType? {
    let start = index
    _ = accept("::")
    guard case .identifier = current, !isValue(at: index) else { return nil }
    let name = path()
    if let type = scope.type(named: name) ?? (isFortran ? scope.type(named: name.lowercased()) : nil) { return type }
    if scope.isNamespace(name) { return DataType(.namespace, name: name, language: .cpp) }
    rewind(to: start)
    return nil
  }

  /// `f(int, char) const`; nil, without a step further, where the parenthesis holds no types.
  mutating func overload(of function: Expression) throws(ExpressionError) -> Expression? {
    guard scope.language == .cpp, case .name(_, nil) = function, peek(1) != .symbol(")") else { return nil }
    let start = index
    guard let list = try? parameters() else {
      rewind(to: start)
      return nil
    }
    while case .identifier(let word) = current, ["const", "volatile"].contains(word) { advance() }
    return .overload(function, parameters: list.types, isVariadic: list.isVariadic)
  }

  /// `*`, `&`, `[3]`, `(*)(int)` behind a base type.
  private mutating func declarator(_ base: DataType) throws(ExpressionError) -> DataType? {
    var type = base
    loop: while true {
      try link()
      let target = type
      switch current {
      case .symbol("*"): type = .pointer(to: target)
      case .symbol("&"): type = DataType(.reference, byteSize: 8, target: target)
      case .symbol("&&"): type = DataType(.rvalueReference, byteSize: 8, target: target)
      case .identifier(let word) where Self.qualifiers.contains(word): type = Self.qualify(type, word)
      default: break loop
      }
      advance()
    }
    if current == .symbol("("), peek(1) == .symbol("*") || peek(1) == .symbol("&") {
      let inner = index
      advance()
      try skip(until: ")")
      let outer = try suffix(type)
      let end = index
      rewind(to: inner + 1)
      guard let whole = try declarator(outer), accept(")") else { return nil }
      rewind(to: end)
      return whole
    }
    return try suffix(type)
  }

  /// Past the parenthesis that closes the one before.
  private mutating func skip(until close: String) throws(ExpressionError) {
    var depth = 1
    while depth > 0 {
      if current == .symbol("(") { depth += 1 }
      if current == .symbol(")") { depth -= 1 }
      guard current != .end else { throw syntaxError() }
      advance()
    }
  }

  private mutating func suffix(_ base: DataType) throws(ExpressionError) -> DataType {
    try link()
    if current == .symbol("("), let parameters = try parameters() {
      return DataType(
        .function(isVariadic: parameters.isVariadic), byteSize: 1, target: base, parameters: parameters.types)
    }
    guard current == .symbol("[") else { return base }
    advance()
    var count: UInt64?
    if case .integer(let value, _, _) = current {
      count = value
      advance()
    }
    try expect("]")
    let element = try suffix(base)
    return .array(of: element, count: count)
  }

  /// nil where the parenthesis holds no parameters: a conversion's operand.
  private mutating func parameters() throws(ExpressionError) -> (types: [DataType], isVariadic: Bool)? {
    let start = index
    advance()
    var types: [DataType] = []
    if accept(")") { return ([], true) }
    while true {
      if accept("...") {
        try expect(")")
        return (types, true)
      }
      guard let type = try typeName() else {
        rewind(to: start)
        return nil
      }
      types.append(type)
      if accept(")") { break }
      guard accept(",") else {
        rewind(to: start)
        return nil
      }
    }
    if types.count == 1, types[0].kind == .void { types = [] }
    return (types, false)
  }
}
