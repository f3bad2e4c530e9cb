package import DebugInfo

/// Questions about a type that look through names and qualifiers. All are bounded, so that a type which a
/// damaged file makes lead to itself ends too.
extension DataType {
  /// How many typedefs and qualifiers are looked through.
  private static let chainLimit = 64

  /// Without typedefs and qualifiers; nil stands for `void`'s absence of a target.
  package var stripped: DataType {
    var type = self
    for _ in 0..<Self.chainLimit {
      switch type.kind {
      case .typedef, .const, .volatile, .restrict, .atomic:
        guard let target = type.target else { return .void }
        type = target
      default: return type
      }
    }
    return type
  }

  /// Without qualifiers, but still by its typedef's name.
  package var unqualified: DataType {
    var type = self
    for _ in 0..<Self.chainLimit {
      switch type.kind {
      case .const, .volatile, .restrict, .atomic:
        guard let target = type.target else { return .void }
        type = target
      default: return type
      }
    }
    return type
  }

  /// In bytes; nil where it is incomplete. Arrays that do not say are as long as their elements.
  package var size: UInt64? { size(depth: 0) }

  private func size(depth: Int) -> UInt64? {
    if let byteSize { return byteSize }
    guard depth < Self.chainLimit else { return nil }
    switch kind {
    case .pointer, .reference, .rvalueReference: return 8
    case .memberPointer: return target?.stripped.isFunction == true ? 16 : 8
    case .typedef, .const, .volatile, .restrict, .atomic, .enumeration: return target?.size(depth: depth + 1)
    case .array(let count):
      guard let count, let element = target?.size(depth: depth + 1) else { return nil }
      let product = count.multipliedReportingOverflow(by: element)
      return product.overflow ? nil : product.partialValue
    case .void, .function: return 1
    case .base, .aggregate, .unspecified, .namespace: return nil
    }
  }

  package var isFunction: Bool { if case .function = kind { true } else { false } }
  package var isArray: Bool { if case .array = kind { true } else { false } }
  package var isAggregate: Bool { if case .aggregate = kind { true } else { false } }
  package var isEnumeration: Bool { if case .enumeration = kind { true } else { false } }
  package var isReference: Bool { kind == .reference || kind == .rvalueReference }
  /// The underlying encoding of an integer-like type (an enumeration's base counts); nil for others.
  package var encoding: Encoding? {
    switch kind {
    case .base(let encoding): encoding
    case .enumeration: (target?.stripped.encoding) ?? (enumerators.contains { $0.value < 0 } ? .signed : .unsigned)
    default: nil
    }
  }
  /// True for a base type or enumeration that arithmetic takes as an integer.
  package var isIntegral: Bool {
    switch encoding {
    case .boolean, .signed, .unsigned, .signedCharacter, .unsignedCharacter, .utf, .address: true
    case .float, .complexFloat, .complexInteger, .decimal, nil: false
    }
  }
  /// The data member at a byte of the aggregate, with the class that declares it: its own, or a base class's.
  func dataMember(at offset: UInt64, depth: Int = 0) -> (owner: DataType, name: String)? {
    guard depth < 32 else { return nil }
    let own = members.first { $0.kind == .field && $0.offset == offset && $0.name != nil && !$0.isVirtualTable }
    if let name = own?.name { return (self, name) }
    for base in members where base.kind == .base(isVirtual: false) && base.offset <= offset {
      if let found = base.type.stripped.dataMember(at: offset - base.offset, depth: depth + 1) { return found }
    }
    return nil
  }

  /// The virtual method that a class, or the base class at `adjustment` bytes in it, has at an index of its table
  /// (Itanium C++ ABI §2.3).
  func virtualMethod(_ index: UInt64, adjustment: Int64, depth: Int = 0) -> (method: Method, owner: DataType)? {
    guard depth < 32 else { return nil }
    if adjustment == 0, let own = methods.first(where: { $0.isVirtual && $0.virtualIndex == index }) {
      return (own, self)
    }
    for base in members where base.isBase {
      let (rest, overflow) = adjustment.subtractingReportingOverflow(Int64(clamping: base.offset))
      guard !overflow, rest >= 0, UInt64(rest) < max(1, base.type.stripped.size ?? 1) else { continue }
      if let found = base.type.stripped.virtualMethod(index, adjustment: rest, depth: depth + 1) { return found }
    }
    return nil
  }

  /// True for the types that a string's quotes alone tell, by the names that C has for them.
  var isPlainCharacter: Bool { ["char", "wchar_t", "char16_t", "char32_t"].contains(unqualified.name) }
  package var isFloating: Bool { kind == .base(.float) }
  /// The type of a complex number's real and imaginary part; nil for other types.
  var complexPart: DataType? {
    guard kind == .base(.complexFloat) || kind == .base(.complexInteger), let size = byteSize, size % 2 == 0 else {
      return nil
    }
    let half = size / 2
    if kind == .base(.complexInteger) {
      let isSigned = name?.contains("unsigned") != true
      let names = [1: "char", 2: "short", 4: "int", 8: "long", 16: "__int128"]
      let plain = names[Int(clamping: half)]
      let name = plain.map { isSigned ? $0 : "unsigned " + $0 }
      return DataType(.base(isSigned ? .signed : .unsigned), name: name, byteSize: half)
    }
    let name = half == 4 ? "float" : half == 8 ? "double" : "long double"
    return DataType(.base(.float), name: name, byteSize: half)
  }
  package var isSigned: Bool { encoding == .signed || encoding == .signedCharacter }
}
