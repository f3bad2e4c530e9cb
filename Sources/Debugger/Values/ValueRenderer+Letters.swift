import DebugInfo
import MachineModel

/// The format letters of `print/x` and `x/2dw`, on one number.
extension ValueRenderer {
  /// A scalar in the format that the letter asks for.
  func formattedText(_ value: Value, _ type: DataType) -> String {
    do throws(Unavailability) {
      if let part = type.complexPart {
        return letter == .float ? scalar(value, type) : formattedComplex(value, part) ?? scalar(value, type)
      }
      if case .base(.float) = type.kind, let format = FloatingFormat(type) {
        if letter == .float { return NumberText.floating(try value.integer().bits, format) }
        if letter == .character || letter == .address {
          // These two want a whole number; the others look at the bits.
          let number = format.decode(try value.integer().bits)
          let whole = number.isFinite && abs(number) < 0x1p63 ? Int128(number) : 0
          let bits = IntegerBits(bits: UInt128(bitPattern: whole), width: 64, isSigned: true)
          return formatted(bits, size: 8, type)
        }
      }
      if let size = type.size, size > 16, type.isIntegral {
        let bytes = try wholeBytes(of: value)
        guard letter == .hexadecimal || letter == .zeroPadded else { return scalarText(value, type) }
        let digits = hexadecimalDigits(bytes.reversed())
        let leadingZeros = letter == .zeroPadded ? 0 : digits.dropLast().prefix { $0 == "0" }.count
        return "0x" + digits.dropFirst(leadingZeros)
      }
      let size = Int(min(type.size ?? 8, 16))
      // A bit-field counts as its type, so that a negative one keeps its sign.
      let bits = try value.integer().resized(width: size * 8, isSigned: type.isSigned)
      if letter == .character, let character = CharacterType(value.type), character.width > 1 {
        return bits.decimal + " " + TextLiteral.character(UInt32(truncatingIfNeeded: bits.bits), character)
      }
      return formatted(bits, size: size, type)
    } catch {
      return error.placeholder
    }
  }

  /// Each of the two parts by itself; nil where they are too wide to be formatted.
  private func formattedComplex(_ value: Value, _ part: DataType) -> String? {
    guard let size = part.size, size <= 16 else { return nil }
    return [0, size].map { formattedText(value.part(of: part, offset: $0), part) }.joined(separator: " + ") + "i"
  }

  private func scalar(_ value: Value, _ type: DataType) -> String {
    var natural = ValueRenderer(settings: settings, language: language, letter: .natural, source: source)
    natural.render(value)
    return natural.text
  }

  /// `isPadded` as `x` has it: hexadecimal and binary numbers as wide as their unit.
  func formatted(_ bits: IntegerBits, size: Int, _ type: DataType?, isPadded: Bool = false) -> String {
    switch letter {
    case .hexadecimal: return hexadecimal(bits.bits, digits: isPadded ? size * 2 : 1)
    case .zeroPadded: return hexadecimal(bits.bits, digits: size * 2)
    case .octal: return NumberText.octal(bits.bits)
    case .binary: return NumberText.binary(bits.bits, digits: isPadded ? size * 8 : 1)
    case .decimal: return bits.reinterpreted(isSigned: true).decimal
    case .unsigned: return String(bits.bits)
    case .address: return addressText(VirtualAddress(UInt64(truncatingIfNeeded: bits.signed)))
    case .character:
      let byte = bits.resized(width: 8, isSigned: bits.isSigned)
      let literal = TextLiteral.character(UInt32(truncatingIfNeeded: byte.bits), .init(width: 1))
      return byte.decimal + " " + literal
    case .float:
      let isNumber = type.map { $0.kind == .base(.float) || $0.isIntegral } ?? true
      guard isNumber, size == 4 || size == 8 || size == 16, let format = floatingFormat(size) else {
        return bits.decimal
      }
      return NumberText.floating(bits.bits, format)
    case .natural, .raw, .string, .instruction: return bits.decimal
    }
  }

  private func floatingFormat(_ size: Int) -> FloatingFormat? {
    FloatingFormat(DataType(.base(.float), byteSize: UInt64(size)))
  }
}
