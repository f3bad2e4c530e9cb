import DebugInfo

/// Turns text into a tree, with C's precedence (gdb's `@` stands between the shifts and `+`). Asks the scope
/// which names are types.
struct ExpressionParser {
  let scope: any EvaluationScope
  private let text: String
  private let tokens: [ExpressionToken]
  private(set) var index = 0
  /// The names that were taken for values.
  var names: [String] = []
  private var depth = 0
  private var links = 0

  /// Nesting, so that a line of parentheses cannot exhaust the stack.
  private static let depthLimit = 200
  /// Operators side by side, so that `1+1+1…` makes no tree that exhausts it later on.
  private static let linkLimit = 1000

  private init(_ text: String, scope: any EvaluationScope) throws(ExpressionError) {
    self.scope = scope
    self.text = text
    tokens = try ExpressionLexer.tokens(of: text, language: scope.language)
  }

  static func parse(_ text: String, scope: any EvaluationScope) throws(ExpressionError) -> Expression {
    try parseWithNames(text, scope: scope).expression
  }

  /// Also answers the names that stand for values in it.
  static func parseWithNames(
    _ text: String, scope: any EvaluationScope
  ) throws(ExpressionError) -> (expression: Expression, names: [String]) {
    var parser = try ExpressionParser(text, scope: scope)
    do throws(ExpressionError) {
      if parser.isRust, let type = parser.wholeRustType() { return (.type(type), []) }
      let expression = try parser.comma()
      guard parser.current == .end else { throw parser.syntaxError(isWhole: true) }
      return (expression, parser.names)
    } catch {
      // What does not parse because a type's name is unknown is reported as that.
      let unknown = parser.names.first { name in
        scope.variable(named: name) == nil && scope.global(named: name, inFile: nil) == nil
          && scope.function(named: name, inFile: nil) == nil && scope.enumerator(named: name) == nil
          && scope.variable(named: "this")?.type.stripped.target?.stripped.isAggregate != true
      }
      throw unknown.map(ExpressionEvaluator.noSymbol) ?? error
    }
  }

  // MARK: Tokens

  var current: ExpressionToken.Kind { tokens[index].kind }
  func peek(_ distance: Int) -> ExpressionToken.Kind { tokens[min(index + distance, tokens.count - 1)].kind }
  mutating func advance() { if index < tokens.count - 1 { index += 1 } }
  mutating func rewind(to position: Int) { index = position }
  mutating func accept(_ symbol: String) -> Bool {
    guard current == .symbol(symbol) else { return false }
    advance()
    return true
  }
  mutating func expect(_ symbol: String) throws(ExpressionError) {
    guard accept(symbol) else { throw syntaxError() }
  }
  /// To be called for each level that a loop adds to a tree, or a recursion besides those that `depth` counts.
  mutating func link() throws(ExpressionError) {
    links += 1
    guard links < Self.linkLimit else { throw ExpressionError("The expression is too long.") }
  }
  /// In gdb's words: what could not be understood, and all after it.
  func syntaxError(isWhole: Bool = false) -> ExpressionError {
    let start = tokens[index].range.lowerBound
    if isWhole, current == .symbol(")") { return ExpressionError("Junk after end of expression.", at: start) }
    let rest = String(decoding: Array(text.utf8)[start...], as: UTF8.self)
    return ExpressionError("A syntax error in expression, near `\(rest)'.", at: start)
  }
  /// Of a type where a value has to be: at the word that begins none, behind a name, which could have gone on with `::`.
  private func typeError(from start: Int) -> ExpressionError {
    var parser = self
    if case .identifier(let word) = tokens[start].kind, Self.typeWords.contains(word) { parser.index = start }
    return parser.syntaxError()
  }
  private static let typeWords: Set = [
    "char", "class", "const", "double", "enum", "float", "int", "long", "short", "signed", "struct", "union",
    "unsigned", "volatile",
  ]

  /// The text of tokens, for names that hold more than letters (`Box<int, 2>`).
  func source(from first: Int, to last: Int) -> String {
    guard first < last else { return "" }
    let bytes = Array(text.utf8)[tokens[first].range.lowerBound..<tokens[last - 1].range.upperBound]
    return String(decoding: bytes, as: UTF8.self)
  }

  var isSwift: Bool { scope.language == .swift }

  // MARK: Operators, from the loosest

  private mutating func comma() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw ExpressionError("The expression is nested too deeply.") }
    var left = try assignment()
    while accept(",") {
      try link()
      left = .comma(left, try assignment())
    }
    return left
  }

  mutating func assignment() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw ExpressionError("The expression is nested too deeply.") }
    let left = try isRust ? range() : conditional()
    guard case .symbol(let symbol) = current else { return left }
    if symbol == "=" {
      advance()
      return .assign(left, try assignment())
    }
    if symbol.hasSuffix("="), let operation = Expression.Binary(rawValue: String(symbol.dropLast())),
      !operation.isComparison, symbol.count > 1
    {
      advance()
      return .modify(operation, left, try assignment())
    }
    return left
  }

  mutating func conditional() throws(ExpressionError) -> Expression {
    let condition = try binary(level: 0)
    if isSwift, accept("??") { return .coalesced(condition, try conditional()) }
    guard accept("?") else { return condition }
    let first = try comma()
    try expect(":")
    return .conditional(condition, first, try assignment())
  }

  static let levels: [[String]] = [
    ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!=", "===", "!=="], ["<", ">", "<=", ">="], ["<<", ">>"], ["@"],
    ["+", "-"],
    ["*", "/", "%"],
  ]

  private mutating func binary(level: Int) throws(ExpressionError) -> Expression {
    let levels = isRust ? Self.rustLevels : isFortran ? Self.fortranLevels : Self.levels
    guard level < levels.count else {
      return try isRust ? conversion() : isFortran ? power() : memberPointer()
    }
    var left = try binary(level: level + 1)
    while case .symbol(let symbol) = current, levels[level].contains(symbol) {
      try link()
      advance()
      let right = try binary(level: level + 1)
      switch symbol {
      case "||": left = .logicalOr(left, right)
      case ".eqv.": left = .binary(.equal, left, right)
      case ".neqv.": left = .binary(.notEqual, left, right)
      case "&&": left = .logicalAnd(left, right)
      case "@": left = .repeated(left, right)
      case "===": left = .binary(.equal, left, right)
      case "!==": left = .binary(.notEqual, left, right)
      default:
        guard let operation = Expression.Binary(rawValue: symbol) else { throw syntaxError() }
        left = .binary(operation, left, right)
      }
    }
    return left
  }

  private mutating func memberPointer() throws(ExpressionError) -> Expression {
    var left = try unary()
    while current == .symbol(".*") || current == .symbol("->*") {
      try link()
      let isArrow = current == .symbol("->*")
      advance()
      let right = try unary()
      left = .memberPointer(isArrow ? .dereference(left) : left, right)
    }
    return left
  }

  mutating func unary() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw ExpressionError("The expression is nested too deeply.") }
    switch current {
    case .identifier("sizeof"): return try sizeOf()
    case .identifier("_Alignof"): return try alignOf()
    case .identifier("alignof") where scope.language == .cpp: return try alignOf()
    default: break
    }
    guard case .symbol(let symbol) = current else { return try postfix() }
    switch symbol {
    case "-", "+", "~", "!":
      advance()
      guard let operation = Expression.Unary(rawValue: symbol) else { throw syntaxError() }
      guard isFortran else { return .unary(operation, try unary()) }
      return .unary(operation, try operation == .not ? binary(level: Self.fortranComparison) : power())
    case "*":
      advance()
      return .dereference(try unary())
    case "&":
      advance()
      if isRust, current == .identifier("mut") { advance() }
      let start = index
      let operand = try unary()
      if case .type = operand, !isRust { throw typeError(from: start) }
      return .address(operand)
    case "&&": throw syntaxError()
    case "++", "--":
      advance()
      return .step(symbol == "++" ? .increment : .decrement, try unary(), isPrefix: true)
    case "{":
      advance()
      guard let type = try typeName() else { return try list() }
      try expect("}")
      return .typedMemory(type, try unary())
    case "(" where isRust && peek(1) == .symbol(")"):
      advance()
      advance()
      return .cast(.void, .boolean(false))
    case "[" where isRust: return try postfix(of: arrayLiteral())
    case "(":
      if let cast = try castExpression() { return cast }
      return try postfix()
    default: return try postfix()
    }
  }

  private mutating func alignOf() throws(ExpressionError) -> Expression {
    advance()
    try expect("(")
    guard let type = try typeName() else { throw syntaxError() }
    try expect(")")
    return .alignOf(type)
  }

  /// `{1, 2}`, behind its brace; may be subscripted.
  private mutating func list() throws(ExpressionError) -> Expression {
    var elements: [Expression] = []
    repeat { elements.append(try assignment()) } while accept(",")
    try expect("}")
    return try postfix(of: .list(elements))
  }

  private mutating func sizeOf() throws(ExpressionError) -> Expression {
    advance()
    let start = index
    if accept("("), let type = try typeName() {
      if accept(")") { return .sizeOf(.type(type)) }
    }
    rewind(to: start)
    return .sizeOf(try unary())
  }

  /// `(type) operand`; nil where the parenthesis holds no type.
  private mutating func castExpression() throws(ExpressionError) -> Expression? {
    let start = index
    advance()
    guard let type = try isFortran ? fortranTypeName(isCast: true) : typeName(), accept(")") else {
      rewind(to: start)
      return nil
    }
    if current == .end { throw syntaxError() }
    return .cast(type, try unary())
  }

  private mutating func postfix() throws(ExpressionError) -> Expression { try postfix(of: primary()) }

  mutating func postfix(of first: Expression) throws(ExpressionError) -> Expression {
    var value = first
    while case .symbol(let symbol) = current {
      switch symbol {
      case "[":
        advance()
        value = try subscripted(value)
      case ".", "->":
        advance()
        value = .member(value, try memberName(), isArrow: symbol == "->")
      case "(":
        if let overload = try overload(of: value) {
          value = overload
          continue
        }
        advance()
        value = try call(value)
      case "!" where isSwift, "?" where isSwift && (peek(1) == .symbol(".") || peek(1) == .symbol("[")):
        advance()
        value = .unwrapped(value)
      case "++", "--":
        advance()
        value = .step(symbol == "++" ? .increment : .decrement, value, isPrefix: false)
      default: return value
      }
      try link()
    }
    return value
  }

  /// `value[…]`, behind the bracket.
  private mutating func subscripted(_ value: Expression) throws(ExpressionError) -> Expression {
    let index = try isRust ? assignment() : comma()
    try expect("]")
    return .subscripted(value, index)
  }

  private mutating func call(_ callee: Expression) throws(ExpressionError) -> Expression {
    var arguments: [Expression] = []
    if !accept(")") {
      repeat { arguments.append(try isFortran ? subscriptOrSection() : assignment()) } while accept(",")
      try expect(")")
    }
    // `int(x)` converts.
    if case .type(let type) = callee, arguments.count == 1 { return .cast(type, arguments[0]) }
    return .call(callee, arguments)
  }

  private mutating func memberName() throws(ExpressionError) -> String {
    switch current {
    case .identifier(let name):
      advance()
      return isFortran ? name.lowercased() : name + (try qualifiedRest())
    // Tuples of Rust and Swift count their members.
    case .integer(let number, suffix: "", isDecimal: true):
      advance()
      return "__\(number)"
    default: throw syntaxError()
    }
  }

  /// `::name…` behind a member's first name: `pet.Animal::age`.
  private mutating func qualifiedRest() throws(ExpressionError) -> String {
    var text = ""
    while accept("::") {
      guard case .identifier(let name) = current else { throw syntaxError() }
      advance()
      text += "::" + name
    }
    return text
  }

  private mutating func primary() throws(ExpressionError) -> Expression {
    let token = current
    switch token {
    case .integer(let value, let suffix, let isDecimal):
      advance()
      return .integer(value, suffix: suffix, isDecimal: isDecimal)
    case .floating(let value, let suffix):
      advance()
      return .floating(value, suffix: suffix)
    case .character(let code, let prefix):
      advance()
      return .character(code, prefix: prefix)
    case .string: return try strings()
    case .dollar(let name):
      advance()
      return .dollar(name)
    case .symbol("("):
      // `(anonymous namespace)::x` is one name.
      if let name = try anonymousName() { return name }
      advance()
      if isFortran { return try complexOrNested() }
      if isRust { return try tupleOrNested() }
      let inner = try comma()
      try expect(")")
      return inner
    case .quotedName, .identifier, .symbol("::"): return try name()
    case .symbol, .end: throw syntaxError()
    }
  }

  /// Literals side by side are one.
  private mutating func strings() throws(ExpressionError) -> Expression {
    var bytes: [UInt8] = []
    var prefix = ""
    while case .string(let part, let own) = current {
      bytes += part
      if !own.isEmpty { prefix = own }
      advance()
    }
    return .string(bytes, prefix: prefix)
  }
}
