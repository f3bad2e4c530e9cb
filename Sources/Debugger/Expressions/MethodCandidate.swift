import DebugInfo

/// A method that a call may mean, and the object that it would be called with.
struct MethodCandidate {
  /// The (sub)object of the class that declares it.
  let object: Value
  let method: DataType.Method
  var owner: DataType { object.type.stripped }
}

/// How well arguments fit what a function takes: the lower, the better (the order of C++'s conversion sequences,
/// [over.ics.rank], as far as debug information tells them).
enum ConversionRank {
  private static let qualification = 1, promotion = 4, conversion = 8, toBase = 12, toVoid = 40, toBool = 48
  /// Not in the language, but what a user of a debugger may want.
  private static let forced = 400

  /// nil where they do not fit at all.
  static func total(_ arguments: [Value], for parameters: [DataType], isVariadic: Bool) -> Int? {
    guard arguments.count == parameters.count || isVariadic && arguments.count > parameters.count else { return nil }
    var sum = arguments.count > parameters.count ? forced / 2 : 0
    for (argument, parameter) in zip(arguments, parameters) {
      guard let rank = rank(argument, parameter) else { return nil }
      sum += rank
    }
    return sum
  }

  private static func rank(_ argument: Value, _ parameter: DataType) -> Int? {
    var wanted = parameter.withoutTypedefs
    var penalty = 0
    if wanted.isReference {
      let isTemporary = argument.address == nil
      let target = wanted.target ?? .void
      // A temporary goes to `const T&` or `T&&`, an object to `T&` first.
      if wanted.kind == .rvalueReference, !isTemporary { penalty += forced }
      if wanted.kind == .reference, isTemporary, !target.isConstant { penalty += forced }
      if target.isConstant, !isTemporary, !argument.type.isConstant { penalty += qualification }
      wanted = target.withoutTypedefs
    }
    // Of numbers, only a zero is a pointer ([conv.ptr]).
    if wanted.stripped.kind == .pointer, argument.type.stripped.isIntegral {
      return (try? argument.integer().bits) == 0 ? toVoid + penalty : nil
    }
    return rank(argument.type.stripped, wanted.stripped).map { $0 + penalty }
  }

  private static func rank(_ given: DataType, _ wanted: DataType) -> Int? {
    if given.isSame(as: wanted) { return 0 }
    switch wanted.kind {
    case .pointer: return rank(given, pointer: wanted)
    case .aggregate:
      guard given.isAggregate, let depth = given.distance(toBase: wanted, depth: 0) else { return nil }
      return toBase + depth
    case .base(.boolean): return given.isNumber ? conversion : given.isAddress ? toBool : nil
    case .enumeration: return given.isIntegral ? forced : nil
    case .memberPointer: return given.kind == .memberPointer ? conversion : nil
    default: break
    }
    if wanted.isFloating {
      if given.isFloating { return (given.size ?? 0) < (wanted.size ?? 0) ? promotion : conversion }
      return given.isIntegral ? conversion : nil
    }
    guard wanted.isIntegral else { return nil }
    if given.isAddress { return given.kind == .pointer ? forced : nil }
    guard given.isNumber else { return nil }
    if given.isIntegral, given.size == wanted.size, given.isSigned == wanted.isSigned, !given.isEnumeration,
      given.encoding == wanted.encoding
    {
      return qualification
    }
    let isPromoted = given.isIntegral && (given.size ?? 4) < 4 || given.isEnumeration
    return isPromoted && wanted.name == "int" ? promotion : conversion
  }

  private static func rank(_ given: DataType, pointer wanted: DataType) -> Int? {
    guard given.isAddress else { return given.kind == .unspecified ? conversion : nil }
    let from = (given.isFunction ? given : given.target ?? .void).withoutTypedefs
    let to = (wanted.target ?? .void).withoutTypedefs
    var penalty = 0
    if to.isConstant, !from.isConstant { penalty = qualification }
    if from.isConstant, !to.isConstant { penalty = forced }
    if from.stripped.isSame(as: to.stripped) { return penalty }
    if to.stripped.kind == .void { return toVoid + penalty }
    if let depth = from.stripped.distance(toBase: to.stripped, depth: 0) { return toBase + depth + penalty }
    return forced + penalty
  }
}

extension DataType {
  /// Without its typedefs, but with its qualifiers.
  var withoutTypedefs: DataType {
    var type = self
    for _ in 0..<64 {
      guard type.kind == .typedef, let target = type.target else { return type }
      type = target
    }
    return type
  }

  /// True for `const T`, by whatever name.
  fileprivate var isConstant: Bool {
    var type = self
    for _ in 0..<64 {
      switch type.kind {
      case .const: return true
      case .typedef, .volatile, .restrict, .atomic:
        guard let target = type.target else { return false }
        type = target
      default: return false
      }
    }
    return false
  }

  /// True where both are stripped and one type: units describe the same one each for itself.
  func isSame(as other: DataType) -> Bool { isSame(as: other, depth: 0) }

  private func isSame(as other: DataType, depth: Int) -> Bool {
    if self === other { return true }
    guard depth < 8 else { return true }
    switch (kind, other.kind) {
    case (.base(let one), .base(let two)): return one == two && size == other.size && name == other.name
    case (.aggregate, .aggregate), (.enumeration, .enumeration): return name != nil && name == other.name
    case (.pointer, .pointer), (.reference, .reference), (.rvalueReference, .rvalueReference):
      let (one, two) = ((target ?? .void), (other.target ?? .void))
      return one.isConstant == two.isConstant && one.stripped.isSame(as: two.stripped, depth: depth + 1)
    case (.array(let one), .array(let two)):
      return one == two && (target ?? .void).stripped.isSame(as: (other.target ?? .void).stripped, depth: depth + 1)
    case (.function, .function):
      return parameters.count == other.parameters.count
        && zip(parameters, other.parameters).allSatisfy { $0.stripped.isSame(as: $1.stripped, depth: depth + 1) }
    default: return kind == other.kind && name != nil && name == other.name
    }
  }

  /// How many classes up a base class is; nil where it is none.
  func distance(toBase base: DataType, depth: Int = 0) -> Int? {
    guard isAggregate, base.isAggregate, depth < 16 else { return nil }
    if isSame(as: base) { return 0 }
    return members.filter(\.isBase).compactMap { $0.type.stripped.distance(toBase: base, depth: depth + 1) }.min()
      .map { $0 + 1 }
  }
}
