import DebugInfo

/// What Rust writes otherwise than C.
extension ExpressionParser {
  var isRust: Bool { scope.language == .rust }

  /// Rust's comparisons bind less than its `&`, `^` and `|` (Rust Reference, "Expression precedence").
  static let rustLevels: [[String]] = [
    ["||"], ["&&"], ["==", "!=", "<", ">", "<=", ">="], ["|"], ["^"], ["&"], ["<<", ">>"], ["@"], ["+", "-"],
    ["*", "/", "%"],
  ]

  /// `x as T`, which binds less than `-x`, `*x` and `&x`.
  mutating func conversion() throws(ExpressionError) -> Expression {
    var operand = try unary()
    while current == .identifier("as") {
      advance()
      guard let type = try typeName() else { throw syntaxError() }
      operand = .cast(type, operand)
    }
    return operand
  }

  /// `[1, 2, 3]` or `[1; 3]`.
  mutating func arrayLiteral() throws(ExpressionError) -> Expression {
    try expect("[")
    let first = try assignment()
    var elements = [first]
    if accept(";") {
      guard case .integer(let count, _, _) = current, count > 0, count <= 4096 else {
        throw ExpressionError("Integer expected for the number of elements.")
      }
      advance()
      elements = Array(repeating: first, count: Int(count))
    } else {
      while accept(",") { elements.append(try assignment()) }
    }
    try expect("]")
    return .list(elements)
  }

  /// `x[2]`, `x[1..3]`, `x[..]`, behind the bracket.
  mutating func element(of value: Expression) throws(ExpressionError) -> Expression {
    let lower = isRangeMark ? nil : try assignment()
    guard isRangeMark else {
      guard let lower, accept("]") else { throw syntaxError() }
      return .subscripted(value, lower)
    }
    let isClosed = current == .symbol("..=")
    advance()
    let upper = current == .symbol("]") ? nil : try assignment()
    try expect("]")
    return .slice(value, from: lower, to: upper, isClosed: isClosed)
  }

  private var isRangeMark: Bool { current == .symbol("..") || current == .symbol("..=") }

  // MARK: Types

  /// `u8`, `*const T`, `&mut T`, `&[T]`, `&str`, `[T; 3]`, `(A, B)`, a path; nil, without a step further, where there
  /// is none.
  mutating func rustTypeName(depth: Int = 0) throws(ExpressionError) -> DataType? {
    let start = index
    guard depth < 64, let type = try rustType(depth: depth) else {
      rewind(to: start)
      return nil
    }
    return type
  }

  private mutating func rustType(depth: Int) throws(ExpressionError) -> DataType? {
    switch current {
    case .symbol("*"):
      guard peek(1) == .identifier("const") || peek(1) == .identifier("mut") else { return nil }
      let prefix = peek(1) == .identifier("mut") ? "*mut " : "*const "
      advance()
      advance()
      return try rustPointer(prefix, depth: depth)
    case .symbol("&"):
      advance()
      guard current == .identifier("mut") else { return try rustPointer("&", depth: depth) }
      advance()
      return try rustPointer("&mut ", depth: depth)
    case .symbol("["):
      advance()
      guard let element = try rustTypeName(depth: depth + 1), accept(";"), case .integer(let count, _, _) = current
      else { return nil }
      advance()
      return accept("]") ? .array(of: element, count: count) : nil
    case .symbol("("): return try rustTuple(depth: depth)
    case .identifier(let word):
      if let primitive = RustPrimitive.type(named: word), scope.variable(named: word) == nil {
        advance()
        return primitive
      }
      return namedType()
    default: return nil
    }
  }

  /// What leads to something without a size of its own has its length too.
  private mutating func rustPointer(_ prefix: String, depth: Int) throws(ExpressionError) -> DataType? {
    if current == .identifier("str") {
      advance()
      let byte = RustPrimitive.type(named: "u8") ?? .unsignedByte
      return scope.type(named: prefix + "str") ?? .rustSlice(prefix + "str", of: byte)
    }
    let start = index
    if accept("["), let element = try rustTypeName(depth: depth + 1), accept("]") {
      let name = prefix + "[" + TypePrinter(language: .rust).name(element) + "]"
      return scope.type(named: name) ?? .rustSlice(name, of: element)
    }
    rewind(to: start)
    return try rustTypeName(depth: depth + 1).map { .pointer(to: $0) }
  }

  /// `()` and the tuples that the program has, which are known by their text.
  private mutating func rustTuple(depth: Int) throws(ExpressionError) -> DataType? {
    advance()
    var names: [String] = []
    while current != .symbol(")") {
      guard let type = try rustTypeName(depth: depth + 1) else { return nil }
      names.append(TypePrinter(language: .rust).name(type))
      guard accept(",") else { break }
    }
    guard accept(")") else { return nil }
    return names.isEmpty ? .void : scope.type(named: "(" + names.joined(separator: ", ") + ")")
  }
}
