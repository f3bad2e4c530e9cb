import DebugInfo

/// What Fortran writes otherwise than C.
extension ExpressionParser {
  var isFortran: Bool { scope.language == .fortran }

  /// From the loosest on (Fortran 2018, table 10.1); `.not.`, signs and `**` stand where operands are read.
  static let fortranLevels: [[String]] = [
    [".eqv.", ".neqv."], ["||"], ["&&"], ["==", "!=", "<", ">", "<=", ">="], ["@"], ["+", "-"], ["*", "/"],
  ]
  /// Of the comparisons, which bind tighter than `.not.`.
  static let fortranComparison = 3

  /// `x**y`, from the right; a sign binds less.
  mutating func power() throws(ExpressionError) -> Expression {
    let base = try unary()
    return accept("**") ? .binary(.power, base, try power()) : base
  }

  /// `3`, `1:5`, `:`, `2::2`.
  mutating func subscriptOrSection() throws(ExpressionError) -> Expression {
    var lower: Expression?
    if !isColon {
      let first = try assignment()
      guard isColon else { return first }
      lower = first
    }
    var upper: Expression?
    if !accept("::") {
      advance()
      upper = isSectionEnd ? nil : try assignment()
      guard accept(":") else { return .range(from: lower, to: upper, stride: nil, isClosed: true) }
    }
    return .range(from: lower, to: upper, stride: isSectionEnd ? nil : try assignment(), isClosed: true)
  }

  private var isColon: Bool { current == .symbol(":") || current == .symbol("::") }
  private var isSectionEnd: Bool { isColon || current == .symbol(",") || current == .symbol(")") }

  /// `(1.0, 2.0)`, behind its parenthesis; a single value is itself.
  mutating func complexOrNested() throws(ExpressionError) -> Expression {
    let first = try assignment()
    guard accept(",") else {
      try expect(")")
      return first
    }
    let second = try assignment()
    try expect(")")
    return .complex(first, second)
  }

  /// Fortran's names have no case: compilers write small letters. One of another language's may have others.
  func folded(_ name: String) -> String {
    let isKnown =
      scope.variable(named: name) != nil || scope.global(named: name, inFile: nil) != nil
      || scope.function(named: name, inFile: nil) != nil || scope.minimalSymbol(named: name) != nil
    return isKnown ? name : name.lowercased()
  }

  /// `integer`, `real*8`, `integer(kind=8)`, `double precision`, `type(point)`, `point`; nil, without a step further,
  /// where there is none. Only a cast has `real(8)`, which otherwise converts.
  mutating func fortranTypeName(isCast: Bool) throws(ExpressionError) -> DataType? {
    guard case .identifier(let written) = current else { return nil }
    let start = index
    var word = written.lowercased()
    advance()
    if word == "double", case .identifier(let second) = current { word += " " + second.lowercased() }
    if word.hasPrefix("double ") { advance() }
    if word == "type", accept("("), let type = fortranRecord(), accept(")") { return type }
    guard FortranType.type(word, size: nil) != nil else {
      rewind(to: start)
      return fortranRecord()
    }
    guard let size = try fortranKind(isCast: isCast) else {
      if current != .symbol("("), let type = FortranType.type(word, size: nil) { return type }
      rewind(to: start)
      return nil
    }
    guard let type = FortranType.type(word, size: size) else {
      throw ExpressionError("unsupported kind \(size) for type \(word)")
    }
    return type
  }

  /// `*8`, `(kind=8)`, `(8)`; nil where none is stated.
  private mutating func fortranKind(isCast: Bool) throws(ExpressionError) -> UInt64? {
    let start = index
    if accept("*") {
      guard case .integer(let size, _, _) = current else { throw syntaxError() }
      advance()
      return size
    }
    guard accept("(") else { return nil }
    let isNamed = current == .identifier("kind") && peek(1) == .symbol("=")
    if isNamed {
      advance()
      advance()
    }
    guard isNamed || isCast, case .integer(let size, _, _) = current, peek(1) == .symbol(")") else {
      rewind(to: start)
      return nil
    }
    advance()
    advance()
    return size
  }

  private mutating func fortranRecord() -> DataType? {
    let start = index
    if let type = namedType(), type.stripped.isAggregate { return type }
    rewind(to: start)
    return nil
  }
}
