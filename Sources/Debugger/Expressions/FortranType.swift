import DebugInfo

/// The types that are in Fortran itself, by word and size, with the names that gdb has for them.
enum FortranType {
  /// The kinds that numbers may have; here and with all compilers they are sizes in bytes.
  static let sizes: Set = ["1", "2", "4", "8", "16"]

  static var logical: DataType { base(.boolean, "logical(kind=4)", 4) }
  static var integer: DataType { base(.signed, "integer*4", 4) }
  /// Of a literal without a kind, as gdb takes it.
  static var real: DataType { base(.float, "real*8", 8) }

  /// `integer`, `real*8`: nil where there is no such size of it.
  static func type(_ word: String, size: UInt64?) -> DataType? {
    let sized: (DataType.Encoding, UInt64, allowed: Set<UInt64>)
    switch word {
    case "integer": sized = (.signed, 4, [1, 2, 4, 8, 16])
    case "logical": sized = (.boolean, 4, [1, 2, 4, 8])
    case "real": sized = (.float, 4, [4, 8, 16])
    case "complex": sized = (.complexFloat, 4, [4, 8, 16])
    case "character": return size ?? 1 == 1 ? base(.unsignedCharacter, "character", 1) : nil
    case "double precision": return real
    case "double complex": return type("complex", size: 8)
    default: return nil
    }
    let size = size ?? sized.1
    guard sized.allowed.contains(size) else { return nil }
    return base(sized.0, "\(word)*\(size)", word == "complex" ? size * 2 : size)
  }

  /// Text of a length that is known.
  static func text(_ count: UInt64) -> DataType {
    var layout = ArrayLayout()
    layout.isString = true
    layout.lowerBound = 1
    return DataType(
      .array(count: count), byteSize: count, language: .fortran,
      target: base(.unsignedCharacter, "character", 1), layout: layout)
  }

  private static func base(_ encoding: DataType.Encoding, _ name: String, _ size: UInt64) -> DataType {
    DataType(.base(encoding), name: name, byteSize: size, language: .fortran)
  }
}
