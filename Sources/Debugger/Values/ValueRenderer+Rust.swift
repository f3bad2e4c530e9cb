import DebugInfo
import MachineModel

/// Values of Rust, in its own notation, as gdb writes them.
extension ValueRenderer {
  /// False where the value is written as C's would be.
  mutating func renderRust(_ value: Value, _ type: DataType, depth: Int) -> Bool {
    switch type.kind {
    case .aggregate(.union): rustStructure(value, type, depth: depth)
    case .array(count: 0): write("[]")
    case .aggregate(.structure), .aggregate(.class):
      if type.variantPart != nil {
        variant(value, type, depth: depth)
      } else if !slice(value, type, depth: depth) {
        rustStructure(value, type, depth: depth)
      }
    case .pointer where isNatural: return bytesBehindPointer(value, type)
    case .base(.unsigned) where type.size == 0, .void: write("()")
    case .base(.utf) where isNatural: character(value)
    default: return false
    }
    return true
  }

  /// `Point {x: 1, y: 2}`, `Pair (1, 2.5)`, `(1, 2)`, `Unit`. A variant's structure has no space before the brace.
  private mutating func rustStructure(_ value: Value, _ type: DataType, depth: Int, isVariant: Bool = false) {
    let name = type.name ?? ""
    let isTuple = name.isEmpty || name.hasPrefix("(")
    let fields = type.members.filter { $0.kind == .field }
    let isPositional = !fields.isEmpty && fields.allSatisfy { $0.name?.hasPrefix("__") ?? false }
    if !isTuple { write(name) }
    guard !fields.isEmpty else { return write(isTuple ? "()" : "") }
    guard !isBeyondDepth(depth) else { return write("{...}") }
    if !isTuple, !isVariant { write(" ") }
    write(isPositional ? "(" : "{")
    for (index, field) in fields.enumerated() where !isExhausted {
      if index > 0 { write(settings.printPretty ? "," : ", ") }
      newLine(depth + 1)
      if !isPositional { write((field.name ?? "") + ": ") }
      if let part = value.part(field) { render(part, depth: depth + 1) }
    }
    newLine(depth)
    write(isPositional ? ")" : "}")
  }

  /// `Shape::Circle(1.5)`: the variant that the discriminant selects.
  private mutating func variant(_ value: Value, _ type: DataType, depth: Int) {
    do throws(Unavailability) {
      guard let variant = try value.activeVariant() else { return write((type.name ?? "") + "::<unknown variant>") }
      let payload = variant.content.type.stripped
      guard payload.isAggregate else { return render(variant.content, depth: depth + 1) }
      rustStructure(variant.content, payload, depth: depth, isVariant: true)
    } catch {
      write(error.placeholder)
    }
  }

  /// `&str` as its text, `&[T]` and `Box<[T]>` as their elements: a pointer and a length, and nothing else.
  private mutating func slice(_ value: Value, _ type: DataType, depth: Int) -> Bool {
    guard let name = type.name, type.members.count == 2,
      let pointer = type.members.first(where: { $0.name == "data_ptr" }).flatMap({ value.part($0) }),
      let length = type.members.first(where: { $0.name == "length" }).flatMap({ value.part($0) }),
      let element = pointer.type.stripped.target, let address = try? pointer.pointed(),
      let count = try? length.integer().bits
    else { return false }
    let shown = UInt64(clamping: count)
    guard name == "&str" || name == "&mut str" else {
      let elements = Value(type: .array(of: element, count: shown), location: .memory(address), source: source)
      write(name + " ")
      if shown == 0 { write("[]") } else { render(elements.loaded(limit: ValueFormatter.readLimit), depth: depth) }
      return true
    }
    let wanted = Int(min(shown, UInt64(min(elementLimit, 1 << 16))))
    do throws(MemoryError) {
      let bytes = wanted == 0 ? [] : try source.memory.bytes(address, count: wanted)
      let literal = TextLiteral(type: CharacterType(width: 1), limit: .max, repeats: repeatLimit)
      write(literal.string(bytes[...], isCut: UInt64(wanted) < shown))
    } catch {
      write(Unavailability.memory(error.address).placeholder)
    }
    return true
  }

  /// `0x… b"raw"` of a pointer to an array of bytes.
  private mutating func bytesBehindPointer(_ value: Value, _ type: DataType) -> Bool {
    guard let array = type.target?.stripped, case .array(let count?) = array.kind,
      array.target?.stripped.kind == .base(.unsigned), array.target?.size == 1, let address = try? value.pointed(),
      let bytes = try? source.memory.bytes(address, count: Int(min(count, UInt64(min(elementLimit, 1 << 16)))))
    else { return false }
    let literal = TextLiteral(type: CharacterType(width: 1), limit: elementLimit, repeats: repeatLimit)
    write(addressText(address) + " b" + literal.string(bytes[...], isCut: UInt64(bytes.count) < count))
    return true
  }

  /// `233 '\xe9'`, `128512 '\u{01f600}'`: what is not ASCII by its number.
  private mutating func character(_ value: Value) {
    guard let code = try? value.integer().bits else { return }
    let text: String =
      switch code {
      case 0: "'\\0'"
      case 0x20..<0x7f, 9, 10, 13: TextLiteral.character(UInt32(code), CharacterType(width: 1))
      case ..<0x100: "'\\x" + hexadecimal(UInt8(code), digits: 2).dropFirst(2) + "'"
      default: "'\\u{" + hexadecimal(UInt32(truncatingIfNeeded: code), digits: 6).dropFirst(2) + "}'"
      }
    write("\(code) \(text)")
  }
}
