/// The types that C has on x86-64 (System V psABI, figure 3.1), for expressions and programs without DWARF.
extension DataType {
  private static func base(_ encoding: Encoding, _ size: UInt64, _ name: String) -> DataType {
    DataType(.base(encoding), name: name, byteSize: size, language: .c)
  }

  // A type is no value of a thread's; made anew each time, it needs no lock.
  package static var void: DataType { DataType(.void, name: "void", language: .c) }
  package static var bool: DataType { base(.boolean, 1, "bool") }
  package static var char: DataType { base(.signedCharacter, 1, "char") }
  package static var signedChar: DataType { base(.signedCharacter, 1, "signed char") }
  package static var unsignedChar: DataType { base(.unsignedCharacter, 1, "unsigned char") }
  package static var short: DataType { base(.signed, 2, "short") }
  package static var unsignedShort: DataType { base(.unsigned, 2, "unsigned short") }
  package static var int: DataType { base(.signed, 4, "int") }
  package static var unsignedInt: DataType { base(.unsigned, 4, "unsigned int") }
  package static var long: DataType { base(.signed, 8, "long") }
  package static var unsignedLong: DataType { base(.unsigned, 8, "unsigned long") }
  package static var longLong: DataType { base(.signed, 8, "long long") }
  package static var unsignedLongLong: DataType { base(.unsigned, 8, "unsigned long long") }
  package static var int128: DataType { base(.signed, 16, "__int128") }
  package static var unsignedInt128: DataType { base(.unsigned, 16, "unsigned __int128") }
  package static var float: DataType { base(.float, 4, "float") }
  package static var double: DataType { base(.float, 8, "double") }
  package static var longDouble: DataType { base(.float, 16, "long double") }

  /// The built-in type that a C declaration's words name, in whatever order (`long unsigned int`); nil for others.
  package static func builtin(named name: String) -> DataType? {
    var words = name.split(separator: " ").map(String.init)
    func take(_ word: String) -> Bool {
      guard let index = words.firstIndex(of: word) else { return false }
      words.remove(at: index)
      return true
    }
    let isUnsigned = take("unsigned")
    let isSigned = !isUnsigned && take("signed")
    let isShort = take("short")
    let longs = (take("long") ? 1 : 0) + (take("long") ? 1 : 0)
    let hasInt = take("int")
    let isModified = isUnsigned || isSigned || isShort || longs > 0 || hasInt
    switch words {
    case [] where isShort && longs == 0: return isUnsigned ? .unsignedShort : .short
    case [] where isModified && !isShort:
      return switch longs {
      case 0: isUnsigned ? .unsignedInt : .int
      case 1: isUnsigned ? .unsignedLong : .long
      default: isUnsigned ? .unsignedLongLong : .longLong
      }
    case ["char"] where !isShort && longs == 0 && !hasInt:
      return isUnsigned ? .unsignedChar : isSigned ? .signedChar : .char
    case ["__int128"] where !isShort && longs == 0 && !hasInt: return isUnsigned ? .unsignedInt128 : .int128
    case ["double"] where longs == 1 && !isUnsigned && !isSigned && !isShort && !hasInt: return .longDouble
    case let plain where !isModified: return plain.count == 1 ? plainBuiltins[plain[0]]?() : nil
    default: return nil
    }
  }

  private static let plainBuiltins: [String: @Sendable () -> DataType] = [
    "void": { .void }, "bool": { .bool }, "_Bool": { .bool }, "float": { .float }, "double": { .double },
  ]
}
