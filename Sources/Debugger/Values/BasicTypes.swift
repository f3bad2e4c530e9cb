package import DebugInfo

/// The types that expressions make up by themselves: of literals, results of operators and registers.
extension DataType {
  package static var void: DataType { DataType(.void, name: "void") }
  package static var int: DataType { DataType(.base(.signed), name: "int", byteSize: 4) }
  package static var unsignedInt: DataType { DataType(.base(.unsigned), name: "unsigned int", byteSize: 4) }
  package static var long: DataType { DataType(.base(.signed), name: "long", byteSize: 8) }
  package static var unsignedLong: DataType { DataType(.base(.unsigned), name: "unsigned long", byteSize: 8) }
  package static var char: DataType { DataType(.base(.signedCharacter), name: "char", byteSize: 1) }
  package static var bool: DataType { DataType(.base(.boolean), name: "bool", byteSize: 1) }
  static var unsignedByte: DataType { DataType(.base(.unsigned), name: "unsigned char", byteSize: 1) }
  package static var double: DataType { DataType(.base(.float), name: "double", byteSize: 8) }

  /// A base type by the names that C allows for it in any order (`long unsigned`, `short int`), with the name
  /// that gdb prints for it; nil for another name.
  package static func basic(words: [String]) -> DataType? { BasicTypeName(words: words)?.type }

  /// A pointer of 8 bytes.
  package static func pointer(to target: DataType) -> DataType { DataType(.pointer, byteSize: 8, target: target) }
  /// `count` elements; nil: as many as memory has.
  package static func array(of element: DataType, count: UInt64?) -> DataType {
    let size = count.flatMap { count in element.size.map { count.multipliedReportingOverflow(by: $0) } }
    return DataType(
      .array(count: count), byteSize: size.flatMap { $0.overflow ? nil : $0.partialValue }, target: element)
  }
}

/// The words of a base type's name in C, counted.
private struct BasicTypeName {
  private var counts: [String: Int] = [:]

  init?(words: [String]) {
    let known: Set = [
      "void", "bool", "_Bool", "char", "short", "int", "long", "signed", "unsigned", "float", "double", "__int128",
      "wchar_t", "char8_t", "char16_t", "char32_t",
    ]
    guard !words.isEmpty, words.allSatisfy(known.contains) else { return nil }
    for word in words { counts[word, default: 0] += 1 }
  }

  private func has(_ word: String) -> Bool { counts[word] != nil }

  var type: DataType? {
    if counts.count == 1, let name = counts.keys.first, let single = Self.single[name] { return single() }
    let isUnsigned = has("unsigned")
    guard !(isUnsigned && has("signed")) else { return nil }
    let encoding = isUnsigned ? DataType.Encoding.unsigned : .signed
    let prefix = isUnsigned ? "unsigned " : ""
    if has("char") {
      return DataType(
        .base(isUnsigned ? .unsignedCharacter : .signedCharacter),
        name: isUnsigned ? "unsigned char" : has("signed") ? "signed char" : "char", byteSize: 1)
    }
    if has("short") { return DataType(.base(encoding), name: prefix + "short", byteSize: 2) }
    if has("__int128") { return DataType(.base(encoding), name: prefix + "__int128", byteSize: 16) }
    if has("double") { return has("long") ? DataType(.base(.float), name: "long double", byteSize: 16) : nil }
    switch counts["long"] ?? 0 {
    case 0: return DataType(.base(encoding), name: prefix + "int", byteSize: 4)
    case 1: return DataType(.base(encoding), name: prefix + "long", byteSize: 8)
    case 2: return DataType(.base(encoding), name: prefix + "long long", byteSize: 8)
    default: return nil
    }
  }

  private static var single: [String: () -> DataType] {
    [
      "void": { .void }, "bool": { .bool }, "char": { .char }, "float": { floatType }, "double": { .double },
      "_Bool": { DataType(.base(.boolean), name: "_Bool", byteSize: 1) },
      "wchar_t": { DataType(.base(.signed), name: "wchar_t", byteSize: 4) },
      "char8_t": { DataType(.base(.utf), name: "char8_t", byteSize: 1) },
      "char16_t": { DataType(.base(.utf), name: "char16_t", byteSize: 2) },
      "char32_t": { DataType(.base(.utf), name: "char32_t", byteSize: 4) },
    ]
  }
  private static var floatType: DataType { DataType(.base(.float), name: "float", byteSize: 4) }
}
