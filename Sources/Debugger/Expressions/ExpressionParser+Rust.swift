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
      try link()
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

  // MARK: Ranges

  /// `1..3`, `..=3`, `2..`, `..`, which bind less than all but assignments; anything else is itself.
  mutating func range() throws(ExpressionError) -> Expression {
    var lower: Expression?
    if !isRangeMark {
      let first = try conditional()
      guard isRangeMark else { return first }
      lower = first
    }
    let isClosed = current == .symbol("..=")
    advance()
    let upper = isRangeEnd ? nil : try conditional()
    return .range(from: lower, to: upper, stride: nil, isClosed: isClosed)
  }

  private var isRangeMark: Bool { current == .symbol("..") || current == .symbol("..=") }
  private var isRangeEnd: Bool {
    [.end, .symbol("]"), .symbol(")"), .symbol("}"), .symbol(",")].contains(current)
  }

  // MARK: Structures and tuples

  /// `(1, 2.5)`, behind its parenthesis; a single value without a comma is itself.
  mutating func tupleOrNested() throws(ExpressionError) -> Expression {
    var elements = [try assignment()]
    if accept(")") { return elements[0] }
    while accept(","), current != .symbol(")") { elements.append(try assignment()) }
    try expect(")")
    return .tuple(elements)
  }

  /// What a structure's or a variant's name begins: `Point {x: 1, ..p}`, `Pair(1, 2)`, `Shape::Empty`; nil where it stands
  /// for the type.
  mutating func record(of type: DataType, named path: String) throws(ExpressionError) -> Expression? {
    let structure = type.stripped
    guard structure.isAggregate, let name = structure.name else { return nil }
    let isVariant = DataType.scope(of: name).flatMap(scope.type)?.stripped.variantPart != nil
    let hasFields = current == .symbol("{") || current == .symbol("(")
    guard hasFields || structure.members.isEmpty && structure.variantPart == nil else { return nil }
    // Which `Option` it is a variant of, its own fields do not tell.
    guard !isVariant || path.contains("<") || !(DataType.scope(of: name)?.contains("<") ?? false) else {
      throw ExpressionError("Which type's variant \(path) is has to be said, as in Option<i32>::Some(3).")
    }
    if accept("{") { return try braced(structure) }
    var fields: [(name: String, value: Expression)] = []
    if accept("(") {
      while current != .symbol(")") {
        fields.append(("__\(fields.count)", try assignment()))
        guard accept(",") else { break }
      }
      try expect(")")
    }
    return .record(structure, fields, rest: nil)
  }

  private mutating func braced(_ type: DataType) throws(ExpressionError) -> Expression {
    var fields: [(name: String, value: Expression)] = []
    var rest: Expression?
    while current != .symbol("}") {
      if accept("..") {
        rest = try assignment()
        break
      }
      guard case .identifier(let name) = current else { throw syntaxError() }
      // `Point {x}` is short for `x: x`.
      let isShort = peek(1) != .symbol(":")
      if !isShort {
        advance()
        advance()
      }
      fields.append((name, try assignment()))
      guard accept(",") else { break }
    }
    try expect("}")
    return .record(type, fields, rest: rest)
  }

  // MARK: Names

  /// The whole path of one that begins where the selected function is, or at a crate: `self::x`, `super::x`,
  /// `::crate::x`.
  func absolute(_ path: String, isGlobal: Bool) throws(ExpressionError) -> String {
    var parts = path.split(separator: "::", omittingEmptySubsequences: true).map(String.init)
    guard parts.count > 1, let first = parts.first, first == "self" || first == "super" else {
      return isGlobal && parts.count > 1 ? parts.joined(separator: "::") : path
    }
    var module = DataType.scope(of: scope.functionName ?? "") ?? ""
    // A method is in its type's `impl`, and that in the module.
    while let outer = DataType.scope(of: module), module.dropFirst(outer.count).hasPrefix("::{") { module = outer }
    let start = module
    while let word = parts.first, word == "self" || word == "super" {
      parts.removeFirst()
      guard word == "super" else { continue }
      guard let outer = DataType.scope(of: module) else {
        throw ExpressionError("Too many super:: uses from '\(start)'")
      }
      module = outer
    }
    return ([module] + parts).joined(separator: "::")
  }

  /// A type that is the whole expression: `[i32; 4]`, `&str`, `(i32, bool)`; nil, without a step further, where there is
  /// none. `()` is a value.
  mutating func wholeRustType() -> DataType? {
    let start = index
    // A name may be a variable's, or a variant's.
    if case .identifier(let word) = current, word != "fn" { return nil }
    if let type = try? rustTypeName(), current == .end, type.kind != .void { return type }
    rewind(to: start)
    return nil
  }

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
    case .identifier("fn") where peek(1) == .symbol("("): return try rustFunction(depth: depth)
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
    guard let target = try rustTypeName(depth: depth + 1), target.kind != .namespace else { return nil }
    return .pointer(to: target)
  }

  /// `fn(i32) -> bool`, a pointer to such a function.
  private mutating func rustFunction(depth: Int) throws(ExpressionError) -> DataType? {
    advance()
    advance()
    var parameters: [DataType] = []
    while current != .symbol(")") {
      guard let type = try rustTypeName(depth: depth + 1) else { return nil }
      parameters.append(type)
      guard accept(",") else { break }
    }
    guard accept(")") else { return nil }
    var result = DataType.void
    if accept("->") {
      guard let type = try rustTypeName(depth: depth + 1) else { return nil }
      result = type
    }
    let types = parameters
    return .pointer(to: DataType(.function(isVariadic: false), language: .rust, target: result, parameters: types))
  }

  /// `()`, the tuples that the program has, which are known by their text, and others.
  private mutating func rustTuple(depth: Int) throws(ExpressionError) -> DataType? {
    advance()
    var types: [DataType] = []
    while current != .symbol(")") {
      guard let type = try rustTypeName(depth: depth + 1) else { return nil }
      types.append(type)
      guard accept(",") else { break }
    }
    guard accept(")") else { return nil }
    return types.isEmpty ? .void : scope.rustTuple(of: types)
  }
}
