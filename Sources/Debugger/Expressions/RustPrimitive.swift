import DebugInfo

/// The types that are in Rust itself, by name, whether or not the program has a use for them.
enum RustPrimitive {
  static func type(named name: String) -> DataType? {
    switch name {
    case "bool": DataType(.base(.boolean), name: name, byteSize: 1, language: .rust)
    case "char": DataType(.base(.utf), name: name, byteSize: 4, language: .rust)
    default: number(name)
    }
  }

  static func isNumber(_ name: String) -> Bool { number(name) != nil }

  private static func number(_ name: String) -> DataType? {
    let size: UInt64
    switch name.dropFirst() {
    case "8" where !name.hasPrefix("f"): size = 1
    case "16" where !name.hasPrefix("f"): size = 2
    case "32": size = 4
    case "64": size = 8
    case "128" where !name.hasPrefix("f"): size = 16
    case "size" where !name.hasPrefix("f"): size = 8
    default: return nil
    }
    let encoding: DataType.Encoding
    switch name.first {
    case "i": encoding = .signed
    case "u": encoding = .unsigned
    case "f": encoding = .float
    default: return nil
    }
    return DataType(.base(encoding), name: name, byteSize: size, language: .rust)
  }
}

extension DataType {
  /// A pointer and a length, as rustc describes `&[T]` and `&str`.
  static func rustSlice(_ name: String, of element: DataType) -> DataType {
    DataType(
      .aggregate(.structure), name: name, byteSize: 16, alignment: 8, language: .rust,
      members: [
        Member(name: "data_ptr", type: .pointer(to: element), offset: 0),
        Member(name: "length", type: RustPrimitive.type(named: "usize") ?? .unsignedLong, offset: 8),
      ])
  }

  /// A structure with fields in their order, each at the next place that its alignment allows.
  static func rustStructure(_ name: String, _ fields: [(name: String, type: DataType)]) -> DataType {
    var size: UInt64 = 0
    var members: [Member] = []
    for (name, type) in fields {
      size = size.aligned(to: type.alignment)
      members.append(Member(name: name, type: type, offset: size))
      size += min(type.size ?? 0, Value.largestRead)
    }
    let alignment = fields.map(\.type.alignment).max() ?? 1
    let all = members
    return DataType(
      .aggregate(.structure), name: name, byteSize: size.aligned(to: alignment), alignment: alignment, language: .rust,
      members: all)
  }
}
