import DebugInfo
import MachineModel

/// Values of Fortran, in its own notation, as gdb writes them.
extension ValueRenderer {
  /// False where the value is written as C's would be.
  mutating func renderFortran(_ value: Value, _ type: DataType, depth: Int) -> Bool {
    switch type.kind {
    case .array where type.layout.isString: fortranString(value, type)
    case .array: array(value, type, depth: depth, style: .fortran)
    case .aggregate: fortranStructure(value, type, depth: depth)
    case .base(.boolean) where isNatural: logical(value)
    case .base(.complexFloat) where isNatural: fortranComplex(value, type)
    case .base(.unsignedCharacter) where isNatural && type.name == "character":
      guard let code = try? value.integer().bits else { return false }
      write(TextLiteral.character(UInt32(truncatingIfNeeded: code), CharacterType(width: 1)))
    default: return false
    }
    return true
  }

  private mutating func fortranString(_ value: Value, _ type: DataType) {
    guard let count = type.arrayCount else { return write(Unavailability.incompleteType.placeholder) }
    let size = min(count, UInt64(min(elementLimit, 1 << 16)))
    do throws(Unavailability) {
      let contents = try value.contents(from: 0, count: size)
      if let reason = contents.missing { throw reason }
      let literal = TextLiteral(type: CharacterType(width: 1), limit: elementLimit, repeats: repeatLimit, quote: "'")
      write(literal.string(contents.bytes, isCut: size < count))
    } catch {
      write(error.placeholder)
    }
  }

  /// `( x = 1, y = 2.5 )`.
  private mutating func fortranStructure(_ value: Value, _ type: DataType, depth: Int) {
    guard !isBeyondDepth(depth) else { return write("{...}") }
    write("( ")
    for (index, field) in type.members.prefix(Self.memberLimit).enumerated() where !isExhausted {
      if index > 0 { write(settings.printPretty ? "," : ", ") }
      newLine(depth + 1)
      write((field.name ?? "") + " = ")
      if let part = value.part(field) { render(part, depth: depth + 1, isMember: true) }
    }
    newLine(depth)
    write(" )")
  }

  private mutating func logical(_ value: Value) {
    do throws(Unavailability) {
      let bits = try value.integer()
      write(bits.bits == 0 ? ".FALSE." : bits.bits == 1 ? ".TRUE." : bits.decimal)
    } catch {
      write(error.placeholder)
    }
  }

  /// `(1.5,-2.5)`.
  private mutating func fortranComplex(_ value: Value, _ type: DataType) {
    do throws(Unavailability) {
      let parts = try complexParts(value, type)
      write("(" + parts.joined(separator: ",") + ")")
    } catch {
      write(error.placeholder)
    }
  }
}
