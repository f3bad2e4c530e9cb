import DebugInfo
import MachineModel

/// The types of Swift that expressions make up by themselves.
enum SwiftPrimitive {
  static var int: DataType { DataType(.base(.signed), name: "Int", byteSize: 8, language: .swift) }
  static var double: DataType { DataType(.base(.float), name: "Double", byteSize: 8, language: .swift) }
  static var bool: DataType { DataType(.base(.boolean), name: "Bool", byteSize: 1, language: .swift) }
}

/// What Swift's expressions mean, where they mean something else than C's: optionals, elements of its library's
/// containers, the properties of them that can be told without a call.
extension ExpressionEvaluator {
  var isSwift: Bool { scope.language == .swift }

  /// nil for those that are C's too.
  func swiftLiteral(_ expression: Expression) -> Value? {
    switch expression {
    case .integer(let number, _, _) where number <= Int64.max:
      Value(type: SwiftPrimitive.int, integer: Int64(number), source: scope)
    case .floating(let number, _): Value(type: SwiftPrimitive.double, floating: number, source: scope)
    case .boolean(let isTrue): Value(type: SwiftPrimitive.bool, integer: isTrue ? 1 : 0, source: scope)
    default: nil
    }
  }

  // MARK: Optionals

  /// What an optional holds; nil for Swift's `nil`, the value itself where it is no optional.
  func payload(of value: Value) throws(ExpressionError) -> Value? {
    let type = value.type.stripped
    return try wrap { () throws(Unavailability) in
      if type.kind == .pointer { return try value.pointed().rawValue == 0 ? nil : value }
      guard type.name?.hasSuffix("?") == true, let variant = try value.activeVariant() else { return value }
      return variant.name == "none" ? nil : variant.content
    }
  }

  func unwrapped(_ value: Value) throws(ExpressionError) -> Value {
    guard let payload = try payload(of: value) else {
      throw ExpressionError("Unexpectedly found nil while unwrapping an Optional value.")
    }
    return payload
  }

  // MARK: Members and elements

  /// A tuple's element by its number, a property of a container; nil where what the languages share decides.
  func swiftMember(_ name: String, of object: Value) throws(ExpressionError) -> Value? {
    let type = object.type.stripped
    if name.hasPrefix("__"), let number = Int(name.dropFirst(2)), type.name?.hasPrefix("(") == true {
      guard type.members.indices.contains(number) else {
        throw ExpressionError("The tuple has no element \(number), there are only \(type.members.count).")
      }
      return object.part(type.members[number])
    }
    guard object.member(named: name) == nil, type.isAggregate else { return nil }
    if name == "count" || name == "isEmpty", let text = try swiftText(of: object) {
      return name == "isEmpty" ? truthValue(text.isEmpty) : int(String(decoding: text, as: UTF8.self).count)
    }
    guard let elements = swiftView(of: object)?.children else { return nil }
    switch name {
    case "count": return int(elements.count(upTo: .max))
    case "isEmpty": return truthValue(elements.count(upTo: 1) == 0)
    case "first": return try swiftElement(at: 0, of: elements)
    case "last": return try swiftElement(at: elements.count(upTo: .max) - 1, of: elements)
    default: return nil
    }
  }

  /// `array[1]`, `dictionary["key"]`; nil for what is no container. What a dictionary has not is `nil` for Swift; there
  /// is no value to show for it.
  func swiftElement(_ base: Value, _ index: Value) throws(ExpressionError) -> Value? {
    guard let view = swiftView(of: base), let elements = view.children else { return nil }
    if view.shape == .pairs {
      guard let found = try value(in: elements, by: index) else { throw ExpressionError("nil: there is no such key.") }
      return found
    }
    guard base.type.stripped.name?.hasPrefix("Set<") == false else { return nil }
    // A slice keeps the indexes of what it is a slice of.
    let start = base.member(named: "_startIndex").flatMap { try? $0.integer().signed } ?? 0
    let position = Int(clamping: try integer(index).signed - start)
    guard position >= 0, position < elements.count(upTo: .max) else { throw ExpressionError("Index out of range") }
    return try swiftElement(at: position, of: elements)
  }

  private func swiftElement(at index: Int, of elements: any SyntheticChildren) throws(ExpressionError) -> Value {
    guard let child = try wrap({ () throws(Unavailability) in try elements.child(at: index) }) else {
      throw ExpressionError("nil: there is no such element.")
    }
    return child.value
  }

  /// The view by the library's own formatters.
  func swiftView(of value: Value) -> SyntheticView? {
    guard value.type.stripped.isAggregate else { return nil }
    return Formatters.view(of: value, settings: SessionSettings())
  }

  /// The UTF-8 of a string; nil for what is none.
  func swiftText(of value: Value) throws(ExpressionError) -> [UInt8]? {
    guard let name = value.type.stripped.name, ["String", "Substring", "Character"].contains(name),
      case .string(let characters)? = swiftView(of: value)?.summary.first
    else { return nil }
    return characters.type.size == 0 ? [] : try bytes(of: characters)
  }

  // MARK: Operators

  /// Of strings, and of optionals, which are compared as what they hold; nil where C's rules hold.
  func swiftOperation(
    _ operation: Expression.Binary, _ left: Value, _ right: Value
  ) throws(ExpressionError) -> Value? {
    let isOptional = [left, right].contains {
      $0.type.stripped.name?.hasSuffix("?") == true && $0.type.stripped.isAggregate
    }
    if isOptional {
      let (first, second) = (try payload(of: left), try payload(of: right))
      if let first, let second { return try binary(operation, first, second) }
      guard operation == .equal || operation == .notEqual else {
        _ = try unwrapped(first == nil ? left : right)
        return nil
      }
      return truthValue((first == nil && second == nil) == (operation == .equal))
    }
    guard operation.isComparison, let first = try text(of: left), let second = try text(of: right) else { return nil }
    let order = first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
    return truthValue(Self.compare(operation, order, 0))
  }

  private func int(_ number: Int) -> Value { Value(type: SwiftPrimitive.int, integer: Int64(number), source: scope) }
}
