import DebugInfo
import MachineModel

/// Operators on the processor's vectors.
extension ExpressionEvaluator {
  /// No processor's vectors have more elements.
  private static let mostElements: UInt64 = 512

  /// A vector of the same type, each of whose elements is made of one of the operand's.
  func vector(
    like operand: Value, _ body: (Value) throws(ExpressionError) -> Value
  ) throws(ExpressionError) -> Value {
    try vector(like: operand) { (element, _) throws(ExpressionError) in try body(element) }
  }

  private func vector(
    like operand: Value, _ body: (Value, Int64) throws(ExpressionError) -> Value
  ) throws(ExpressionError) -> Value {
    let type = operand.type.stripped
    guard case .array(let count?) = type.kind, count <= Self.mostElements, let element = type.target else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    var bytes: [UInt8] = []
    for index in 0..<Int64(count) {
      guard let part = operand.element(at: index) else { throw ExpressionError("no such vector element") }
      bytes += try self.bytes(of: cast(body(part, index), to: element))
    }
    return Value(type: operand.type, bytes: bytes, source: scope)
  }

  /// Element by element; a number stands for a vector of it. Vectors are compared as a whole, as gdb does.
  func vectorOperation(
    _ operation: Expression.Binary, _ left: Value, _ right: Value
  ) throws(ExpressionError) -> Value {
    let (leftType, rightType) = (left.type.stripped, right.type.stripped)
    if leftType.layout.isVector, rightType.layout.isVector {
      guard leftType.size == rightType.size, leftType.kind == rightType.kind else {
        throw ExpressionError("Cannot perform operation on vectors with different types")
      }
      if operation == .equal || operation == .notEqual {
        return truthValue(try (bytes(of: left) == bytes(of: right)) == (operation == .equal))
      }
      return try vector(like: left) { (element, index) throws(ExpressionError) in
        guard let other = right.element(at: index) else { throw ExpressionError("no such vector element") }
        return try binary(operation, element, other)
      }
    }
    let isLeft = leftType.layout.isVector
    guard (isLeft ? rightType : leftType).isNumber else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    return try vector(like: isLeft ? left : right) { (element) throws(ExpressionError) in
      try isLeft ? binary(operation, element, right) : binary(operation, left, element)
    }
  }
}
