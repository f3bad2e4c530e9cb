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
    case .base, .aggregate, .unspecified: return nil
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

  /// True for the types that a string's quotes alone tell, by the names that C has for them.
  var isPlainCharacter: Bool { ["char", "wchar_t", "char16_t", "char32_t"].contains(unqualified.name) }
  package var isFloating: Bool { kind == .base(.float) }
  package var isSigned: Bool { encoding == .signed || encoding == .signedCharacter }
}
