import DebugInfo

/// `==` as a class may have its compiler write it (C++20, [class.eq], [over.match.oper]).
extension ExpressionEvaluator {
  /// nil where the operands are not of one class with `operator==(…) = default`.
  func defaultedComparison(_ symbol: String, _ operands: [Value]) throws(ExpressionError) -> Value? {
    guard symbol == "==" || symbol == "!=", operands.count == 2, let left = operands.first, let right = operands.last
    else { return nil }
    let type = left.type.stripped
    guard type.isAggregate, type.isSame(as: right.type.stripped) else { return nil }
    let equality = methods(named: "operator==", of: left).filter { !$0.method.isStatic }
    // `!=` is what `==` is not.
    if symbol == "!=", !equality.isEmpty, methods(named: "operator!=", of: left).isEmpty {
      return truthValue(!(try isTrue(binary(.equal, left, right))))
    }
    guard symbol == "==", equality.contains(where: \.method.isDefaulted) else { return nil }
    for member in type.members where member.kind != .staticField && !member.isVirtualTable {
      guard let one = left.part(member), let other = right.part(member) else { continue }
      guard try isTrue(equal(one, other)) else { return truthValue(false) }
    }
    return truthValue(true)
  }

  private func equal(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    let (left, right) = (try plain(left), try plain(right))
    guard left.type.stripped.isArray, !left.type.stripped.layout.isVector else {
      return try binary(.equal, left, right)
    }
    guard case .array(let count?) = left.type.stripped.kind, count <= 1 << 16 else {
      throw ExpressionError("Cannot compare arrays of unknown or great length.")
    }
    for index in 0..<Int64(count) {
      guard let one = left.element(at: index), let other = right.element(at: index) else { break }
      guard try isTrue(equal(one, other)) else { return truthValue(false) }
    }
    return truthValue(true)
  }
}
