import DebugInfo
import MachineModel

/// Structures, enums, tuples and ranges of Rust that an expression spells out.
extension ExpressionEvaluator {
  /// `type` may be the structure of an enum's variant: then the value is the enum's.
  func record(
    _ type: DataType, _ fields: [(name: String, value: Expression)], rest: Expression?
  ) throws(ExpressionError) -> Value {
    let holder = type.name.flatMap(DataType.scope).flatMap(scope.type)?.stripped
    let variant = holder?.variantPart?.variants.first { $0.members.first?.type.stripped === type }
    let whole = variant == nil ? type : holder ?? type
    guard let size = whole.size, size <= Value.largestRead else { throw ExpressionError(.incompleteType) }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    if let rest {
      let given = try plain(value(of: rest))
      guard given.type.stripped === whole || given.type.stripped.name == whole.name, given.type.size == size else {
        throw ExpressionError("The rest of a structure has to be of its own type.")
      }
      bytes = try self.bytes(of: given)
    }
    let start = variant?.members.first?.offset ?? 0
    for (name, expression) in fields {
      guard let field = type.members.first(where: { $0.name == name }) else {
        throw ExpressionError("Could not find field '\(name)' in \(type.name ?? "the structure")")
      }
      let part = try self.bytes(of: cast(value(of: expression), to: field.type))
      try put(part, at: start &+ field.offset, in: &bytes)
    }
    if let part = holder?.variantPart, let discriminant = part.discriminant, let range = variant?.discriminants.first {
      let number = Value(type: discriminant.type, integer: range.lowerBound, source: scope)
      try put(self.bytes(of: number), at: discriminant.offset, in: &bytes)
    }
    return Value(type: whole, bytes: bytes, source: scope)
  }

  private func put(_ part: [UInt8], at offset: UInt64, in bytes: inout [UInt8]) throws(ExpressionError) {
    let start = Int(clamping: offset)
    guard start <= bytes.count, part.count <= bytes.count - start else { throw ExpressionError("Invalid cast.") }
    bytes.replaceSubrange(start..<(start + part.count), with: part)
  }

  func tuple(_ elements: [Expression]) throws(ExpressionError) -> Value {
    var values: [Value] = []
    for element in elements { values.append(try value(of: element)) }
    let fields = values.enumerated().map { (name: "__\($0.offset)", value: $0.element) }
    return try structure(scope.rustTuple(of: values.map(\.type)), fields)
  }

  /// The program's tuples may have their fields in another order than one that was spelled out; nil for what is no
  /// tuple.
  func castTuple(_ value: Value, to type: DataType) throws(ExpressionError) -> Value? {
    let (source, target) = (value.type.stripped, type.stripped)
    guard source.name?.hasPrefix("(") == true, target.name?.hasPrefix("(") == true,
      source.members.count == target.members.count
    else { return nil }
    var fields: [(name: String, value: Value)] = []
    for member in target.members {
      guard let name = member.name, let field = value.member(named: name) else { return nil }
      fields.append((name, try cast(field, to: member.type)))
    }
    return try structure(target, fields)
  }

  /// `1..3` as a value; the type's name is the one that gdb has for it.
  func range(from lower: Expression?, to upper: Expression?, isClosed: Bool) throws(ExpressionError) -> Value {
    var fields: [(name: String, value: Value)] = []
    if let lower { fields.append(("start", try plain(value(of: lower)))) }
    if let upper { fields.append(("end", try plain(value(of: upper)))) }
    if fields.count == 2, !fields[0].value.type.stripped.isSame(as: fields[1].value.type.stripped) {
      throw ExpressionError("Range expression with different types")
    }
    let sort =
      switch (lower == nil, upper == nil) {
      case (true, true): "Full"
      case (false, true): "From"
      case (true, false): isClosed ? "ToInclusive" : "To"
      case (false, false): isClosed ? "Inclusive" : ""
      }
    return try structure(.rustStructure("std::ops::Range" + sort, fields.map { ($0, $1.type) }), fields)
  }

  private func structure(_ type: DataType, _ fields: [(name: String, value: Value)]) throws(ExpressionError) -> Value {
    var bytes = [UInt8](repeating: 0, count: Int(clamping: min(type.size ?? 0, Value.largestRead)))
    for (name, value) in fields {
      guard let field = type.members.first(where: { $0.name == name }) else { throw ExpressionError("Invalid cast.") }
      try put(self.bytes(of: value), at: field.offset, in: &bytes)
    }
    return Value(type: type, bytes: bytes, source: scope)
  }
}

extension EvaluationScope {
  /// The program's type of that name where it has one, as that may be laid out in another order.
  func rustTuple(of types: [DataType]) -> DataType {
    let names = types.map(TypePrinter(language: .rust).name).joined(separator: ", ")
    let name = "(" + names + (types.count == 1 ? ",)" : ")")
    return type(named: name)?.stripped
      ?? .rustStructure(name, types.enumerated().map { ("__\($0.offset)", $0.element) })
  }
}
