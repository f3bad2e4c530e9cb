import DebugInfo
import Glibc
import MachineModel

/// Functions that expressions have by themselves: `$_strlen`, `$_streq`.
extension ExpressionEvaluator {
  /// nil where there is none of that name.
  func callInternal(_ name: String, _ operands: [Expression]) throws(ExpressionError) -> Value? {
    guard let count = Self.internalFunctions[name] else { return nil }
    guard operands.count >= count else { throw ExpressionError("You must provide \(count) arguments.") }
    if name == "_isvoid" {
      return number(try value(of: operands[0]).type.stripped.kind == .void ? 1 : 0)
    }
    var texts: [[UInt8]] = []
    switch name {
    case "_strlen": return number(try text(value(of: operands[0])).count)
    case "_as_string": return try enumeratorName(plain(value(of: operands[0])))
    case "_creal", "_cimag": return try complexPart(plain(value(of: operands[0])), isImaginary: name == "_cimag")
    case "_memeq":
      let (left, right) = (try pointee(value(of: operands[0])), try pointee(value(of: operands[1])))
      let count = try integer(plain(value(of: operands[2]))).signed
      guard (0...Int128(Value.largestRead)).contains(count) else { throw ExpressionError("Invalid length.") }
      return number(try memory(left, count: Int(count)) == memory(right, count: Int(count)) ? 1 : 0)
    default:
      for operand in operands.prefix(2) { texts.append(try text(value(of: operand))) }
    }
    if name == "_streq" { return number(texts[0] == texts[1] ? 1 : 0) }
    return number(try Self.matches(texts[0], pattern: texts[1]) ? 1 : 0)
  }

  /// How many arguments each takes.
  static let internalFunctions = [
    "_strlen": 1, "_streq": 2, "_regex": 2, "_isvoid": 1, "_as_string": 1, "_memeq": 3, "_creal": 1, "_cimag": 1,
  ]

  private func number(_ value: Int) -> Value { Value(type: .int, integer: Int64(value), source: scope) }

  /// The bytes of a string before its zero, at most a megabyte.
  private func text(_ value: Value) throws(ExpressionError) -> [UInt8] {
    let value = try plain(value)
    if value.type.stripped.isArray, value.address == nil { return Array(try bytes(of: value).prefix { $0 != 0 }) }
    let start = try address(ofPlain: value)
    let found = scope.memory.text(start, width: 1, limit: 1 << 20)
    if let failure = found.failure { throw ExpressionError(.memory(failure)) }
    return found.bytes
  }

  /// As `text`, of an expression; nil for a null pointer.
  func string(_ expression: String) throws(ExpressionError) -> [UInt8]? {
    let value = try plain(evaluate(expression))
    let type = value.type.stripped
    guard !type.isAggregate, type.kind != .void else { throw ExpressionError("Value can't be converted to integer.") }
    if !type.isArray, try address(ofPlain: value).isNull { return nil }
    return try text(value)
  }

  func wholeNumber(_ expression: String) throws(ExpressionError) -> Int64 {
    let value = try plain(evaluate(expression))
    let type = value.type.stripped
    guard type.isNumber || type.isAddress || type.kind == .memberPointer else {
      throw ExpressionError("Value can't be converted to integer.")
    }
    return Int64(
      truncatingIfNeeded: type.isFunction ? Int128(try address(ofPlain: value).rawValue) : try whole(value).signed)
  }

  func floatingNumber(_ expression: String) throws(ExpressionError) -> Double {
    Double(try floating(cast(plain(evaluate(expression)), to: .double)))
  }

  private func pointee(_ value: Value) throws(ExpressionError) -> Value { try plain(value) }

  private func memory(_ value: Value, count: Int) throws(ExpressionError) -> [UInt8] {
    if value.type.stripped.isArray, value.address == nil { return Array(try bytes(of: value).prefix(count)) }
    let start = try address(ofPlain: value)
    return try wrap { () throws(Unavailability) in
      do throws(MemoryError) {
        return try scope.memory.bytes(start, count: count)
      } catch {
        throw .memory(error.address)
      }
    }
  }

  /// An enumerator's name, or the number, as a string.
  private func enumeratorName(_ value: Value) throws(ExpressionError) -> Value {
    let number = try integer(value)
    let found = value.type.stripped.enumerators.first { Int128($0.value) == number.signed }?.name
    let bytes = Array((found ?? number.decimal).utf8) + [0]
    return Value(type: .array(of: .char, count: UInt64(bytes.count)), bytes: bytes, source: scope)
  }

  /// By POSIX's extended expressions, anchored at the start, as Python's `re.match` is, which gdb uses.
  private static func matches(_ text: [UInt8], pattern: [UInt8]) throws(ExpressionError) -> Bool {
    var compiled = regex_t()
    let source = String(decoding: pattern, as: UTF8.self)
    guard regcomp(&compiled, source, REG_EXTENDED) == 0 else { throw ExpressionError("Invalid regexp: \(source)") }
    defer { regfree(&compiled) }
    var match = regmatch_t()
    return regexec(&compiled, String(decoding: text, as: UTF8.self), 1, &match, 0) == 0 && match.rm_so == 0
  }
}
