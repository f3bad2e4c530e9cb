import DebugInfo
import MachineModel

/// Numbers, characters and enumerators, each in its natural form.
extension ValueRenderer {
  func scalarText(_ value: Value, _ type: DataType) -> String {
    do throws(Unavailability) {
      // `decltype(nullptr)` has no size of its own.
      if type.kind == .unspecified, type.size == nil { return try value.viewed(as: .unsignedLong).integer().decimal }
      if case .base(let encoding) = type.kind, let size = type.size {
        if encoding == .complexFloat || encoding == .complexInteger { return try complexText(value, type) }
        // `integer()` has room for 16 bytes.
        if size > 16, type.isIntegral { return NumberText.decimal(try wholeBytes(of: value), isSigned: type.isSigned) }
      }
      let bits = try value.integer()
      if let character = CharacterType(value.type), language != .rust || character.width == 4 {
        let number = value.type.stripped.isSigned ? bits.decimal : String(bits.bits)
        let code = bits.resized(width: character.width * 8, isSigned: bits.isSigned).bits
        return number + " " + TextLiteral.character(UInt32(truncatingIfNeeded: code), character)
      }
      switch type.kind {
      case .enumeration: return enumerationText(bits, type)
      // Swift's compiler writes a constant `true` with all bits set.
      case .base(.boolean) where type.language == .swift: return bits.bits & 1 == 1 ? "true" : "false"
      case .base(.boolean): return bits.bits == 0 ? "false" : bits.bits == 1 ? "true" : bits.decimal
      case .base(.float): return FloatingFormat(type).map { NumberText.floating(bits.bits, $0) } ?? bits.decimal
      default: return RegisterValue.flagsText(bits, type) ?? bits.decimal
      }
    } catch {
      return error.placeholder
    }
  }

  /// All the bytes of a number; throws where one is missing.
  func wholeBytes(of value: Value) throws(Unavailability) -> ArraySlice<UInt8> {
    let contents = try value.contents()
    if let reason = contents.missing { throw reason }
    return contents.bytes
  }

  private func complexText(_ value: Value, _ type: DataType) throws(Unavailability) -> String {
    try complexParts(value, type).joined(separator: " + ") + "i"
  }

  /// The real part and the imaginary one, which lie in this order.
  func complexParts(_ value: Value, _ type: DataType) throws(Unavailability) -> [String] {
    let bytes = try wholeBytes(of: value)
    let parts = [bytes.prefix(bytes.count / 2), bytes.suffix(bytes.count / 2)]
    if type.kind == .base(.complexInteger) {
      let isSigned = type.name?.contains("unsigned") != true
      return parts.map { NumberText.decimal($0, isSigned: isSigned) }
    }
    let part = DataType(.base(.float), name: type.name, byteSize: UInt64(bytes.count / 2))
    guard let format = FloatingFormat(part), bytes.count <= 32 else { return ["<complex>"] }
    return parts.map { NumberText.floating(IntegerBits(littleEndian: $0, isSigned: false).bits, format) }
  }

  /// An enumerator's name; a combination where all enumerators are single bits; else the number.
  private func enumerationText(_ bits: IntegerBits, _ type: DataType) -> String {
    let enumerators = type.enumerators
    func name(_ enumerator: DataType.Enumerator) -> String { type.enumeratorName(enumerator, language: language) }
    let value = Int64(truncatingIfNeeded: bits.signed)
    if let exact = enumerators.first(where: { $0.value == value }) { return name(exact) }
    let isFlags = enumerators.allSatisfy { $0.value >= 0 && $0.value.nonzeroBitCount <= 1 }
    guard isFlags, value != 0, !bits.isNegative else { return bits.decimal }
    var rest = UInt64(bitPattern: value)
    var names: [String] = []
    for enumerator in enumerators where rest & UInt64(bitPattern: enumerator.value) != 0 {
      names.append(name(enumerator))
      rest &= ~UInt64(bitPattern: enumerator.value)
    }
    if rest != 0 { names.append("unknown: " + hexadecimal(rest)) }
    return "(" + names.joined(separator: " | ") + ")"
  }
}
