import DebugInfo
import Debugger
import MachineModel

/// What `values.c` defines, made up: the types and bytes that a compiler would give it.
func cProgram() -> TestScope {
  let scope = TestScope()
  let int = DataType.int
  let point = DataType(
    .aggregate(.structure), name: "point", byteSize: 8,
    members: [.init(name: "x", type: .int, offset: 0), .init(name: "y", type: .int, offset: 4)])
  let colour = enumeration("colour", [("RED", 0), ("GREEN", 5), ("BLUE", 6)])
  let flags = enumeration("flags", [("FLAG_A", 1), ("FLAG_B", 2), ("FLAG_C", 8)])
  scope.types = [
    "struct point": point, "point": point, "enum colour": colour, "colour": colour,
    "callback": DataType(.typedef, name: "callback", target: .pointer(to: addType())),
    "point_t": DataType(.typedef, name: "point_t", target: point),
  ]
  let global = scope.define("global", int, Int32(42))
  let table = scope.define("table", .array(of: int, count: 3), words([1, 2, 3]))
  scope.define("origin", point, words([3, 4]))
  let points = scope.define("points", .array(of: point, count: 3), words([1, 2, 3, 4, 5, 6]))
  scope.define("same_points", .array(of: point, count: 12), [UInt8](repeating: 0, count: 96))
  scope.define("matrix", .array(of: .array(of: int, count: 3), count: 2), words([1, 2, 3, 4, 5, 6]))
  scope.define(
    "repeats", .array(of: int, count: 30),
    words(.init(repeating: 1, count: 12) + [2])
      + words(.init(repeating: 3, count: 11) + [4, 0, 0, 0, 0, 0]))
  scope.define("ten", .array(of: int, count: 11), words(.init(repeating: 5, count: 10) + [6]))
  let hello = scope.place(Array("hello".utf8) + [0])
  let constantText = DataType.pointer(to: DataType(.const, target: .char))
  scope.define("greeting", constantText, hello.rawValue)
  scope.define("point_pointer", .pointer(to: point), points.rawValue + 8)
  scope.define("null_pointer", .pointer(to: int), UInt64(0))
  scope.define("inside", .pointer(to: int), table.rawValue + 4)
  scope.define("global_pointer", .pointer(to: int), global.rawValue)
  scope.define("void_pointer", .pointer(to: .void), global.rawValue)
  scope.define("bad_string", .pointer(to: .char), UInt64(0x10))
  scope.define("blue", colour, UInt32(6))
  scope.define("odd_colour", colour, UInt32(3))
  scope.define("ab", flags, UInt32(3))
  scope.define("unknown_flag", flags, UInt32(12))
  scope.define("unknown_only", flags, UInt32(16))
  scope.define("none", flags, UInt32(0))
  numbers(scope)
  let name = scope.place(Array("square".utf8) + [0])
  scope.define(
    "shape", shapeType(colour: colour, point: point, text: constantText),
    words([6]) + [5 | 17 << 3, 0, 0, 0] + [UInt8](repeating: 0, count: 32) + littleEndian(name.rawValue)
      + words([0, 0]) + littleEndian((2.5).bitPattern))
  scope.define("bits", bitsType(colour: colour), bitsBytes())
  let add = scope.place([0x55, 0x48])
  scope.symbols.append(SymbolAddress(name: "add", address: add, size: 2, isFunction: true))
  scope.functions["add"] = Value(type: addType(), location: .memory(add), source: scope)
  scope.define("function_pointer", DataType(.typedef, name: "callback", target: .pointer(to: addType())), add.rawValue)
  scope.define("anonymous", anonymousType(), words([1, 2, 3]))
  return scope
}

func words(_ numbers: [Int32]) -> [UInt8] { numbers.flatMap(littleEndian) }

func enumeration(_ name: String, _ cases: [(String, Int64)]) -> DataType {
  DataType(
    .enumeration(isScoped: false), name: name, byteSize: 4, target: .unsignedInt,
    enumerators: cases.map { .init(name: $0.0, value: $0.1) })
}

func addType() -> DataType {
  DataType(.function(isVariadic: false), target: .int, parameters: [.int, .pointer(to: .char)])
}

private func base(_ name: String, _ encoding: DataType.Encoding, _ size: UInt64) -> DataType {
  DataType(.base(encoding), name: name, byteSize: size)
}

private func numbers(_ scope: TestScope) {
  scope.define("f", base("float", .float, 4), Float(0.1).bitPattern)
  scope.define("d", .double, (0.1).bitPattern)
  scope.define("third", .double, (1.0 / 3).bitPattern)
  scope.define("infinity", .double, Double.infinity.bitPattern)
  scope.define("not_a_number", .double, UInt64(0xfff8_0000_0000_0000))
  scope.define(
    "ld", base("long double", .float, 16),
    littleEndian(Float80("0.1")!.significandBitPattern | 1 << 63) + littleEndian(UInt16(0x3ffb))
      + [UInt8](repeating: 0, count: 6)
  )
  scope.define(
    "dc", base("complex double", .complexFloat, 16),
    littleEndian((1.5).bitPattern) + littleEndian((-2.5).bitPattern))
  scope.define("ch", .char, Int8(97))
  scope.define("high", .char, Int8(-56))
  scope.define("quote", .char, Int8(39))
  scope.define("uc", base("unsigned char", .unsignedCharacter, 1), UInt8(255))
  scope.define("s", base("short int", .signed, 2), Int16(-7))
  scope.define("u", base("unsigned int", .unsigned, 4), UInt32(4_000_000_000))
  scope.define("l", base("long int", .signed, 8), Int64(-5))
  scope.define("ul", base("long unsigned int", .unsigned, 8), UInt64.max)
  scope.define("i128", base("__int128", .signed, 16), Int128(-5))
  scope.define("yes", base("_Bool", .boolean, 1), UInt8(1))
  let wide = DataType(.typedef, name: "wchar_t", target: .int)
  scope.define("wc", wide, Int32(97))
  scope.define("wide", .array(of: wide, count: 7), "wide é\0".unicodeScalars.flatMap { littleEndian($0.value) })
  scope.define("utf16", .array(of: base("char16_t", .utf, 2), count: 8), "sixteen\0".utf16.flatMap(littleEndian))
  func text(_ name: String, _ bytes: [UInt8], _ count: Int, _ type: DataType = .char) {
    let padded = bytes + [UInt8](repeating: 0, count: count - bytes.count)
    scope.define(name, .array(of: type, count: UInt64(count)), padded)
  }
  text("text8", Array("abc".utf8), 8)
  text("full4", Array("abcd".utf8), 4)
  text("zeros", [], 20)
  text("mixed", [97, 0, 98, 0, 0, 0, 99], 10)
  text("controls", Array("a\tb\n\"q\"\\\u{1b}".utf8) + [0xff, 0x7f, 0x32], 13)
  text("xs", .init(repeating: 120, count: 300), 300)
  text("run", .init(repeating: 97, count: 20) + [98], 40)
  text("letters", (0..<299).map { 97 + UInt8($0 % 26) }, 300)
  text("ubytes", [1, 2, 3, 200], 4, base("unsigned char", .unsignedCharacter, 1))
  text("sbytes", [1, 254, 3, 100], 4, base("signed char", .signedCharacter, 1))
  scope.define("many", .array(of: .int, count: 300), (0..<300).flatMap { littleEndian(Int32($0)) })
}

private func shapeType(colour: DataType, point: DataType, text: DataType) -> DataType {
  let tag = DataType(
    .aggregate(.union), byteSize: 4,
    members: [.init(name: "i", type: .int, offset: 0), .init(name: "f", type: base("float", .float, 4), offset: 0)])
  return DataType(
    .aggregate(.structure), name: "shape", byteSize: 64,
    members: [
      .init(name: "colour", type: colour, offset: 0),
      .init(name: "flags", type: .unsignedInt, offset: 4, bitSize: 3, bitOffset: 0),
      .init(name: "kind", type: .unsignedInt, offset: 4, bitSize: 5, bitOffset: 3),
      .init(name: "corners", type: .array(of: point, count: 4), offset: 8),
      .init(name: "name", type: text, offset: 40), .init(name: "tag", type: tag, offset: 48),
      .init(name: "area", type: .double, offset: 56),
    ])
}

private func bitsType(colour: DataType) -> DataType {
  DataType(
    .aggregate(.structure), name: "bits", byteSize: 16,
    members: [
      .init(name: "a", type: .int, offset: 0, bitSize: 3, bitOffset: 0),
      .init(name: "b", type: .unsignedInt, offset: 0, bitSize: 5, bitOffset: 3),
      .init(name: "c", type: .long, offset: 0, bitSize: 40, bitOffset: 8),
      .init(name: "d", type: base("_Bool", .boolean, 1), offset: 0, bitSize: 1, bitOffset: 48),
      .init(name: "e", type: colour, offset: 0, bitSize: 4, bitOffset: 49),
    ])
}

/// `{-1, 17, -100, 1, BLUE}`
private func bitsBytes() -> [UInt8] {
  let c = UInt64(bitPattern: -100) & 0xff_ffff_ffff
  return littleEndian(UInt64(7) | 17 << 3 | c << 8 | 1 << 48 | 6 << 49) + littleEndian(UInt64(0))
}

private func anonymousType() -> DataType {
  let short = base("short int", .signed, 2)
  let inner = DataType(
    .aggregate(.structure), byteSize: 4,
    members: [.init(name: "d", type: short, offset: 0), .init(name: "e", type: short, offset: 2)])
  let union = DataType(
    .aggregate(.union), byteSize: 4,
    members: [
      .init(name: "b", type: .int, offset: 0), .init(name: "c", type: base("float", .float, 4), offset: 0),
      .init(name: nil, type: inner, offset: 0),
    ])
  return DataType(
    .aggregate(.structure), name: "anonymous", byteSize: 12,
    members: [
      .init(name: "a", type: .int, offset: 0), .init(name: nil, type: union, offset: 4),
      .init(name: "f", type: .int, offset: 8),
    ])
}
