import DebugInfo

/// What may follow an object or a type in an expression that is being typed.
package struct MemberName: Sendable, Equatable {
  package let name: String
  /// A field's type, or what else it is.
  package let detail: String
}

/// The names that classes give to their parts, each once: what hides others comes first.
struct MemberNames {
  private enum Sort {
    case field(DataType)
    case other(String)
  }
  private var names: [String] = []
  private var sorts: [String: Sort] = [:]

  /// So that no table, however damaged, makes a list without end.
  private static let most = 10_000
  private static let deepest = 32

  /// The fields and methods of a class, of its base classes and of its anonymous members.
  mutating func add(membersOf type: DataType, depth: Int = 0) {
    guard depth < Self.deepest, type.isAggregate else { return }
    let nested = type.members.filter { $0.isBase || $0.isAnonymousAggregate }
    for member in type.members where !member.isBase && !member.isAnonymousAggregate && !member.isArtificial {
      add(member.name, .field(member.type))
    }
    add(methodsOf: type)
    for member in nested where names.count < Self.most { add(membersOf: member.type.stripped, depth: depth + 1) }
  }

  /// What `Type::` leads to.
  mutating func add(scopeOf type: DataType) {
    func last(_ name: String) -> String { ExpressionParser.split(name)?.name ?? name }
    for enumerator in type.enumerators { add(last(enumerator.name), .other("enumerator")) }
    for variant in type.variantPart?.variants ?? [] {
      for member in variant.members { add(member.name, .other("variant")) }
    }
    for member in type.members where member.kind == .staticField { add(member.name, .field(member.type)) }
    add(methodsOf: type)
    for typedef in type.typedefs { add(typedef.name, .other("type")) }
  }

  /// Those that the language's library gives to a value.
  mutating func add(properties: [String]) {
    for property in properties { add(property, .other("property")) }
  }

  /// Without those that have no name to be called by: constructors, destructors, operators.
  private mutating func add(methodsOf type: DataType) {
    let own = type.name.flatMap { ExpressionParser.split($0)?.name ?? $0 }?.prefix { $0 != "<" }
    for method in type.methods where !method.isArtificial && method.name.prefix(while: { $0 != "<" }) != own ?? "" {
      let rest = method.name.hasPrefix("operator") ? method.name.dropFirst(8).first : nil
      let isOperator = rest.map { !($0.isLetter || $0.isNumber || $0 == "_") } ?? false
      if !isOperator, !method.name.hasPrefix("~") { add(method.name, .other("method")) }
    }
  }

  private mutating func add(_ name: String?, _ sort: Sort) {
    guard let name, !name.isEmpty, names.count < Self.most, sorts[name] == nil else { return }
    names.append(name)
    sorts[name] = sort
  }

  /// Sorted, at most `limit`; a tuple's fields by their numbers alone, as they are written.
  func named(prefix: String, language: SourceLanguage, limit: Int) -> [MemberName] {
    let printer = TypePrinter(language: language)
    let wanted = language == .fortran ? prefix.lowercased() : prefix
    let shown = names.map {
      (name: $0, text: Int($0.dropFirst(2)) != nil && $0.hasPrefix("__") ? String($0.dropFirst(2)) : $0)
    }
    return shown.filter { $0.text.hasPrefix(wanted) }.sorted { $0.text < $1.text }.prefix(max(0, limit)).map {
      name, text in
      switch sorts[name] {
      case .field(let type): MemberName(name: text, detail: printer.name(type))
      case .other(let detail): MemberName(name: text, detail: detail)
      case nil: MemberName(name: text, detail: "")
      }
    }
  }
}

extension ExpressionEvaluator {
  /// What may follow `object.` or `object->`; of a type that a language has a `.` behind, what is in its scope.
  func members(of object: String, isArrow: Bool) throws(ExpressionError) -> MemberNames {
    switch try evaluateOrType(object) {
    case .type(let type): return members(in: type)
    case .value(let value): return members(of: value, isArrow: isArrow)
    }
  }

  /// What may follow `Type::`.
  func members(inScope name: String) -> MemberNames {
    scope.type(named: name).map(members(in:)) ?? MemberNames()
  }

  private func members(in type: DataType) -> MemberNames {
    var names = MemberNames()
    names.add(scopeOf: type.stripped)
    return names
  }

  private func members(of value: Value, isArrow: Bool) -> MemberNames {
    var names = MemberNames()
    guard let object = try? object(value, isArrow: isArrow) else {
      // What is optimised out or can't be read has a type all the same.
      var type = value.type.stripped
      for _ in 0..<3 where type.isReference || type.kind == .pointer { type = (type.target ?? .void).stripped }
      names.add(membersOf: type)
      return names
    }
    if isRust, let variant = try? object.activeVariant() {
      names.add(membersOf: variant.content.type.stripped)
    }
    if scope.seesWholeObjects, let whole = object.wholeObject() { names.add(membersOf: whole.type.stripped) }
    names.add(membersOf: object.type.stripped)
    if isSwift, swiftView(of: object)?.children != nil { names.add(properties: ["count", "isEmpty", "first", "last"]) }
    return names
  }
}
